"""How long one conversation is kept: a menu with the present choice ticked."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

__all__ = ["KeepMenu"]

_DAYS = (1, 7, 30, 90, 365)


class KeepMenu(QMenu):
    """Days after the newest message.

    Signals:
        chosen: (days) 0 is for ever, None as the setting says.
    """

    chosen = Signal(object)

    def __init__(self, present: int | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTitle(self.tr("Keep for"))
        self._group = QActionGroup(self)
        self._add(self.tr("As the setting says"), None, present)
        self._add(self.tr("For ever"), 0, present)
        days = sorted({*_DAYS, *([present] if present else [])})
        for count in days:
            text = self.tr("1 day") if count == 1 else self.tr("{count} days").format(count=count)
            self._add(text, count, present)

    def _add(self, text: str, days: int | None, present: int | None) -> None:
        action = self.addAction(text, lambda: self.chosen.emit(days))
        action.setCheckable(True)
        action.setChecked(days == present)
        self._group.addAction(action)
