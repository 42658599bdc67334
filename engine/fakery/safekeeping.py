"""Keys, backups and erasing everything, in the scripted world."""

import time
from typing import assert_never

from engine.contract import (
    ERASE_WORD,
    Acknowledged,
    BackUp,
    BackupInfo,
    ChangeKeys,
    Done,
    EngineError,
    EraseAll,
    FailureKind,
    KeysChanged,
    ProfileReplaced,
    RestoreBackup,
)
from engine.fakery.script import FAKE_RECOVERY_KEY
from engine.fakery.world import World

__all__ = ["SafekeepingCommand", "handle"]

SafekeepingCommand = ChangeKeys | EraseAll | BackUp | RestoreBackup


def handle(world: World, command: SafekeepingCommand) -> Done:
    """The terminal event of `command`; raises `EngineError`."""
    match command:
        case ChangeKeys():
            return _change_keys(world, command)
        case EraseAll():
            if command.confirmation != ERASE_WORD:
                raise EngineError(
                    FailureKind.BAD_INPUT, f"Nothing was erased; type {ERASE_WORD} to confirm."
                )
            world.clear()
            return ProfileReplaced(job=command.job, erased=True)
        case BackUp():
            number = len(world.backups) + 1
            made = BackupInfo(name=f"backup-{number:08}.db", made_at=time.time(), size_bytes=40_960)
            world.backups.insert(0, made)
            return Acknowledged(job=command.job)
        case RestoreBackup():
            if all(backup.name != command.name for backup in world.backups):
                raise EngineError(
                    FailureKind.NOT_FOUND, "This backup is no longer there; choose another one."
                )
            world.note("backup_restored")
            return ProfileReplaced(job=command.job, erased=False)
        case _:
            assert_never(command)


def _change_keys(world: World, command: ChangeKeys) -> Done:
    proved = (
        command.recovery_key.strip() == FAKE_RECOVERY_KEY
        if command.recovery_key is not None
        else command.current == world.passphrase
    )
    if not proved:
        raise EngineError(FailureKind.WRONG_KEY, "That passphrase is not right; try again.")
    passphrase = command.current if command.new is None else command.new
    if world.passphrase is not None and passphrase is None:
        raise EngineError(
            FailureKind.BAD_INPUT, "Changing the keys needs a passphrase; type a new one."
        )
    world.passphrase = passphrase
    world.note("keys_changed")
    return KeysChanged(job=command.job, recovery_key=FAKE_RECOVERY_KEY)
