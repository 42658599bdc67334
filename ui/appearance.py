"""Language, theme and text size, remembered outside of the encrypted database.

They are needed before it is opened, and tell nothing about the user's words.
"""

import json
from pathlib import Path

from storage.settings import SettingError, SettingValue, check, defaults

__all__ = ["Appearance"]

_KEYS = ("language", "theme", "font_scale")
_LARGEST = 4096


class Appearance:
    """The file ``appearance.json`` of a profile. Whatever cannot be read is the default."""

    def __init__(self, profile_path: Path) -> None:
        self._path = profile_path / "appearance.json"
        self.values: dict[str, SettingValue] = {key: defaults()[key] for key in _KEYS}
        for key, value in self._read().items():
            try:
                self.values[str(key)] = check(str(key), value)
            except SettingError:
                continue

    def _read(self) -> dict[str, object]:
        try:
            if self._path.stat().st_size > _LARGEST:
                return {}
            untrusted = json.loads(self._path.read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        if not isinstance(untrusted, dict):
            return {}
        return {key: untrusted[key] for key in _KEYS if key in untrusted}

    def remember(self, key: str, value: SettingValue) -> None:
        """Keeps `value` for the next start, once the profile's folder exists."""
        if key not in _KEYS or self.values[key] == value:
            return
        self.values[key] = value
        if not self._path.parent.is_dir():
            return
        temporary = self._path.with_suffix(".new")
        try:
            temporary.write_text(json.dumps(self.values), "utf-8")
            temporary.replace(self._path)
        except OSError:
            temporary.unlink(missing_ok=True)
