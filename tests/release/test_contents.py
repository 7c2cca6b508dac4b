"""What goes into the packages, as far as that is decided without building them."""

import hashlib
import os
import plistlib
import re
import tomllib
from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from hypothesis import given
from hypothesis import strategies as st
from packaging.requirements import Requirement

import package
from dingcomposer import __main__ as program
from dingcomposer.storage import message_files
from dingcomposer.storage.templates import files as template_files
from release import bundle, bundle_contents, desktop, manifest, secret_service_cipher
from release.project import ADDRESS, Project

ROOT = Path(__file__).parents[2]
PACKAGING = ROOT / "packaging"
LINUX = PACKAGING / "linux"


@pytest.mark.parametrize(
    "name",
    [
        "PySide6/Qt/lib/libQt6Core.so.6",
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/Qt/plugins/platforms/libqwayland.so",
        "PySide6/Qt/plugins/platforms/libqoffscreen.so",
        "PySide6/Qt/plugins/platforminputcontexts/libibusplatforminputcontextplugin.so",
        "PySide6/Qt/plugins/imageformats/libqwebp.so",
        "PySide6/Qt/translations/qtbase_zh_CN.qm",
        "PySide6\\plugins\\platforms\\qwindows.dll",
        "PySide6\\plugins\\styles\\qmodernwindowsstyle.dll",
        "PySide6/Qt/plugins/platforms/libqcocoa.dylib",
        "certifi/cacert.pem",
        "keyring-25.7.0.dist-info/entry_points.txt",
        "dingcomposer/resources/i18n/dingcomposer_zh_CN.qm",
        "dingcomposer/resources/samples/text.json",
        "pypinyin/pinyin_dict.json",
        "libxcb-cursor.so.0",
        "libpython3.11.so.1.0",
    ],
)
def test_what_the_program_uses_is_in_the_bundle(name: str) -> None:
    assert bundle_contents.is_kept(name)


@pytest.mark.parametrize(
    "name",
    [
        "PySide6/Qt/plugins/platforms/libqvnc.so",  # would listen to everybody without a password
        "PySide6/Qt/plugins/platforms/libqeglfs.so",
        "PySide6/Qt/plugins/sqldrivers/libqsqlite.so",
        "PySide6/Qt/plugins/imageformats/libqpdf.so",
        "PySide6/Qt/plugins/tls/libqopensslbackend.so",
        "PySide6/Qt/translations/qtbase_de.qm",
        "PySide6/Qt/lib/libQt6EglFsKmsSupport.so.6",
        "libstdc++.so.6",
        "libgtk-3.so.0",
        "libglib-2.0.so.0",
        "libssl.so.3",
        "libsqlite3.so.0",
        "pypinyin/phrases_dict.json",
        "dingcomposer/resources/i18n/dingcomposer_zh_CN.ts",
    ],
)
def test_what_it_never_uses_or_the_system_brings_is_not(name: str) -> None:
    assert not bundle_contents.is_kept(name)


def test_of_icu_sorting_in_both_languages_is_kept() -> None:
    names = ["coll/zh.res", "coll/root.res", "coll/ucadata.icu", "coll/de.res", "zh.res", "en.res"]
    names += ["curr/zh.res", "translit/Han_Latin.res", "gb18030.cnv", "fr.res", "nfkc.nrm"]
    assert bundle_contents.kept_of_icu(names) == [
        *("coll/zh.res", "coll/root.res", "coll/ucadata.icu", "zh.res", "en.res", "nfkc.nrm"),
    ]


def test_no_module_is_both_added_and_left_out() -> None:
    left_out = set(bundle_contents.MODULES_LEFT_OUT)
    assert not left_out.intersection(bundle_contents.MODULES_ADDED)
    source = "\n".join(path.read_text("utf-8") for path in (ROOT / "dingcomposer").rglob("*.py"))
    imported = set(re.findall(r"^\s*(?:import|from) ([\w.]+)", source, re.MULTILINE))
    used = {name for name in left_out if name in imported}
    assert not used, "the program imports what its bundle lacks"


# The cipher of the bundle


@given(
    key=st.sampled_from([16, 24, 32]).flatmap(lambda size: st.binary(min_size=size, max_size=size)),
    first=st.binary(min_size=16, max_size=16),
    blocks=st.lists(st.binary(min_size=16, max_size=16), max_size=8),
)
def test_the_bundles_cipher_says_the_same_as_cryptography(
    key: bytes, first: bytes, blocks: list[bytes]
) -> None:
    text = b"".join(blocks)
    known = Cipher(algorithms.AES(key), modes.CBC(first)).encryptor()
    expected = known.update(text) + known.finalize()
    own = secret_service_cipher.Cipher(
        secret_service_cipher.AES(key), secret_service_cipher.CBC(first)
    )
    run = own.encryptor()
    sealed = b"".join(run.update(block) for block in blocks) + run.finalize()
    assert sealed == expected
    back = own.decryptor()
    assert back.update(sealed) + back.finalize() == text


def test_a_text_that_ends_within_a_block_is_refused() -> None:
    run = secret_service_cipher.Cipher(
        secret_service_cipher.AES(bytes(16)), secret_service_cipher.CBC(bytes(16))
    ).decryptor()
    run.update(b"x" * 17)
    with pytest.raises(secret_service_cipher.CipherFailed):
        run.finalize()


@pytest.mark.parametrize("size", [0, 15, 17, 64])
def test_keys_and_beginnings_of_other_lengths_are_refused(size: int) -> None:
    with pytest.raises(ValueError, match="bytes, not"):
        secret_service_cipher.AES(bytes(size))
    with pytest.raises(ValueError, match="bytes, not"):
        secret_service_cipher.CBC(bytes(size))


# The desktop's files


def test_the_file_types_are_those_that_the_program_opens() -> None:
    names = {"m": "http://www.freedesktop.org/standards/shared-mime-info"}
    root = ElementTree.parse(LINUX / "dingcomposer.mime.xml").getroot()
    patterns = {
        one.attrib["type"]: [glob.attrib["pattern"] for glob in one.findall("m:glob", names)]
        for one in root.findall("m:mime-type", names)
    }
    assert patterns == {
        "application/x-dingcomposer-message": [f"*{message_files.ENDING}"],
        "application/x-dingcomposer-template": [f"*{template_files.ENDING}"],
    }
    entry = (LINUX / "dingcomposer.desktop").read_text("utf-8")
    (listed,) = re.findall(r"^MimeType=(.*);$", entry, re.MULTILINE)
    assert set(listed.split(";")) == set(patterns)
    assert re.search(r"^Exec=dingcomposer %f$", entry, re.MULTILINE)


def test_the_man_page_knows_every_command_and_option(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        program.main(["--help"])
    offered = set(re.findall(r"(?<![\w-])--[a-z-]+", capsys.readouterr().out))
    page = (LINUX / "dingcomposer.1").read_text("utf-8").replace("\\-", "-")
    assert offered <= set(re.findall(r"--[a-z-]+", page))
    commands = set(re.findall(r"^\.B ([a-z]+)$", page, re.MULTILINE)) - {"dingcomposer"}
    assert commands == set(program.COMMANDS)


CHANGELOG = """\
# Changelog

## Unreleased

### Added

- **New** thing: with `code` & <signs>. More words.

## 0.2.0 - 2026-10-01

- Second.

## 0.1.0

- First, see [here](x.md).
"""


def test_the_releases_are_those_of_the_changelog() -> None:
    made = f"<releases>{desktop.releases(CHANGELOG, '0.3.0', '2026-11-30')}</releases>"
    found = [
        (one.attrib["version"], one.attrib["date"], [item.text for item in one.iter("li")])
        for one in ElementTree.fromstring(made)
    ]
    assert found == [
        ("0.3.0", "2026-11-30", ["New thing"]),
        ("0.2.0", "2026-10-01", ["Second."]),
        ("0.1.0", "2026-11-30", ["First, see here."]),
    ]


def test_what_is_unreleased_is_no_second_release_of_a_version() -> None:
    made = f"<releases>{desktop.releases(CHANGELOG, '0.2.0', '2026-11-30')}</releases>"
    versions = [one.attrib["version"] for one in ElementTree.fromstring(made)]
    assert versions == ["0.2.0", "0.1.0"]


def test_the_metadata_is_well_formed_once_it_is_filled_in(tmp_path: Path) -> None:
    project = Project(ROOT, tmp_path, tmp_path, "0" * 40, 1_790_000_000, "0.1.0")
    (tmp_path / "source").symlink_to(ROOT)
    text = desktop.filled(project, LINUX / "dingcomposer.metainfo.xml")
    root = ElementTree.fromstring(text)
    assert "@" not in re.sub(r"<p\b.*?</p>|<li>.*?</li>", "", text, flags=re.DOTALL)
    assert root.findtext("id") == "example.dingcomposer.DingComposer"
    pictures = [Path(one.text or "").name for one in root.iter("image")]
    assert pictures
    assert all((PACKAGING / "screenshots" / name).exists() for name in pictures)


# The same bytes


def test_a_packed_folder_has_the_same_bytes_whenever_it_is_packed(tmp_path: Path) -> None:
    packed = []
    for number in (1, 2):
        folder = tmp_path / str(number) / "program"
        (folder / "inside").mkdir(parents=True)
        names = ["b", "a", "inside/c"]
        for name in names if number == 1 else reversed(names):
            (folder / name).write_text(name, encoding="ascii")
            (folder / name).chmod(0o600 if number == 1 else 0o640)
            os.utime(folder / name, (number, number))
        (folder / "link").symlink_to("a")
        archive = tmp_path / f"{number}.tar.xz"
        bundle.pack(folder, archive, 1_790_000_000)
        packed.append(hashlib.sha256(archive.read_bytes()).hexdigest())
    assert packed[0] == packed[1]


def test_packages_with_other_bytes_are_named(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    for folder in (first, second):
        folder.mkdir()
        (folder / "same").write_text("a", encoding="ascii")
        (folder / "other").write_text(folder.name, encoding="ascii")
    (first / "missing").write_text("", encoding="ascii")
    assert manifest.compare(first, second) == ["missing", "other"]


# What is pinned


def test_every_tool_is_pinned_and_nothing_in_two_versions() -> None:
    def pinned(path: Path) -> dict[str, str]:
        lines = path.read_text("utf-8").splitlines()
        pins = [line.split("==") for line in lines if line and not line.startswith("#")]
        found = {re.sub(r"[-_.]+", "-", name).lower(): version for name, version in pins}
        assert len(found) == len(pins), path
        return found

    program_pins = pinned(PACKAGING / "constraints.txt")
    tool_pins = pinned(PACKAGING / "release" / "constraints.txt")
    both = program_pins.keys() & tool_pins.keys()
    assert {name: program_pins[name] for name in both} == {name: tool_pins[name] for name in both}
    assert {"pyinstaller", "pip-licenses", "cyclonedx-bom", "pillow", "pipx", "uv"} <= set(
        tool_pins
    )


def test_a_window_starts_without_a_console_beside_the_command() -> None:
    about = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert about["scripts"]["dingcomposer"] == "dingcomposer.__main__:run"
    assert about["gui-scripts"] == {"dingcomposer-window": "dingcomposer.__main__:run"}


# Windows and macOS


def test_what_has_no_wheel_for_windows_on_arm_is_not_asked_for_there() -> None:
    about = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    (seal,) = [Requirement(one) for one in about["dependencies"] if one.startswith("pyrage")]
    assert seal.marker is not None
    machines = {("win32", "ARM64"): False, ("win32", "AMD64"): True, ("darwin", "arm64"): True}
    for (system, machine), is_asked in machines.items():
        found = seal.marker.evaluate({"sys_platform": system, "platform_machine": machine})
        assert found is is_asked, (system, machine)


def test_macos_knows_the_programs_files_and_its_languages() -> None:
    about = plistlib.loads((PACKAGING / "macos" / "Info.plist").read_bytes())
    (exported,) = about["UTExportedTypeDeclarations"]
    endings = exported["UTTypeTagSpecification"]["public.filename-extension"]
    assert [f".{one}" for one in endings] == [message_files.ENDING]
    (document,) = about["CFBundleDocumentTypes"]
    assert document["LSItemContentTypes"] == [exported["UTTypeIdentifier"]]
    assert about["CFBundleIdentifier"] == desktop.identifier(ADDRESS)
    assert about["CFBundleLocalizations"] == ["en", "zh-Hans"]
    rights = plistlib.loads((PACKAGING / "macos" / "entitlements.plist").read_bytes())
    assert rights["com.apple.security.cs.disable-library-validation"], "Qt can be exchanged"


def test_the_installer_for_windows_asks_nobody_for_more_rights_and_keeps_the_data() -> None:
    script = (PACKAGING / "windows" / "installer.nsi").read_text("utf-8")
    assert "RequestExecutionLevel user" in script
    assert "HKLM" not in script
    assert "$PROGRAMFILES" not in script
    # Whoever uninstalls without being there to answer keeps the data.
    (asked,) = re.findall(r'MessageBox .*"\$\(DataQuestion\)" (.*)$', script, re.MULTILINE)
    assert asked.startswith("/SD IDNO IDNO keep")
    assert "MB_DEFBUTTON2" in script
    for language in ("ENGLISH", "SIMPCHINESE"):
        assert f"LangString DataQuestion ${{LANG_{language}}}" in script
    assert f"Software\\Classes\\{message_files.ENDING}" in script


@pytest.mark.parametrize(
    ("name", "is_kept"),
    [
        ("PySide6/Qt6Core.dll", True),
        ("PySide6/QtWidgets.pyd", True),
        ("PySide6/msvcp140.dll", True),
        ("PySide6/plugins/platforms/qwindows.dll", True),
        ("PySide6/translations/qtbase_zh_CN.qm", True),
        ("PySide6/Qt6Qml.dll", False),
        ("PySide6/opengl32sw.dll", False),
        ("PySide6/designer.exe", False),
        ("PySide6/plugins/sqldrivers/qsqlite.dll", False),
        ("PySide6/qml/QtQuick/qmldir", False),
    ],
)
def test_of_qt_for_windows_what_is_used_is_kept(name: str, is_kept: bool) -> None:
    assert bundle_contents.is_kept_of_qt_on_windows(name) is is_kept


def test_the_release_is_made_on_every_system() -> None:
    flow = yaml.safe_load((ROOT / ".github" / "workflows" / "release.yml").read_text("utf-8"))
    (job,) = flow["jobs"].values()
    systems = [one["system"] for one in job["strategy"]["matrix"]["include"]]
    assert {name.partition("-")[0] for name in systems} == {"ubuntu", "windows", "macos"}
    assert flow["permissions"] == {"contents": "read"}
    used = [step["uses"] for step in job["steps"] if "uses" in step]
    assert used
    assert all(re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40}", one) for one in used), "a fixed commit"
    kinds = {kind for one in job["strategy"]["matrix"]["include"] for kind in one["kinds"].split()}
    assert kinds <= set(package.KINDS)


def test_of_pythons_own_archive_the_encodings_of_this_world_are_kept() -> None:
    kept = [
        name
        for name in (
            "encodings/utf_8.pyc",
            "encodings/gb18030.pyc",
            "os.pyc",
            "encodings/__init__.pyc",
            "encodings/mac_roman.pyc",
            "encodings/cp437.pyc",
            "encodings/idna.pyc",
            "encodings/koi8_r.pyc",
        )
        if bundle_contents.is_kept_of_library(name)
    ]
    assert kept == [
        "encodings/utf_8.pyc",
        "encodings/gb18030.pyc",
        "os.pyc",
        "encodings/__init__.pyc",
        "encodings/cp437.pyc",
        "encodings/idna.pyc",
    ]
