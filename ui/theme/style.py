"""The style sheet, and the theme that puts colours, font size and sheet on the application."""

from string import Template

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QFont, QGuiApplication
from PySide6.QtWidgets import QApplication

from ui.theme.palette import DARK, LIGHT, Colours, qt_palette
from ui.theme.sheet import SHEET

__all__ = ["Theme", "style_sheet"]

_SIZES = {"tiny": 0.85, "small": 0.92, "text": 1.0, "large": 1.2, "title": 1.6, "greeting": 1.9}


def style_sheet(chosen: Colours, points: float) -> str:
    """The sheet for `chosen` with a text size of `points`."""
    sizes = {f"size_{name}": f"{points * factor:.2f}pt" for name, factor in _SIZES.items()}
    names = Colours.__dataclass_fields__
    return Template(SHEET).substitute(sizes, **{name: getattr(chosen, name) for name in names})


class Theme(QObject):
    """Light, dark or as the system shows, and the text size.

    Signals:
        changed: the colours or the text size were replaced.
    """

    changed = Signal()

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._application = application
        self._choice, self._scale = "system", 1.0
        self._base = max(application.font().pointSizeF(), 10.0)
        self._shown: tuple[bool, float] | None = None
        application.setStyle("Fusion")
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._apply)

    def show(self, choice: str, scale: float) -> None:
        """Takes `choice` (system, light or dark) and the text `scale` (1 is normal)."""
        self._choice, self._scale = choice, scale
        self._apply()

    def _dark(self) -> bool:
        if self._choice != "system":
            return self._choice == "dark"
        return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark

    def _apply(self) -> None:
        wanted = (self._dark(), self._scale)
        if wanted == self._shown:
            return
        self._shown = wanted
        chosen = DARK if wanted[0] else LIGHT
        font = QFont(self._application.font())
        font.setPointSizeF(self._base * self._scale)
        self._application.setFont(font)
        self._application.setPalette(qt_palette(chosen))
        self._application.setStyleSheet(style_sheet(chosen, self._base * self._scale))
        self.changed.emit()
