"""The stored values of the settings; everything else about a setting is in `storage.settings`."""

import json

from storage.database import Database
from storage.settings import SETTINGS, SettingError, SettingValue, check, defaults


class SettingValues:
    """Settings of one profile. A stored value that is no longer allowed reads as the default."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def all(self) -> dict[str, SettingValue]:
        """Every declared setting with its present value."""
        values = defaults()
        for key, text in self._db.rows("SELECT key, value FROM settings"):
            values.update(_readable(key, text))
        return values

    def get(self, key: str) -> SettingValue:
        """The present value of `key`; raises `SettingError` for an unknown one."""
        if key not in SETTINGS:
            raise SettingError(f"There is no setting called {key}.")
        text = self._db.value("SELECT value FROM settings WHERE key = ?", (key,))
        stored = {} if text is None else _readable(key, text)
        return stored.get(key, SETTINGS[key].default)

    def set(self, key: str, value: object) -> SettingValue:
        """Checks and stores; returns the value in its own type. Raises `SettingError`."""
        checked = check(key, value)
        self._db.execute(
            "INSERT INTO settings (key, value) VALUES (?, ?)"
            " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            (key, json.dumps(checked)),
        )
        return checked


def _readable(key: str, text: str) -> dict[str, SettingValue]:
    try:
        return {key: check(key, json.loads(text))}
    except (SettingError, ValueError):
        return {}
