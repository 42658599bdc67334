"""Models on disk. Their weights are public and lie unencrypted; this table describes them."""

from dataclasses import replace

from storage.counters import next_value
from storage.database import Database, Row
from storage.errors import NotFound
from storage.records import ModelRecord
from storage.values import now

_COLUMNS = (
    "id, name, path, format, architecture, parameters, size_bytes, licence, embedded, added_at"
)


class Models:
    """The models that one profile knows."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def add(self, record: ModelRecord) -> ModelRecord:
        """Stores a model, or replaces what was known of the same one."""
        record = replace(record, added_at=record.added_at or now())
        with self._db.transaction():
            self._db.execute(
                f"INSERT INTO models (position, {_COLUMNS})"  # noqa: S608
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET"
                " name = excluded.name, path = excluded.path, format = excluded.format,"
                " architecture = excluded.architecture, parameters = excluded.parameters,"
                " size_bytes = excluded.size_bytes, licence = excluded.licence,"
                " embedded = excluded.embedded",
                (next_value(self._db), record.id, record.name, record.path, record.format,
                 record.architecture, record.parameters, record.size_bytes, record.licence,
                 record.embedded, record.added_at),
            )  # fmt: skip
        return self.get(record.id)

    def get(self, model_id: str) -> ModelRecord:
        """One model; raises `NotFound`."""
        row = self._db.row(f"SELECT {_COLUMNS} FROM models WHERE id = ?", (model_id,))  # noqa: S608
        if row is None:
            raise NotFound("This model is not in the profile; import it first.")
        return _record(row)

    def list(self) -> tuple[ModelRecord, ...]:
        """All models in the order they were added."""
        rows = self._db.rows(f"SELECT {_COLUMNS} FROM models ORDER BY position")  # noqa: S608
        return tuple(_record(row) for row in rows)

    def delete(self, model_id: str) -> None:
        """Forgets a model; its files are the caller's. Unknown ids are ignored."""
        self._db.execute("DELETE FROM models WHERE id = ?", (model_id,))


def _record(row: Row) -> ModelRecord:
    return ModelRecord(
        id=row[0], name=row[1], path=row[2], format=row[3], architecture=row[4],
        parameters=row[5], size_bytes=row[6], licence=row[7], embedded=bool(row[8]),
        added_at=row[9],
    )  # fmt: skip
