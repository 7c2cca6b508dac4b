"""The folders of data, settings and log, on each system."""

from pathlib import Path, PureWindowsPath

import pytest

from dingcomposer import paths


def test_linux_keeps_to_the_folders_of_xdg(own_folders: Path) -> None:
    places = paths.places(platform="linux")
    assert places.data == own_folders / ".local/share/dingcomposer"
    assert places.config == own_folders / ".config/dingcomposer"
    assert places.logs == own_folders / ".local/state/dingcomposer/log"
    assert places.cache == own_folders / ".cache/dingcomposer"


def test_macos_keeps_to_the_library(own_folders: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name)  # platformdirs heeds them on macOS too
    places = paths.places(platform="darwin")
    library = own_folders / "Library"
    assert places.data == places.config == library / "Application Support/DingComposer"
    assert places.logs == library / "Logs/DingComposer"
    assert places.cache == library / "Caches/DingComposer"


def test_windows_keeps_to_the_local_app_data(monkeypatch: pytest.MonkeyPatch) -> None:
    local = PureWindowsPath(r"C:\Users\王芳\AppData\Local")
    monkeypatch.setenv("WIN_PD_OVERRIDE_LOCAL_APPDATA", str(local))
    places = paths.places(platform="win32")
    # Elsewhere than on Windows the parts are joined by slashes.
    data, logs, cache = (
        PureWindowsPath(str(one)) for one in (places.data, places.logs, places.cache)
    )
    assert data == local / "DingComposer"
    assert logs == local / "DingComposer" / "Logs"
    assert cache == local / "DingComposer" / "Cache"
    assert places.config == places.data


def test_with_a_data_dir_everything_lives_below_it(tmp_path: Path) -> None:
    places = paths.places(tmp_path / "数据 folder")
    assert places.data == tmp_path / "数据 folder"
    assert all(
        place.is_relative_to(places.data) for place in (places.config, places.logs, places.cache)
    )


def test_a_relative_data_dir_means_the_folder_of_now(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    places = paths.places(Path("here"))
    monkeypatch.chdir("/")
    assert places.data == tmp_path / "here"


def test_naming_the_places_makes_no_folder(tmp_path: Path) -> None:
    paths.places(tmp_path / "later")
    assert not (tmp_path / "later").exists()


def test_making_the_places_twice_is_as_good_as_once(tmp_path: Path) -> None:
    places = paths.places(tmp_path / "data")
    places.make()
    places.make()
    assert all(place.is_dir() for place in (places.data, places.config, places.logs, places.cache))


def test_a_data_folder_that_cannot_be_made_is_named_with_its_reason(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    places = paths.places(tmp_path / "file" / "data")
    with pytest.raises(paths.FolderError) as caught:
        places.make()
    assert caught.value.path == tmp_path / "file" / "data"
    assert caught.value.reason


def test_a_file_where_a_folder_should_be_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    with pytest.raises(paths.FolderError) as caught:
        paths.places(tmp_path / "data").make()
    assert caught.value.path == tmp_path / "data"


def test_a_resource_is_found_in_a_checkout() -> None:
    assert paths.resource("styles/window.qss").is_file()
