"""The present values of all settings, kept true whoever changes them."""

from PySide6.QtCore import QObject, Signal

from engine.contract import ChangeSetting, Command, Event, Failed, ReadSettings, SettingsRead
from storage.settings import SettingValue, defaults
from ui.engine_client import EngineClient

__all__ = ["SettingValues"]


class SettingValues(QObject):
    """Reads the settings, changes them, and notices what other parts of the window change.

    Signals:
        changed: (key or empty for all) a value is known to be different now.
        refused: (key, sentence) the engine did not take a value; the old one holds.
    """

    changed = Signal(str)
    refused = Signal(str, str)

    def __init__(self, client: EngineClient, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client = client
        self._values = defaults()
        client.finished.connect(self._notice)

    def __getitem__(self, key: str) -> SettingValue:
        return self._values[key]

    def load(self) -> None:
        """Reads all values from the store."""
        self._client.request(ReadSettings(), lambda _event: None, self._ignore, owner=self)

    def change(self, key: str, value: SettingValue) -> None:
        """Stores a value; ``refused`` tells when it was not accepted."""

        def failed(event: Failed) -> None:
            self.refused.emit(key, event.detail)

        command = ChangeSetting(key=key, value=value)
        self._client.request(command, lambda _event: None, failed, owner=self)

    def _ignore(self, _event: Failed) -> None:
        """Keeps the defaults on the screen; the page that asked shows why nothing opens."""

    def _notice(self, command: Command, event: Event) -> None:
        if isinstance(event, SettingsRead):
            self._values.update(dict(event.values))
            self.changed.emit("")
        elif isinstance(command, ChangeSetting) and not isinstance(event, Failed):
            self._values[command.key] = command.value
            self.changed.emit(command.key)
