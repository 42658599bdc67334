"""Privacy without widgets: what is stored, how it is locked, export."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from engine.contract import (
    BackUp,
    ChangeKeys,
    ChangePassphrase,
    ChatsExported,
    ChatsImported,
    EraseAll,
    ExportChats,
    Failed,
    ImportChats,
    KeysChanged,
    PrivacyRead,
    ReadPrivacy,
    ReadStatus,
    RestoreBackup,
    StatusRead,
)
from ui.engine_client import EngineClient
from ui.forms.page_presenter import PagePresenter
from ui.forms.setting_values import SettingValues

__all__ = ["PrivacyPresenter"]


class PrivacyPresenter(PagePresenter):
    """State of the privacy page.

    Signals:
        lock_changed: the way the key is kept was changed; forms may empty themselves.
    """

    lock_changed = Signal()

    def __init__(self, client: EngineClient, parent: QObject | None = None) -> None:
        super().__init__(client, parent)
        self.settings = SettingValues(client, self)
        self.settings.changed.connect(lambda _key: self.changed.emit())
        self.privacy: PrivacyRead | None = None
        self.status: StatusRead | None = None
        self.exported: ChatsExported | None = None
        self.exporting = False
        self.imported: ChatsImported | None = None
        self.importing = False
        self.recovery_key = ""
        self.slow_words = ""

    @property
    def has_passphrase(self) -> bool:
        """True when a passphrase locks the profile."""
        return self.privacy is not None and "passphrase" in self.privacy.key_slots

    @property
    def keyring_available(self) -> bool:
        """True when the system keyring could keep the key."""
        return self.status is not None and self.status.keyring_available

    @property
    def total_bytes(self) -> int:
        """Size of all that is stored, in bytes."""
        return sum(item.size_bytes for item in self.privacy.items) if self.privacy else 0

    def refresh(self) -> None:
        """Reads everything anew."""
        self.settings.load()
        self.ask(ReadStatus(), self._take_status)
        self.ask(ReadPrivacy(), self._take_privacy)

    def set_passphrase(self, new: str, *, current: str, recovery_key: str) -> None:
        """Locks the profile with a passphrase, or changes it."""
        command = ChangePassphrase(
            current=current or None, recovery_key=recovery_key.strip() or None, new=new
        )
        self.ask(command, self._lock_changed)

    def use_keyring(self, *, current: str, recovery_key: str) -> None:
        """Drops the passphrase; from now on the keyring keeps the key."""
        command = ChangePassphrase(
            current=current or None, recovery_key=recovery_key.strip() or None, new=None
        )
        self.ask(command, self._lock_changed)

    # -- slow and rare ----------------------------------------------------------------------------

    def change_keys(self, current: str) -> None:
        """Encrypts everything anew under new keys; the way it is locked stays."""
        self._begin(self.tr("Encrypting everything anew…"))
        self.ask(ChangeKeys(current=current or None), self._take_keys, self._slow_failed)

    def forget_recovery_key(self) -> None:
        """The user has kept the new recovery key."""
        self.recovery_key = ""
        self.changed.emit()

    def back_up(self) -> None:
        """Makes a backup now."""
        self._begin(self.tr("Making a backup…"))
        self.ask(BackUp(), self._backed_up, self._slow_failed)

    def restore(self, name: str) -> None:
        """Goes back to a backup; the window starts again afterwards."""
        self._begin(self.tr("Going back to the backup…"))
        self.ask(RestoreBackup(name=name), self._slow_done, self._slow_failed)

    def erase_all(self, typed: str) -> None:
        """Destroys keys and files; the window starts again afterwards."""
        self._begin(self.tr("Erasing everything…"))
        self.ask(EraseAll(confirmation=typed), self._slow_done, self._slow_failed)

    def _begin(self, words: str) -> None:
        self.slow_words = words

    def _take_keys(self, event: KeysChanged) -> None:
        self.slow_words, self.recovery_key = "", event.recovery_key
        self.lock_changed.emit()
        self.refresh()

    def _backed_up(self, _event: object) -> None:
        self.slow_words = ""
        self.ask(ReadPrivacy(), self._take_privacy)

    def _slow_done(self, _event: object) -> None:
        self.slow_words = ""

    def _slow_failed(self, event: Failed) -> None:
        self.slow_words, self.failure = "", event

    def export(self, path: Path, file_format: str) -> None:
        """Writes all conversations in plain text to `path`."""
        self.exported, self.exporting = None, True
        command = ExportChats(path=str(path), format=file_format)
        self.ask(command, self._take_export, self._export_failed)

    def import_chats(self, path: Path, *, consent: bool) -> None:
        """Takes a file of conversations in, whole or not at all; `consent` allows learning."""
        self.imported, self.importing = None, True
        command = ImportChats(path=str(path), consent=consent)
        self.ask(command, self._take_import, self._import_failed)

    def _take_import(self, event: ChatsImported) -> None:
        self.imported, self.importing = event, False
        self.ask(ReadPrivacy(), self._take_privacy)

    def _import_failed(self, event: Failed) -> None:
        self.importing, self.failure = False, event

    def _take_status(self, event: StatusRead) -> None:
        self.status = event

    def _take_privacy(self, event: PrivacyRead) -> None:
        self.privacy = event

    def _take_export(self, event: ChatsExported) -> None:
        self.exported, self.exporting = event, False
        self.ask(ReadPrivacy(), self._take_privacy)

    def _export_failed(self, event: Failed) -> None:
        self.exporting, self.failure = False, event

    def _lock_changed(self, _event: object) -> None:
        self.lock_changed.emit()
        self.refresh()
