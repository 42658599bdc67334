"""Line icons of one set: drawn on a 24 by 24 grid, coloured when they are rendered."""

from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from ui.theme.palette import colours

__all__ = ["icon", "icon_names", "icon_pixmap", "scaled"]

_NORMAL_POINTS = 10.0

_FOLDER = Path(__file__).parent / "icons"


def icon_names() -> tuple[str, ...]:
    """The names of all icons."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.svg")))


def scaled(size: int) -> int:
    """`size` pixels of an icon beside normal text, beside text of the present size."""
    return round(size * max(1.0, QGuiApplication.font().pointSizeF() / _NORMAL_POINTS))


@lru_cache(maxsize=256)
def _source(name: str) -> bytes:
    return (_FOLDER / f"{name}.svg").read_bytes()


def icon_pixmap(
    name: str, size: int, colour: str, ratio: float = 1.0, gap: int = 0
) -> QPixmap:
    """Icon `name`, `size` logical pixels square, in `colour`, for a screen of scale `ratio`."""
    side = round(size * ratio)
    pixmap = QPixmap(side + round(gap * ratio), side)
    pixmap.fill(Qt.GlobalColor.transparent)
    renderer = QSvgRenderer(QByteArray(_source(name).replace(b"currentColor", colour.encode())))
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, side, side))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def icon(
    name: str, colour: str | None = None, checked: str | None = None, gap: int = 0
) -> QIcon:
    """Icon `name` in `colour` (text colour if None), in `checked` when its button is on.

    ``gap`` adds that many empty pixels at the right, between the icon and the button's text.
    """
    chosen = colours()
    normal = colour or chosen.text
    return _icon(name, normal, checked or normal, chosen.border, gap)


@lru_cache(maxsize=512)
def _icon(name: str, normal: str, checked: str, faint: str, gap: int) -> QIcon:
    mode, state, result = QIcon.Mode, QIcon.State, QIcon()
    looks = [(mode.Normal, state.Off, normal), (mode.Disabled, state.Off, faint)]
    if checked != normal:
        looks.append((mode.Normal, state.On, checked))
    for size in (16, 20, 24, 32, 44):
        for ratio in (1.0, 2.0):
            for kind, on, colour in looks:
                result.addPixmap(icon_pixmap(name, size, colour, ratio, gap), kind, on)
    return result
