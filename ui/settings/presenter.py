"""Settings without widgets: which are shown, and their values."""

from PySide6.QtCore import QObject, Signal

from storage.settings import SETTINGS, Level, Page, Setting
from ui.engine_client import EngineClient
from ui.forms.setting_values import SettingValues

__all__ = ["MANAGED", "SettingsPresenter"]

MANAGED = frozenset({"active_model"})
"""Settings that a page of their own changes, so that no one types an identifier."""


class SettingsPresenter(QObject):
    """State of the settings page.

    Signals:
        changed: another page of settings, or other settings on it, are to be shown.
    """

    changed = Signal()

    def __init__(self, client: EngineClient, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.values = SettingValues(client, self)
        self.page = Page.GENERAL
        self.advanced = False

    def refresh(self) -> None:
        """Reads all values anew."""
        self.values.load()

    def show_page(self, page: Page) -> None:
        """Turns to the settings of `page`."""
        self.page = page
        self.changed.emit()

    def show_advanced(self, on: bool) -> None:
        """Shows or hides the settings for those who know."""
        self.advanced = on
        self.changed.emit()

    def shown(self) -> tuple[Setting, ...]:
        """The settings of the page, in the order they are declared."""
        return tuple(
            setting
            for setting in SETTINGS.values()
            if setting.page is self.page
            and setting.key not in MANAGED
            and (self.advanced or setting.level is Level.SIMPLE)
        )

    def hidden_count(self) -> int:
        """How many settings of the page are behind *Advanced*."""
        return sum(
            setting.page is self.page
            and setting.key not in MANAGED
            and setting.level is Level.ADVANCED
            for setting in SETTINGS.values()
        )
