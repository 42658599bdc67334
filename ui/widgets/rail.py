"""The rail at the far left: one icon with a word under it for each page."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QToolButton, QVBoxLayout, QWidget

from ui.theme.icons import icon, scaled
from ui.theme.palette import colours

__all__ = ["Rail"]


class Rail(QFrame):
    """Pages to choose from. Where large text leaves no room for the words, the icons stand alone.

    Signals:
        chosen: the name of a page.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "rail")
        self.setAccessibleName(self.tr("Pages"))
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(6, 12, 6, 10)
        self._box.setSpacing(4)
        self._box.addStretch(1)
        self._group = QButtonGroup(self)
        self._icons: dict[str, str] = {}
        self._buttons: dict[str, QToolButton] = {}
        self._styles = Qt.ToolButtonStyle.ToolButtonTextUnderIcon

    def add(self, name: str, icon_name: str, text: str, hint: str, *, bottom: bool = False) -> None:
        """Adds page `name`; ``bottom`` puts it at the foot of the rail."""
        button = QToolButton()
        button.setObjectName(f"rail.{name}")
        button.setProperty("kind", "rail")
        button.setAccessibleName(text)
        button.setText(text)
        button.setToolTip(hint)
        button.setCheckable(True)
        button.setToolButtonStyle(self._styles)
        button.setMinimumWidth(72)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.clicked.connect(lambda: self.chosen.emit(name))
        self._group.addButton(button)
        self._icons[name], self._buttons[name] = icon_name, button
        end = self._box.count()
        at = end if bottom else len(self._buttons) - 1
        self._box.insertWidget(at, button, 0, Qt.AlignmentFlag.AlignHCenter)
        button.setMinimumHeight(1)
        self._colour()

    def mark(self, name: str) -> None:
        """Shows `name` as the page in view."""
        self._buttons[name].setChecked(True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shows as much as there is room for."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        style = Qt.ToolButtonStyle
        word, picture = self.fontMetrics().height(), scaled(22)
        padding = 16
        count = len(self._buttons)
        gaps = (count - 1) * self._box.spacing() + 24
        room = self.height() >= count * (word + picture + padding) + gaps
        wanted = style.ToolButtonTextUnderIcon if room else style.ToolButtonIconOnly
        if wanted is not self._styles:
            self._styles = wanted
            for button in self._buttons.values():
                button.setToolButtonStyle(wanted)

    def changeEvent(self, event: QEvent) -> None:
        """Draws the icons in the new colours."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.PaletteChange, QEvent.Type.ApplicationFontChange}:
            self._colour()

    def _colour(self) -> None:
        chosen = colours()
        for name, button in self._buttons.items():
            button.setIconSize(QSize(scaled(22), scaled(22)))
            button.setIcon(icon(self._icons[name], chosen.muted, chosen.accent))
        self._fit()
