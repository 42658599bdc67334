"""The profile of this run: whether it is open, and how each thread gets its own connection."""

import contextlib
import threading
import weakref
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass

from engine.contract import EngineError, FailureKind, HardwareInfo
from engine.errors import locked
from engine.gate import Gate
from engine.model.hardware import probe
from storage.destroying import destroy_profile, is_erasing
from storage.errors import DatabaseDamaged, KeyMissing, ProfileInUse, StoreError, WrongKey
from storage.instance import InstanceLock
from storage.keys import DataKey, KeyFile
from storage.profile import ProfilePaths
from storage.rekeying import change_keys
from storage.repair import repair, restore
from storage.setup import create_profile, profile_exists
from storage.store import Store

__all__ = ["ProfileCondition", "Session"]

_KEY_GONE = (
    "The key file of this profile is gone; put it back from a backup of the folder. "
    "Nothing was changed."
)
_AT_WORK = (
    "Confidant is at work on an answer, a training or a file; wait for it or stop it first."
)
_PATIENCE_S = 10.0
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
        self._gate = Gate()
        self._stores: weakref.WeakSet[Store] = weakref.WeakSet()

    # -- on the library lane ----------------------------------------------------------------------

    def condition(self) -> ProfileCondition:
        """What the lock screen needs to know; makes no file and changes none.

        But for one case: an erasure of everything that was cut off is finished.
        """
        if self.is_open:
            return ProfileCondition("open")
        if self._trouble is not None:
            return self._trouble
        if self.paths.root.exists():
            try:
                self._instance.acquire()
            except ProfileInUse as error:
                return ProfileCondition("in_use", error.detail)
            if is_erasing(self.paths):
                destroy_profile(self.paths, self.key_file)
        return self._condition_on_disk()

    def _condition_on_disk(self) -> ProfileCondition:
        database = self.paths.database.exists()
        if not profile_exists(self.paths):
            return ProfileCondition("new")
        if not self.key_file.exists:
            return ProfileCondition("key_missing", _KEY_GONE)
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
        store, key, recovery_key = create_profile(
            self.paths, self.key_file, passphrase=passphrase
        )
        self._opened(key)
        return self._noted(store), recovery_key

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
        with contextlib.suppress(OSError):
            self.paths.setup_mark.unlink(missing_ok=True)
        return self._noted(store)

    # -- while nothing else is at work ------------------------------------------------------------

    def change_keys(self, key: DataKey, passphrase: str | None) -> str:
        """Encrypts everything under a new key; returns the new recovery key. See `_alone`."""
        with self._alone():
            fresh, recovery_key = change_keys(
                self.paths, self.key_file, key, passphrase=passphrase
            )
            self._opened(fresh)
        return recovery_key

    def restore_backup(self, name: str) -> None:
        """Puts a backup in the database's place. See `_alone`."""
        with self._alone() as key:
            restore(self.paths, key, name)

    def erase_all(self) -> None:
        """Destroys the keys and every file; the profile is new afterwards. See `_alone`."""
        with self._alone():
            destroy_profile(self.paths, self.key_file)
            with self._lock:
                self._key = None

    @contextlib.contextmanager
    def _alone(self) -> Iterator[DataKey]:
        """Closes every connection and keeps the other lanes from opening one.

        Raises:
            EngineError: The profile is locked, or another lane is at work.
        """
        with self._lock:
            key = self._key
        if key is None:
            raise locked()
        with self._gate.alone(_PATIENCE_S) as free:
            if not free:
                raise EngineError(FailureKind.BAD_INPUT, _AT_WORK)
            for store in tuple(self._stores):
                store.close()
            yield key

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

    def working(self) -> AbstractContextManager[object]:
        """Held by a lane during a command, so that no file is replaced under it."""
        return self._gate.working()

    def new_store(self) -> Store:
        """A connection for the calling thread; raises `EngineError` ``LOCKED`` before opening."""
        with self._lock:
            key = self._key
        if key is None:
            raise locked()
        return self._noted(Store.open(self.paths, key))

    def _noted(self, store: Store) -> Store:
        with self._lock:
            self._stores.add(store)
        return store

    def close(self) -> None:
        """Forgets the key and lets another window have the profile."""
        with self._lock:
            self._key = None
        self._instance.release()
