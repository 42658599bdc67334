"""Keys, backups and erasing everything: commands and their events.

All are library commands. They replace files of the profile, so they are refused while another
lane is at work.
"""

from dataclasses import dataclass, field

from engine.contract.base import CommandBase, Done

__all__ = [
    "ERASE_WORD", "BackUp", "BackupInfo", "ChangeKeys", "EraseAll", "KeysChanged",
    "ProfileReplaced", "RestoreBackup",
]  # fmt: skip

ERASE_WORD = "ERASE"
"""What the user types to erase everything."""


@dataclass(frozen=True, kw_only=True)
class ChangeKeys(CommandBase):
    """Encrypts everything anew under a new key; the old key and recovery key open nothing more.

    The way the key is kept stays: by the keyring, or by the present passphrase, or by ``new``.
    ``recovery_key`` stands in for a forgotten ``current`` and then needs ``new``. Refused while
    the model is at work. Answered by `KeysChanged`.
    """

    current: str | None = field(default=None, repr=False)
    recovery_key: str | None = field(default=None, repr=False)
    new: str | None = field(default=None, repr=False)


@dataclass(frozen=True, kw_only=True)
class EraseAll(CommandBase):
    """Destroys the keys, then every file of the profile; ``confirmation`` must be `ERASE_WORD`.

    Refused while the model is at work. Answered by `ProfileReplaced`.
    """

    confirmation: str


@dataclass(frozen=True, kw_only=True)
class BackUp(CommandBase):
    """Makes a backup now; the oldest goes."""


@dataclass(frozen=True, kw_only=True)
class RestoreBackup(CommandBase):
    """Goes back to the backup ``name`` of `PrivacyRead`; the present state becomes a backup.

    Refused while the model is at work. Answered by `ProfileReplaced`.
    """

    name: str


@dataclass(frozen=True, kw_only=True)
class KeysChanged(Done):
    """Everything is under a new key; show the new recovery key once."""

    recovery_key: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class ProfileReplaced(Done):
    """The profile is another one now: an earlier state, or with ``erased`` none at all.

    Whoever shows it starts again from `ReadStatus`, best in a new process.
    """

    erased: bool


@dataclass(frozen=True, kw_only=True)
class BackupInfo:
    """A backup on disk. ``made_at`` in Unix seconds."""

    name: str
    made_at: float
    size_bytes: int
