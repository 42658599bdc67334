"""The profile of this run: whether it is open, and how each thread gets its own connection."""

import contextlib
import threading
from dataclasses import dataclass

from engine.contract import HardwareInfo
from engine.errors import locked
from engine.model.hardware import probe
from storage.errors import DatabaseDamaged, KeyMissing, ProfileInUse, StoreError, WrongKey
from storage.instance import InstanceLock
from storage.keys import DataKey, KeyFile
from storage.profile import ProfilePaths
from storage.repair import repair
from storage.store import Store

__all__ = ["ProfileCondition", "Session"]

_KEY_GONE = (
    "The key file of this profile is gone; put it back from a backup of the folder. "
    "Nothing was changed."
)
_DATABASE_GONE = (
    "The database of this profile is gone; put it back from a backup, or choose another folder."
)


@dataclass(frozen=True, slots=True)
class ProfileCondition:
    """State of the profile (see `engine.contract.ProfileState`) and a sentence when it is bad."""

    state: str
    detail: str = ""


class Session:
    """One profile folder and its key once it is open.

    The library lane opens and changes it; the model lane only asks for `new_store`.

    Attributes:
        paths: The profile's folder.
        key_file: Its key slots.
    """

    def __init__(self, paths: ProfilePaths, key_file: KeyFile | None = None) -> None:
        self.paths = paths
        self.key_file = key_file or KeyFile(paths.key_file)
        self._instance = InstanceLock(paths)
        self._lock = threading.Lock()
        self._key: DataKey | None = None
        self._trouble: ProfileCondition | None = None
        self._hardware: HardwareInfo | None = None

    # -- on the library lane ----------------------------------------------------------------------

    def condition(self) -> ProfileCondition:
        """What the lock screen needs to know; makes no file and changes none."""
        if self.is_open:
            return ProfileCondition("open")
        if self._trouble is not None:
            return self._trouble
        if self.paths.root.exists():
            try:
                self._instance.acquire()
            except ProfileInUse as error:
                return ProfileCondition("in_use", error.detail)
        return self._condition_on_disk()

    def _condition_on_disk(self) -> ProfileCondition:
        database = self.paths.database.exists()
        if not self.key_file.exists:
            if database:
                return ProfileCondition("key_missing", _KEY_GONE)
            return ProfileCondition("new")
        try:
            _ = self.key_file.slots
        except StoreError as error:
            return ProfileCondition("key_missing", error.detail)
        if not database:
            return ProfileCondition("damaged", _DATABASE_GONE)
        return ProfileCondition("locked")

    def create(self, passphrase: str | None) -> tuple[Store, str]:
        """Makes the profile and opens it; returns the store and the recovery key.

        Raises:
            StoreError: There is a profile already, the keyring is unsafe, or the disk is full.
        """
        self._instance.acquire()
        key, recovery_key = self.key_file.create(passphrase=passphrase)
        try:
            store = Store.create(self.paths, key)
        except BaseException:
            self._take_back_key_file()
            raise
        self._opened(key)
        return store, recovery_key

    def _take_back_key_file(self) -> None:
        """Removes the key file that was just made, which opens nothing; so a retry can begin."""
        with contextlib.suppress(OSError):
            for path in self.paths.root.glob(self.paths.key_file.name + "*"):
                path.unlink()

    def open(
        self, passphrase: str | None, recovery_key: str | None, *, restore: bool = False
    ) -> Store:
        """Opens the profile with what the user gave, or with the keyring.

        With `restore`, a damaged database is set aside and a good backup takes its place first.

        Raises:
            StoreError: Wrong or missing key, damaged database, no good backup, or another window
                has it open.
        """
        self._instance.acquire()
        try:
            key = self.key_from(passphrase, recovery_key)
            if restore:
                repair(self.paths, key)
            store = Store.open(self.paths, key)
        except (KeyMissing, WrongKey) as error:
            if passphrase is None and recovery_key is None:
                self._trouble = ProfileCondition("key_missing", error.detail)
            raise
        except DatabaseDamaged as error:
            self._trouble = ProfileCondition("damaged", error.detail)
            raise
        self._opened(key)
        return store

    def key_from(self, passphrase: str | None, recovery_key: str | None) -> DataKey:
        """The data key by the way that was given; raises `StoreError`."""
        if recovery_key is not None:
            return self.key_file.unlock_recovery(recovery_key)
        if passphrase is not None:
            return self.key_file.unlock_passphrase(passphrase)
        return self.key_file.unlock_keyring()

    def slots(self) -> tuple[str, ...]:
        """Names of the key slots in use; none when the key file does not read."""
        try:
            return tuple(sorted(self.key_file.slots)) if self.key_file.exists else ()
        except StoreError:
            return ()

    def _opened(self, key: DataKey) -> None:
        with self._lock:
            self._key = key
            self._trouble = None

    # -- on any thread ----------------------------------------------------------------------------

    @property
    def hardware(self) -> HardwareInfo:
        """This machine; the GPU is known once a model was loaded (asking for it loads torch)."""
        with self._lock:
            if self._hardware is None:
                self._hardware = probe(with_gpu=False)
            return self._hardware

    def note_hardware(self) -> None:
        """Looks again, GPU included. For the model lane, which has torch."""
        found = probe()
        with self._lock:
            self._hardware = found

    @property
    def is_open(self) -> bool:
        """Whether the profile was created or unlocked in this run."""
        with self._lock:
            return self._key is not None

    def new_store(self) -> Store:
        """A connection for the calling thread; raises `EngineError` ``LOCKED`` before opening."""
        with self._lock:
            key = self._key
        if key is None:
            raise locked()
        return Store.open(self.paths, key)

    def close(self) -> None:
        """Forgets the key and lets another window have the profile."""
        with self._lock:
            self._key = None
        self._instance.release()
