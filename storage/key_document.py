"""What the key file holds, and how it is read and written.

JSON: ``format``, ``version``, ``profile`` (a random name), ``check`` (tells a right data key from
a wrong one, see `DataKey.check`), ``slots`` by name, and ``digest``, a SHA-256 over the rest that
tells a damaged file from a wrong passphrase. Bytes are base64. Nothing in it is secret by itself.

The same text is kept twice: the file and a copy beside it. A change replaces the file first and
then the copy, each atomically, so there is at every moment one whole file, and an old passphrase
does not live on in the copy. The copy is read only when the file is damaged or gone.
"""

import base64
import binascii
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from storage.errors import KeyMissing, ProfileTooNew
from storage.files import write_atomically

FORMAT = "confidant-keys"
VERSION = 1
SLOT_NAMES = ("keyring", "passphrase", "recovery")
_LARGEST_BYTES = 64 * 1024

Cost = tuple[int, int, int]
NO_COST: Cost = (0, 0, 0)


@dataclass(frozen=True, slots=True)
class Slot:
    """One wrapped copy of the data key.

    ``salt`` is Argon2id's for the passphrase and names the entry for the keyring; ``cost`` is
    Argon2id's memory in KiB, passes and lanes.
    """

    wrapped: bytes
    salt: bytes = b""
    cost: Cost = NO_COST


@dataclass(frozen=True, slots=True)
class KeyDocument:
    """The content of a key file."""

    profile: str
    check: bytes
    slots: dict[str, Slot]

    def binding(self, slot: str, salt: bytes = b"", cost: Cost = NO_COST) -> bytes:
        """What a wrapped key is bound to: profile, slot name and the slot's figures."""
        return json.dumps([FORMAT, VERSION, self.profile, slot, _text(salt), *cost]).encode()

    def with_slots(self, **changes: Slot | None) -> "KeyDocument":
        """This document with slots set, or dropped where None."""
        merged = {**self.slots, **changes}
        kept = {name: slot for name, slot in merged.items() if slot is not None}
        return KeyDocument(self.profile, self.check, kept)


def copy_of(path: Path) -> Path:
    """The second copy's place beside the key file."""
    return path.with_name(path.name + ".copy")


def save(path: Path, document: KeyDocument) -> None:
    """Replaces the key file, then its copy."""
    text = _to_json(document)
    write_atomically(path, [text])
    write_atomically(copy_of(path), [text])


def heal(path: Path, document: KeyDocument) -> bool:
    """Makes file and copy whole and equal again after a crash or damage; True if it wrote."""
    text = _to_json(document)
    stale = [place for place in (path, copy_of(path)) if _bytes_or_none(place) != text]
    for place in stale:
        write_atomically(place, [text])
    return bool(stale)


def load(path: Path) -> KeyDocument:
    """Reads the file, or its copy when the file is damaged or gone.

    Raises `KeyMissing` when neither reads, `ProfileTooNew` for a later format.
    """
    contents = [_bytes_or_none(path), _bytes_or_none(copy_of(path))]
    for content in contents:
        document = None if content is None else _from_json(content)
        if document is not None:
            return document
    if any(content is not None for content in contents):
        raise KeyMissing("The key file is damaged; put back keys.json from a copy of the profile.")
    raise KeyMissing("The key file is missing; put back keys.json from a copy of the profile.")


def problems(path: Path) -> tuple[str, ...]:
    """Sentences about a file or copy that does not read."""
    found = []
    for place in (path, copy_of(path)):
        content = _bytes_or_none(place)
        if content is None or _from_json(content) is None:
            found.append(f"{place.name} is damaged or missing; unlocking once repairs it.")
    return tuple(found)


def _bytes_or_none(path: Path) -> bytes | None:
    try:
        with path.open("rb") as stream:
            return stream.read(_LARGEST_BYTES)
    except OSError:
        return None


def _to_json(document: KeyDocument) -> bytes:
    body: dict[str, object] = {
        "format": FORMAT,
        "version": VERSION,
        "profile": document.profile,
        "check": _text(document.check),
        "slots": {
            name: {"wrapped": _text(slot.wrapped), "salt": _text(slot.salt), "cost": slot.cost}
            for name, slot in sorted(document.slots.items())
        },
    }
    body["digest"] = _digest(body)
    return json.dumps(body, indent=1, sort_keys=True).encode() + b"\n"


def _from_json(content: bytes) -> KeyDocument | None:
    """The document, or None for anything that is not whole."""
    try:
        body = json.loads(content)
        digest = body.pop("digest")
        if body["format"] != FORMAT or digest != _digest(body):
            return None
        if body["version"] != VERSION:
            raise ProfileTooNew("A newer Confidant wrote this profile; update the app to open it.")
        slots = {name: _slot(body["slots"][name]) for name in SLOT_NAMES if name in body["slots"]}
        return KeyDocument(str(body["profile"]), base64.b64decode(body["check"]), slots)
    except (ValueError, KeyError, TypeError, AttributeError, binascii.Error, RecursionError):
        return None


def _slot(body: dict[str, object]) -> Slot:
    cost = body["cost"]
    if not (isinstance(cost, list) and len(cost) == 3 and all(type(part) is int for part in cost)):
        raise ValueError("cost")
    memory, passes, lanes = cost
    wrapped, salt = str(body["wrapped"]), str(body["salt"])
    return Slot(base64.b64decode(wrapped), base64.b64decode(salt), (memory, passes, lanes))


def _digest(body: dict[str, object]) -> str:
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode()
