"""The lock screen without widgets: which state the profile is in and how it may be opened."""

from enum import Enum, auto

from PySide6.QtCore import QObject, Signal

from engine.contract import Failed, FailureKind, ReadStatus, StatusRead, Unlock
from ui.engine_client import EngineClient
from ui.forms.page_presenter import PagePresenter

__all__ = ["LockPresenter", "Screen"]


class Screen(Enum):
    """What the lock page shows."""

    WAITING = auto()
    PASSPHRASE = auto()
    RECOVERY = auto()
    KEYRING = auto()
    KEY_MISSING = auto()
    DAMAGED = auto()
    IN_USE = auto()


_SCREENS = {
    FailureKind.KEY_MISSING: Screen.KEY_MISSING,
    FailureKind.DATABASE_DAMAGED: Screen.DAMAGED,
    FailureKind.IN_USE: Screen.IN_USE,
}


_KEYRING_FAILURES = {FailureKind.KEYRING_UNAVAILABLE, FailureKind.WRONG_KEY}
"""A keyring that is away or gives another key: only the recovery key helps."""


class LockPresenter(PagePresenter):
    """Opens the profile. Reading the status and unlocking change no file.

    Signals:
        unlocked: the profile is open.
    """

    unlocked = Signal()

    def __init__(self, client: EngineClient, parent: QObject | None = None) -> None:
        super().__init__(client, parent)
        self.status: StatusRead | None = None
        self.screen = Screen.WAITING
        self.detail = ""
        self.restore_by_recovery = False

    @property
    def can_recover(self) -> bool:
        """True when the key file holds a slot for the recovery key."""
        return self.status is not None and "recovery" in self.status.key_slots

    @property
    def can_use_passphrase(self) -> bool:
        """True when the key file holds a slot for a passphrase."""
        return self.status is not None and "passphrase" in self.status.key_slots

    def start(self) -> None:
        """Reads the state anew; the keyring is tried by itself when it keeps the key."""
        self.screen = Screen.WAITING
        self.ask(ReadStatus(), self._take_status)

    def unlock_passphrase(self, passphrase: str) -> None:
        """Tries a passphrase."""
        if passphrase and not self.busy:
            self.ask(Unlock(passphrase=passphrase), self._take_unlocked, self._take_failure)

    def unlock_recovery(self, recovery_key: str) -> None:
        """Tries the recovery key."""
        text = recovery_key.strip()
        if text and not self.busy:
            self.ask(Unlock(recovery_key=text), self._take_unlocked, self._take_failure)

    def unlock_keyring(self) -> None:
        """Asks the system keyring."""
        if not self.busy:
            self.ask(Unlock(), self._take_unlocked, self._take_failure)

    def restore(self, passphrase: str, recovery_key: str) -> None:
        """Opens the profile from its newest good backup; the damaged file is set aside.

        Takes the recovery key when there is one, else the passphrase, else the keyring.
        """
        if self.busy:
            return
        command = Unlock(
            passphrase=(passphrase or None) if not recovery_key.strip() else None,
            recovery_key=recovery_key.strip() or None,
            restore=True,
        )
        self.ask(command, self._take_unlocked)

    def show_recovery(self) -> None:
        """Turns to the field for the recovery key."""
        if self.screen is Screen.DAMAGED:
            self.restore_by_recovery = True
        else:
            self.screen = Screen.RECOVERY
        self.dismiss_failure()

    def show_passphrase(self) -> None:
        """Turns back from the recovery key to the usual way."""
        if self.screen is Screen.DAMAGED:
            self.restore_by_recovery = False
        else:
            self.screen = self._usual_screen()
        self.dismiss_failure()

    def _usual_screen(self) -> Screen:
        if self.can_use_passphrase:
            return Screen.PASSPHRASE
        if self.status is not None and "keyring" in self.status.key_slots:
            return Screen.KEYRING
        return Screen.KEY_MISSING

    def _take_status(self, event: StatusRead) -> None:
        self.status = event
        self.detail = event.detail
        match event.state:
            case "open":
                self.unlocked.emit()
            case "damaged":
                self.screen = Screen.DAMAGED
            case "in_use":
                self.screen = Screen.IN_USE
            case "key_missing":
                self.screen = Screen.KEY_MISSING
            case _:
                self.screen = self._usual_screen()
                if self.screen is Screen.KEYRING:
                    self.unlock_keyring()

    def _take_unlocked(self, _event: object) -> None:
        self.unlocked.emit()

    def _take_failure(self, event: Failed) -> None:
        self.failure = event
        turn = _SCREENS.get(event.kind)
        if self.screen is Screen.KEYRING and event.kind in _KEYRING_FAILURES:
            turn = Screen.KEY_MISSING
        if turn is not None:
            self.screen = turn
            self.detail = event.detail
            self.failure = event if turn is Screen.KEY_MISSING else None
