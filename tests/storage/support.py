"""Helpers of the store's tests."""

import base64
import os
import subprocess
import sys
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC
from keyring.backend import KeyringBackend

from storage.data_key import DataKey
from storage.keyring_slot import SystemKeyring, class_name
from storage.keys import CHEAP_COST, KeyFile
from storage.profile import ProfilePaths

ROOT = Path(__file__).parents[2]
PAGE, RESERVE, IV_BYTES, SALT_BYTES = 4096, 80, 16, 16
LOG_HEADER, FRAME_HEADER = 32, 24


class FakeKeyring(KeyringBackend):
    """A keyring in memory that keeps what it is given."""

    priority = 1.0  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.entries: dict[str, str] = {}

    def set_password(self, service: str, username: str, password: str) -> None:
        self.entries[username] = password

    def get_password(self, service: str, username: str) -> str | None:
        return self.entries.get(username)

    def delete_password(self, service: str, username: str) -> None:
        del self.entries[username]


def safe_keyring(backend: KeyringBackend) -> SystemKeyring:
    """A keyring whose class counts as safe."""
    return SystemKeyring(backend, frozenset({class_name(backend)}))


def cheap_key_file(paths: ProfilePaths, keyring: SystemKeyring | None = None) -> KeyFile:
    """The profile's key file with a passphrase effort of microseconds."""
    return KeyFile(paths.key_file, cost=CHEAP_COST, keyring=keyring)


def snapshot(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Every file below `folder` with its bytes and the time of its last change in nanoseconds."""
    return {
        str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def canary_hits(folder: Path, words: list[str]) -> list[str]:
    """Files below `folder` that hold a word in UTF-8, UTF-16 or base64."""
    wanted = [form for word in words for form in _forms(word)]
    return [
        str(path)
        for path in folder.rglob("*")
        if path.is_file() and any(form in path.read_bytes() for form in wanted)
    ]


def _forms(word: str) -> list[bytes]:
    plain = word.encode()
    forms = [plain, word.encode("utf-16-le"), word.encode("utf-16-be")]
    for lead in range(3):
        coded = base64.b64encode(b"\0" * lead + plain)
        forms.append(coded[4 if lead else 0 : -4])
    return forms


def plain_pages(database: Path, key: DataKey) -> bytes:
    """Every page of a database and its log in the clear, freed pages included."""
    content = database.read_bytes()
    pages = [content[at : at + PAGE] for at in range(0, len(content), PAGE)]
    if pages:
        pages[0] = pages[0][SALT_BYTES:]
    log = database.with_name(database.name + "-wal")
    if log.exists():
        frames, step = log.read_bytes()[LOG_HEADER:], FRAME_HEADER + PAGE
        pages += [frames[at + FRAME_HEADER : at + step] for at in range(0, len(frames), step)]
    return b"".join(_decrypt(page, key.database_key) for page in pages)


def _decrypt(page: bytes, key: bytes) -> bytes:
    body, rest = page[:-RESERVE], page[-RESERVE:]
    body = body[len(body) % 16 :]
    decryptor = Cipher(AES(key), CBC(rest[:IV_BYTES])).decryptor()
    return decryptor.update(body) + decryptor.finalize()


def start(script: Path, *arguments: object) -> subprocess.Popen[str]:
    """Runs a script of this folder beside us, with its output to read."""
    return subprocess.Popen(
        [sys.executable, str(script), *map(str, arguments)],
        cwd=ROOT, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
