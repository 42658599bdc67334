"""The key file: one random data key, wrapped in independent slots.

A slot is one way in: the system keyring, a passphrase, or the recovery key that is shown once at
set-up. Keyring and passphrase exclude each other: with a passphrase lock on, nothing on the
machine may open the profile without it. Opening and failing to open never write; only after a
key proved right is a stale or damaged copy of the file made whole.
"""

import base64
import binascii
import contextlib
import secrets
from pathlib import Path
from uuid import uuid4

from storage import key_document, recovery_key
from storage.data_key import KEY_BYTES, DataKey, derive
from storage.errors import KeyMissing, StoreError, WrongKey
from storage.files import shred
from storage.key_document import KeyDocument, Slot
from storage.keyring_slot import SystemKeyring, keyring_status
from storage.passphrase_slot import CHEAP_COST, Argon2Cost, calibrate, stretch
from storage.wrapping import unwrap, wrap

__all__ = ["CHEAP_COST", "Argon2Cost", "DataKey", "KeyFile", "SystemKeyring", "keyring_status"]

_SALT_BYTES = 16


class KeyFile:
    """The key file at `path` and its copy.

    `cost` fixes the passphrase's effort; None measures it on this machine (takes seconds).
    `keyring` replaces the system's keyring. Both exist so that tests need neither time nor a
    desktop.
    """

    def __init__(
        self, path: Path, *, cost: Argon2Cost | None = None, keyring: SystemKeyring | None = None
    ) -> None:
        self.path = path
        self._cost = cost
        self._keyring = keyring if keyring is not None else SystemKeyring()

    @property
    def exists(self) -> bool:
        """Whether the file or its copy is there, whole or not."""
        return self.path.exists() or key_document.copy_of(self.path).exists()

    @property
    def slots(self) -> frozenset[str]:
        """Names of the slots in use: ``keyring``, ``passphrase``, ``recovery``."""
        return frozenset(self._load().slots)

    def create(self, *, passphrase: str | None) -> tuple[DataKey, str]:
        """Makes a new key and its file; returns the key and the recovery key to show once.

        Without a passphrase the system keyring keeps the key; raises `KeyringUnavailable` (and
        writes nothing) when there is no safe one. Refuses to replace an existing file.
        """
        if self.exists:
            raise StoreError("This profile already has a key file; open the profile instead.")
        key, recovery = DataKey.generate(), recovery_key.generate_secret()
        document = KeyDocument(uuid4().hex, key.check, {})
        document = document.with_slots(recovery=_recovery_slot(document, key, recovery))
        if passphrase is None:
            document = document.with_slots(keyring=self._new_keyring_slot(document, key))
        else:
            slot = self._passphrase_slot(document, key, passphrase)
            document = document.with_slots(passphrase=slot)
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        key_document.save(self.path, document)
        return key, recovery_key.to_text(recovery)

    def set_aside(self) -> None:
        """Gives file and copy another name, so that `create` can make a new one."""
        mark = f".unused-{uuid4().hex[:8]}"
        for place in (key_document.copy_of(self.path), self.path):
            if place.exists():
                place.rename(place.with_name(place.name + mark))

    def destroy(self) -> None:
        """Overwrites and deletes file and copy and removes the keyring entry.

        Nothing opens the profile afterwards. Without a readable file the entry, if any, stays.
        """
        with contextlib.suppress(StoreError):
            self._forget_entry(self._load())
        for place in (self.path, key_document.copy_of(self.path)):
            shred(place)

    def unlock_keyring(self) -> DataKey:
        """The data key by way of the keyring.

        Raises `KeyMissing` (no such slot, or the entry is gone), `KeyringUnavailable`, or
        `WrongKey` when the keyring returned something else than was stored.
        """
        document, slot = self._slot("keyring")
        text = self._keyring.get(_entry_name(document, slot))
        try:
            wrapping_key = base64.b64decode(text, validate=True)
        except (binascii.Error, ValueError):
            wrapping_key = b""
        if len(wrapping_key) != KEY_BYTES:
            raise WrongKey("The keyring returned a damaged key; open with the recovery key.")
        return self._open(document, wrapping_key, slot, document.binding("keyring", slot.salt))

    def unlock_passphrase(self, text: str) -> DataKey:
        """The data key by way of the passphrase; raises `WrongKey` or `KeyMissing`."""
        document, slot = self._slot("passphrase")
        wrapping_key = stretch(text, slot.salt, Argon2Cost(*slot.cost))
        binding = document.binding("passphrase", slot.salt, slot.cost)
        try:
            return self._open(document, wrapping_key, slot, binding)
        except WrongKey:
            raise WrongKey("That passphrase is not right; try again.") from None

    def unlock_recovery(self, text: str) -> DataKey:
        """The data key by way of the recovery key; `RecoveryTypo` when it was mistyped."""
        document, slot = self._slot("recovery")
        wrapping_key = derive(recovery_key.from_text(text), "recovery")
        try:
            return self._open(document, wrapping_key, slot, document.binding("recovery"))
        except WrongKey:
            raise WrongKey("This recovery key belongs to another profile.") from None

    def set_passphrase(self, key: DataKey, new: str) -> None:
        """Locks by a passphrase from now on; the keyring slot and its entry go."""
        document = self._proven(key)
        slot = self._passphrase_slot(document, key, new)
        key_document.save(self.path, document.with_slots(passphrase=slot, keyring=None))
        self._forget_entry(document)

    def use_keyring(self, key: DataKey) -> None:
        """Lets the system keyring keep the key from now on; the passphrase slot goes."""
        document = self._proven(key)
        slot = self._new_keyring_slot(document, key)
        key_document.save(self.path, document.with_slots(keyring=slot, passphrase=None))
        self._forget_entry(document)

    def replace_key(self, old: DataKey, fresh: DataKey, *, passphrase: str | None) -> str:
        """Wraps `fresh` instead of `old` in every slot, in one step; returns a new recovery key.

        Without a passphrase the keyring keeps it. From here on the old key, the old recovery key
        and the old keyring entry open nothing.
        """
        before, recovery = self._proven(old), recovery_key.generate_secret()
        document = KeyDocument(before.profile, fresh.check, {})
        if passphrase is None:
            document = document.with_slots(keyring=self._new_keyring_slot(document, fresh))
        else:
            slot = self._passphrase_slot(document, fresh, passphrase)
            document = document.with_slots(passphrase=slot)
        document = document.with_slots(recovery=_recovery_slot(document, fresh, recovery))
        try:
            key_document.save(self.path, document)
        except BaseException:
            if not fresh.matches(self._load().check):
                self._forget_entry(document)
                raise
        self._forget_entry(before)
        return recovery_key.to_text(recovery)

    def require(self, key: DataKey) -> None:
        """Raises `KeyMissing` without a readable file, `WrongKey` when `key` is another one's."""
        self._proven(key)

    def problems(self) -> tuple[str, ...]:
        """Sentences about damage to the file or its copy."""
        return key_document.problems(self.path)

    def _load(self) -> KeyDocument:
        return key_document.load(self.path)

    def _proven(self, key: DataKey) -> KeyDocument:
        document = self._load()
        if not key.matches(document.check):
            raise WrongKey("This key belongs to another profile.")
        return document

    def _slot(self, name: str) -> tuple[KeyDocument, Slot]:
        document = self._load()
        if name not in document.slots:
            raise KeyMissing(f"This profile has no {name} to open it; use another way in.")
        return document, document.slots[name]

    def _open(
        self, document: KeyDocument, wrapping_key: bytes, slot: Slot, binding: bytes
    ) -> DataKey:
        key = DataKey(unwrap(wrapping_key, slot.wrapped, binding))
        if not key.matches(document.check):
            raise WrongKey("This key does not open the profile; try another one.")
        with contextlib.suppress(StoreError, OSError):
            key_document.heal(self.path, document)
        return key

    def _new_keyring_slot(self, document: KeyDocument, key: DataKey) -> Slot:
        """Puts a fresh wrapping key into the keyring, under a name never used before.

        A crash before the key file is saved then leaves the entry of the old slot untouched.
        """
        wrapping_key, salt = secrets.token_bytes(KEY_BYTES), secrets.token_bytes(_SALT_BYTES)
        slot = Slot(wrap(wrapping_key, key.secret, document.binding("keyring", salt)), salt)
        self._keyring.set(_entry_name(document, slot), base64.b64encode(wrapping_key).decode())
        return slot

    def _forget_entry(self, document: KeyDocument) -> None:
        """Deletes the keyring entry that `document` still names, if any."""
        if "keyring" in document.slots:
            self._keyring.delete(_entry_name(document, document.slots["keyring"]))

    def _passphrase_slot(self, document: KeyDocument, key: DataKey, text: str) -> Slot:
        if not text:
            raise StoreError("The passphrase is empty; type at least one character.")
        cost = self._cost if self._cost is not None else calibrate()
        salt = secrets.token_bytes(_SALT_BYTES)
        figures = (cost.memory_kib, cost.passes, cost.lanes)
        binding = document.binding("passphrase", salt, figures)
        return Slot(wrap(stretch(text, salt, cost), key.secret, binding), salt, figures)


def _entry_name(document: KeyDocument, slot: Slot) -> str:
    return f"{document.profile}-{slot.salt.hex()}"


def _recovery_slot(document: KeyDocument, key: DataKey, secret: bytes) -> Slot:
    return Slot(wrap(derive(secret, "recovery"), key.secret, document.binding("recovery")))
