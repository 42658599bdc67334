"""Draws the app's icon in the sizes and formats that the three systems want, from one SVG."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from bundle.places import BUILD, ROOT, PackageError

SOURCE = ROOT / "packaging" / "linux" / "confidant.svg"
ICONS = BUILD / "icons"
SIZES = (32, 48, 64, 128, 256)


def build() -> Path:
    """Writes one PNG a size, and on Windows and macOS the system's own format; returns the folder.

    Raises:
        PackageError: when a picture cannot be written.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    ICONS.mkdir(parents=True, exist_ok=True)
    wanted = {f"{size}.png": size for size in SIZES}
    if sys.platform == "win32":
        wanted["confidant.ico"] = 256
    if sys.platform == "darwin":
        wanted["confidant.icns"] = 512
    for name, size in wanted.items():
        _draw(ICONS / name, size)
    return ICONS


def _draw(target: Path, size: int) -> None:
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QGuiApplication, QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    application = QGuiApplication.instance() or QGuiApplication(["icons"])
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(SOURCE)).render(painter)
    painter.end()
    if application is None or not image.save(str(target)):
        raise PackageError(f"The icon {target.name} could not be written.")
