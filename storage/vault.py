"""Sealed files: adapters and training checkpoints, encrypted outside of the database.

Each file has a fresh key that lies in the database, wrapped with the profile's file key; deleting
the row destroys the file even where its bytes survive on the disk. A file is bound to its id,
kind and format version, so no file passes for another. Files are never changed, only replaced.

The file is written inside the transaction that adds its row, and deleted after the transaction
that removes its row was kept. A crash can thus leave a file without a row, never a row without a
file; `sweep` removes such orphans and runs inside a transaction too, so it cannot meet a file
that another connection is just adding.
"""

import contextlib
import secrets
from dataclasses import dataclass

from storage.counters import next_value
from storage.data_key import KEY_BYTES
from storage.database import Database
from storage.errors import NotFound, SealBroken, StoreError, WrongKey
from storage.sealed_places import Place
from storage.sealed_stream import VERSION, seal, sealed_size, unseal
from storage.values import new_id, now
from storage.wrapping import unwrap, wrap


@dataclass(frozen=True, slots=True)
class SealedFile:
    """One sealed file as the database knows it; sizes in bytes, plain and on disk."""

    id: str
    kind: str
    size_bytes: int
    sealed_bytes: int
    created_at: float


class Vault:
    """The sealed files of one store."""

    def __init__(self, database: Database, place: Place, file_key: bytes) -> None:
        self._db = database
        self._place = place
        self._file_key = file_key

    def seal(self, kind: str, data: bytes) -> str:
        """Keeps `data` under a new id, which is returned; raises `DiskFull`."""
        file_id, key = new_id(), secrets.token_bytes(KEY_BYTES)
        binding = _binding(file_id, kind, VERSION)
        with self._db.transaction():
            self._db.after_commit(lambda: None, lambda: self._place.remove(file_id))
            self._place.write(file_id, seal(key, data, binding))
            self._db.execute(
                "INSERT INTO files (position, id, kind, version, wrapped_key, size_bytes,"
                " sealed_bytes, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (next_value(self._db), file_id, kind, VERSION,
                 wrap(self._file_key, key, binding), len(data), sealed_size(len(data)), now()),
            )  # fmt: skip
        return file_id

    def open(self, file_id: str) -> bytes:
        """What was sealed; raises `NotFound` without a row, `SealBroken` for a changed file."""
        row = self._db.row("SELECT kind, version, wrapped_key FROM files WHERE id = ?", (file_id,))
        if row is None:
            raise NotFound("This sealed file no longer exists.")
        kind, version, wrapped = row
        binding = _binding(file_id, kind, version)
        try:
            key = unwrap(self._file_key, wrapped, binding)
        except WrongKey:
            raise SealBroken("The key of a sealed file is damaged; restore a backup.") from None
        return unseal(key, self._place.read(file_id), binding)

    def destroy(self, file_id: str) -> None:
        """Deletes the key, then (once that is kept) the file; unknown ids are ignored."""
        with self._db.transaction():
            self._db.execute("DELETE FROM files WHERE id = ?", (file_id,))
            self._db.after_commit(lambda: self._place.remove(file_id))

    def list(self, kind: str | None = None) -> tuple[SealedFile, ...]:
        """All files, or those of one kind, newest first."""
        rows = self._db.rows(
            "SELECT id, kind, size_bytes, sealed_bytes, created_at FROM files"
            " WHERE ? IS NULL OR kind = ? ORDER BY position DESC",
            (kind, kind),
        )
        return tuple(SealedFile(*row) for row in rows)

    def sizes(self) -> dict[str, tuple[int, int]]:
        """For each kind, how many files and the bytes they take on disk."""
        rows = self._db.rows("SELECT kind, count(*), sum(sealed_bytes) FROM files GROUP BY kind")
        return {kind: (count, size) for kind, count, size in rows}

    def missing(self) -> tuple[str, ...]:
        """Ids of rows whose file is gone."""
        kept = self._place.names()
        return tuple(file.id for file in self.list() if file.id not in kept)

    def sweep(self, spared: frozenset[str] = frozenset()) -> int:
        """Deletes files without a row, but for `spared`, and half-written ones; how many."""
        with self._db.transaction():
            known = spared | {row[0] for row in self._db.rows("SELECT id FROM files")}
            orphans = self._place.names() - known
            for file_id in orphans:
                self._place.remove(file_id)
            return len(orphans) + self._place.tidy()

    def problems(self) -> tuple[str, ...]:
        """A sentence for each file that does not open. Reads every file."""
        found = []
        for file in self.list():
            try:
                self.open(file.id)
            except StoreError:
                found.append(f"Sealed file {file.id} ({file.kind}) is damaged or missing.")
        return tuple(found)


def rewrap_keys(database: Database, old: bytes, fresh: bytes) -> int:
    """Wraps the key of every sealed file with another file key; returns how many.

    Call it inside of a transaction. A key that is damaged stays as it is: its file is lost anyway.
    """
    count = 0
    for file_id, kind, version, wrapped in database.rows(
        "SELECT id, kind, version, wrapped_key FROM files"
    ):
        binding = _binding(file_id, kind, version)
        with contextlib.suppress(WrongKey):
            plain = unwrap(old, wrapped, binding)
            database.execute(
                "UPDATE files SET wrapped_key = ? WHERE id = ?",
                (wrap(fresh, plain, binding), file_id),
            )
            count += 1
    return count


def _binding(file_id: str, kind: str, version: int) -> bytes:
    return f"{file_id}/{kind}/{version}".encode()
