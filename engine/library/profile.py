"""The profile itself: its state, making it, opening it, its lock and its settings."""

import contextlib
import time

from engine.contract import (
    ERASE_WORD,
    Acknowledged,
    ChangeKeys,
    ChangePassphrase,
    ChangeSetting,
    CreateProfile,
    EngineError,
    EraseAll,
    FailureKind,
    KeysChanged,
    ProfileCreated,
    ProfileReplaced,
    ReadStatus,
    RestoreBackup,
    StatusRead,
    Unlock,
)
from engine.library.inbox import forbid_words
from engine.library.retention import keep_house
from engine.session import Session
from storage.errors import StoreError
from storage.keys import keyring_status
from storage.store import Store

__all__ = [
    "change_keys", "change_passphrase", "change_setting", "create", "erase_all", "read_status",
    "restore_backup", "unlock",
]  # fmt: skip

_SHORTEST_PASSPHRASE = 1
_BACKUP_EVERY_S = 86_400


def read_status(session: Session, command: ReadStatus) -> StatusRead:
    """State of the profile and of the machine; changes nothing."""
    condition = session.condition()
    available, name = keyring_status()
    return StatusRead(
        job=command.job,
        state=condition.state,
        detail=condition.detail,
        profile_path=str(session.paths.root),
        key_slots=session.slots(),
        keyring_available=available,
        keyring_name=name,
        hardware=session.hardware,
    )


def create(session: Session, command: CreateProfile) -> tuple[Store, ProfileCreated]:
    """Makes the profile; raises `EngineError` when there is one or the passphrase is empty."""
    if session.is_open or session.condition().state != "new":
        raise EngineError(
            FailureKind.BAD_INPUT, "There is a profile here already; unlock it instead."
        )
    if command.passphrase is not None:
        _check_passphrase(command.passphrase)
    store, recovery_key = session.create(command.passphrase)
    store.audit.add("profile_created")
    return store, ProfileCreated(job=command.job, recovery_key=recovery_key)


def unlock(session: Session, command: Unlock) -> Store | None:
    """Opens the profile and puts in order what a crash left behind.

    None when it is open already: then the key alone is proved again.
    """
    if session.is_open:
        session.key_from(command.passphrase, command.recovery_key)
        return None
    if session.condition().state == "new":
        raise EngineError(FailureKind.LOCKED, "There is no profile here yet; make one first.")
    store = session.open(command.passphrase, command.recovery_key, restore=command.restore)
    try:
        store.messages.settle_interrupted()
        store.sweep()
        store.adapters.retire_missing()
        if command.restore:
            store.audit.add("backup_restored")
        store.audit.add("unlocked")
    except BaseException:
        store.close()
        raise
    keep_house(store)
    _back_up(store)
    return store


def _back_up(store: Store) -> None:
    """Makes the day's backup. Without room for one, the profile opens all the same."""
    newest = store.backups()[:1]
    if newest and time.time() - newest[0].stat().st_mtime < _BACKUP_EVERY_S:
        return
    with contextlib.suppress(StoreError, OSError):
        store.backup()


def change_passphrase(session: Session, store: Store, command: ChangePassphrase) -> Acknowledged:
    """Rewrites one key slot after the present key was proved again."""
    key = session.key_from(command.current, command.recovery_key)
    if command.new is None:
        session.key_file.use_keyring(key)
        store.audit.add("passphrase_removed")
    else:
        _check_passphrase(command.new)
        session.key_file.set_passphrase(key, command.new)
        store.audit.add("passphrase_set")
    return Acknowledged(job=command.job)


def change_keys(session: Session, store: Store, command: ChangeKeys) -> KeysChanged:
    """Gives the profile new keys after the present one was proved again; `store` is closed."""
    key = session.key_from(command.current, command.recovery_key)
    passphrase = command.current if command.new is None else command.new
    if "passphrase" in session.slots() and passphrase is None:
        raise EngineError(
            FailureKind.BAD_INPUT, "Changing the keys needs a passphrase; type a new one."
        )
    if passphrase is not None:
        _check_passphrase(passphrase)
    store.audit.add("keys_changed")
    return KeysChanged(job=command.job, recovery_key=session.change_keys(key, passphrase))


def restore_backup(session: Session, command: RestoreBackup) -> ProfileReplaced:
    """Goes back to a backup; every store is closed."""
    session.restore_backup(command.name)
    store = session.new_store()
    try:
        store.messages.settle_interrupted()
        store.adapters.retire_missing()
        store.audit.add("backup_restored")
    finally:
        store.close()
    return ProfileReplaced(job=command.job, erased=False)


def erase_all(session: Session, command: EraseAll) -> ProfileReplaced:
    """Destroys keys and files; every store is closed and the profile is new."""
    if command.confirmation != ERASE_WORD:
        raise EngineError(
            FailureKind.BAD_INPUT, f"Nothing was erased; type {ERASE_WORD} to confirm."
        )
    session.erase_all()
    return ProfileReplaced(job=command.job, erased=True)


def change_setting(store: Store, command: ChangeSetting) -> Acknowledged:
    """Stores one checked setting; consent to learning goes to the audit trail."""
    with store.transaction():
        store.settings.set(command.key, command.value)
        if command.key == "never_learn":
            forbid_words(store, str(command.value))
    if command.key == "learning_consent":
        store.audit.add("learning_on" if command.value else "learning_off")
    return Acknowledged(job=command.job)


def _check_passphrase(untrusted_passphrase: str) -> None:
    if len(untrusted_passphrase.strip()) < _SHORTEST_PASSPHRASE:
        raise EngineError(
            FailureKind.BAD_INPUT, "The passphrase is empty; type at least one character."
        )
