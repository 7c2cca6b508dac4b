"""The program's icon in every size and form, drawn from resources/icons/dingcomposer.svg.

Run by itself with the folder to draw into, in an environment with PySide6 and Pillow.
"""

import importlib
import sys
from pathlib import Path
from typing import Any

from release.project import Project, run

SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)
WINDOWS_SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)
_TOOLS = ("PySide6-Essentials", "pillow")


def make(project: Project) -> Path:
    """Draw all of them; the folder, which is build/icons in the exported source.

    It holds `16.png` and so on, `dingcomposer.ico` for Windows, `dingcomposer.icns` for macOS.
    """
    folder = project.source / "build" / "icons"
    if not (folder / "dingcomposer.icns").exists():
        folder.mkdir(parents=True, exist_ok=True)
        python = project.environment("icons", _TOOLS)
        packaging = project.source / "packaging"
        run(
            [python, "-m", "release.icons", project.source / "resources" / "icons", folder],
            env={
                **project.environ,
                "QT_QPA_PLATFORM": "offscreen",
                "PYTHONPATH": str(packaging),
            },
        )
    return folder


def draw(source: Path, folder: Path) -> None:
    """Draw every size from the folder of the SVG into `folder`."""
    from PySide6.QtCore import QByteArray
    from PySide6.QtGui import QGuiApplication, QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    # By its name: the checks run where Pillow is not installed.
    pillow: Any = importlib.import_module("PIL.Image")
    application = QGuiApplication([])
    svg = QByteArray((source / "dingcomposer.svg").read_bytes())
    for size in sorted({*SIZES, *WINDOWS_SIZES, 1024}):
        image = QImage(size, size, QImage.Format.Format_ARGB32)
        image.fill(0)
        painter = QPainter(image)
        QSvgRenderer(svg).render(painter)
        painter.end()
        image.save(str(folder / f"{size}.png"))
    del application
    drawn = {size: pillow.open(folder / f"{size}.png") for size in (*WINDOWS_SIZES, 512, 1024)}
    drawn[256].save(
        folder / "dingcomposer.ico",
        sizes=[(size, size) for size in WINDOWS_SIZES],
        append_images=[drawn[size] for size in WINDOWS_SIZES[:-1]],
    )
    drawn[1024].save(
        folder / "dingcomposer.icns",
        append_images=[drawn[size] for size in (32, 64, 128, 256, 512)],
    )


if __name__ == "__main__":
    draw(Path(sys.argv[1]), Path(sys.argv[2]))
