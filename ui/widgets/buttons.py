"""Buttons with a word, buttons with an icon; a disabled one says why."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QAbstractButton, QPushButton, QToolButton, QWidget

from ui.theme.icons import icon, scaled
from ui.theme.palette import colours

__all__ = ["IconButton", "WordButton", "allow", "forbid", "push_button"]

_HINT = "helpText"
_LOOKS = frozenset({QEvent.Type.PaletteChange, QEvent.Type.ApplicationFontChange})


class WordButton(QPushButton):
    """A push button whose optional icon follows the colours of the theme."""

    def __init__(
        self, text: str, name: str, kind: str = "plain", icon_name: str = "",
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(text, parent)
        self._icon = icon_name
        self.setObjectName(name)
        self.setAccessibleName(text)
        self.setProperty("kind", kind)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        self._colour()

    def set_icon(self, name: str) -> None:
        """Shows icon `name` before the text."""
        self._icon = name
        self._colour()

    def setText(self, text: str) -> None:
        """Shows `text`; the icon keeps its distance from it."""
        super().setText(text)
        self._colour()

    def changeEvent(self, event: QEvent) -> None:
        """Draws the icon anew when the colours change."""
        super().changeEvent(event)
        if event.type() in _LOOKS:
            self._colour()

    def _colour(self) -> None:
        if not self._icon:
            return
        chosen, kind = colours(), self.property("kind")
        table = {"primary": chosen.on_accent, "danger": chosen.danger, "chip": chosen.muted}
        gap = 5 if self.text() else 0
        side = scaled(16)
        self.setIconSize(QSize(side + gap, side))
        self.setIcon(icon(self._icon, table.get(kind, chosen.text), chosen.accent, gap))


def push_button(
    text: str, name: str, kind: str = "plain", icon_name: str = "", parent: QWidget | None = None
) -> WordButton:
    """A button with a word; ``kind``: plain, primary, danger, quiet, link or chip."""
    return WordButton(text, name, kind, icon_name, parent)


class IconButton(QToolButton):
    """A small button that is one icon; `text` is its accessible name and tooltip."""

    def __init__(
        self, icon_name: str, text: str, name: str, parent: QWidget | None = None, *,
        kind: str = "icon", size: int = 18,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._icon = icon_name
        self._look: tuple[str, int, bool] | None = None
        self.setObjectName(name)
        self.setProperty("kind", kind)
        self._size = size
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.set_meaning(icon_name, text)

    def set_meaning(self, icon_name: str, text: str) -> None:
        """Shows another icon with another accessible name and tooltip."""
        self._icon = icon_name
        self.setAccessibleName(text)
        self.setToolTip(text)
        self._colour()

    def changeEvent(self, event: QEvent) -> None:
        """Draws the icon anew when the colours change."""
        super().changeEvent(event)
        if event.type() in _LOOKS:
            self._colour()

    def _colour(self) -> None:
        chosen, side = colours(), scaled(self._size)
        look = (self._icon, side, chosen.dark)
        if look == self._look:
            return
        self._look = look
        table = {"send": chosen.on_accent}
        self.setIconSize(QSize(side, side))
        self.setIcon(icon(self._icon, table.get(self.property("kind"), chosen.muted),
                          chosen.accent))  # fmt: skip


def forbid(button: QAbstractButton, reason: str) -> None:
    """Disables `button`; its tooltip and accessible description say why."""
    if button.property(_HINT) is None:
        button.setProperty(_HINT, button.toolTip())
    button.setEnabled(False)
    button.setToolTip(reason)
    button.setAccessibleDescription(reason)


def allow(button: QAbstractButton) -> None:
    """Enables `button` again with the tooltip that it had before `forbid`."""
    button.setEnabled(True)
    hint = button.property(_HINT)
    if hint is not None:
        button.setToolTip(str(hint))
        button.setProperty(_HINT, None)
    button.setAccessibleDescription("")
