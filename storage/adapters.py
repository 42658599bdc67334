"""Adapters: what was learned, in versions, of which at most one is switched on.

`active_adapter` names the one in use. `activations` is the stack of what was in use before, so
that a rollback is one step down; both change in one transaction, and a crash leaves the old pair
or the new.
"""

import json
from collections.abc import Sequence

from storage.counters import ADAPTER_VERSION, next_value
from storage.database import Database, Row
from storage.erasing import Eraser
from storage.errors import NotFound, StoreError
from storage.records import AdapterRecord, AdapterState, ReportCard
from storage.report_json import report_from_json, report_to_json
from storage.values import new_id, now
from storage.vault import Vault

FILE_KIND, CHECKPOINT_KIND = "adapter", "checkpoint"
_SELECT = (
    "SELECT a.id, a.version, a.created_at, a.model_id, a.state, a.file_id, a.size_bytes, a.seed,"
    " a.recipe, a.report, p.adapter_id IS NOT NULL"
    " FROM adapters a LEFT JOIN active_adapter p ON p.adapter_id = a.id"
)


class Adapters:
    """The adapters of one store."""

    def __init__(self, database: Database, vault: Vault, eraser: Eraser) -> None:
        self._db = database
        self._vault = vault
        self._eraser = eraser

    def add(
        self, *, data: bytes, model_id: str, state: AdapterState = AdapterState.READY,
        seed: int = 0, recipe: dict[str, float | int | str] | None = None,
        example_ids: Sequence[str] = (), report: ReportCard | None = None,
        adapter_id: str | None = None,
    ) -> AdapterRecord:  # fmt: skip
        """Seals the weights and stores the next version, in one go. It is not switched on.

        `adapter_id` lets a report card name the adapter before it is stored.
        """
        adapter_id = adapter_id or new_id()
        with self._db.transaction():
            file_id = self._vault.seal(FILE_KIND, data)
            self._db.execute(
                "INSERT INTO adapters (position, id, version, created_at, model_id, state, file_id,"
                " size_bytes, seed, recipe, report) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (next_value(self._db), adapter_id, next_value(self._db, ADAPTER_VERSION), now(),
                 model_id, state, file_id, len(data), seed, json.dumps(recipe or {}),
                 report_to_json(report)),
            )  # fmt: skip
            self._db.execute_many(
                "INSERT INTO adapter_examples (adapter_id, example_id, place) VALUES (?, ?, ?)",
                [(adapter_id, name, place) for place, name in enumerate(example_ids)],
            )
            self._db.execute(
                "INSERT INTO adapter_conversations (adapter_id, conversation_id)"
                " SELECT DISTINCT ?, conversation_id FROM examples WHERE conversation_id"
                " IS NOT NULL AND id IN (SELECT value FROM json_each(?))",
                (adapter_id, json.dumps(list(example_ids))),
            )
        return self.get(adapter_id)

    def get(self, adapter_id: str) -> AdapterRecord:
        """One adapter; raises `NotFound`."""
        row = self._db.row(f"{_SELECT} WHERE a.id = ?", (adapter_id,))
        if row is None:
            raise NotFound("This adapter no longer exists; choose another version.")
        return self._record(row)

    def list(self) -> tuple[AdapterRecord, ...]:
        """All adapters, newest first."""
        return tuple(
            self._record(row) for row in self._db.rows(f"{_SELECT} ORDER BY a.position DESC")
        )

    def load(self, adapter_id: str) -> bytes:
        """The weights as they were given to `add`; raises `NotFound` or `SealBroken`."""
        return self._vault.open(self.get(adapter_id).file_id)

    def active(self) -> AdapterRecord | None:
        """The adapter that is switched on, if any."""
        row = self._db.row(f"{_SELECT} WHERE p.adapter_id IS NOT NULL")
        return None if row is None else self._record(row)

    def activate(self, adapter_id: str | None) -> AdapterRecord | None:
        """Switches one on, or all off with None. Only a ready one may be; raises `StoreError`."""
        with self._db.transaction():
            chosen = None if adapter_id is None else self.get(adapter_id)
            if chosen is not None and chosen.state is not AdapterState.READY:
                raise StoreError("This adapter was not found good enough; choose another version.")
            if adapter_id != self._active_id():
                self._db.execute(
                    "INSERT INTO activations (position, at, adapter_id) VALUES (?, ?, ?)",
                    (next_value(self._db), now(), adapter_id),
                )
                self._point_to(adapter_id)
        return self.active()

    def roll_back(self) -> AdapterRecord | None:
        """Goes back to what was in use before; None when that is no adapter at all."""
        with self._db.transaction():
            present, before = self._active_id(), self._active_id()
            while before == present and self._pop():
                before = self._top()
            self._point_to(before)
        return self.active()

    def delete(self, adapter_id: str) -> None:
        """Destroys key and file; an adapter in use is switched off first. Raises `NotFound`."""
        with self._db.transaction():
            record = self.get(adapter_id)
            if record.active:
                self.activate(None)
            self._db.execute("DELETE FROM adapters WHERE id = ?", (adapter_id,))
            self._vault.destroy(record.file_id)
            self._eraser.request()

    def learned_from(self, example_ids: Sequence[str]) -> tuple[str, ...]:
        """Ids of adapters that were trained on any of these examples, newest first."""
        rows = self._db.rows(
            "SELECT DISTINCT a.id, a.position FROM adapters a JOIN adapter_examples e"
            " ON e.adapter_id = a.id WHERE e.example_id IN (SELECT value FROM json_each(?))"
            " ORDER BY a.position DESC",
            (json.dumps(list(example_ids)),),
        )
        return tuple(row[0] for row in rows)

    def learned_from_chat(self, conversation_id: str) -> tuple[str, ...]:
        """Ids of adapters trained on anything of this conversation, newest first.

        Also those whose examples were replaced by newer ones since.
        """
        rows = self._db.rows(
            "SELECT a.id FROM adapters a JOIN adapter_conversations c ON c.adapter_id = a.id"
            " WHERE c.conversation_id = ? ORDER BY a.position DESC",
            (conversation_id,),
        )
        return tuple(row[0] for row in rows)

    def retire_for_examples(self, example_ids: Sequence[str]) -> tuple[str, ...]:
        """Retires every adapter trained on any of these examples; returns their ids.

        See `retire`.
        """
        with self._db.transaction():
            found = self.learned_from(example_ids)
            self.retire(found)
            self.drop_checkpoints()
        return found

    def drop_checkpoints(self) -> None:
        """Destroys the states of unfinished trainings: they may hold what is to be forgotten."""
        with self._db.transaction():
            for file in self._vault.list(CHECKPOINT_KIND):
                self._vault.destroy(file.id)

    def retire(self, adapter_ids: Sequence[str]) -> None:
        """Keeps these from ever being switched on; one in use is switched off.

        Their weights stay until they are deleted. Unknown ids are ignored.
        """
        with self._db.transaction():
            for adapter_id in adapter_ids:
                self._retire(adapter_id)

    def retire_missing(self) -> tuple[str, ...]:
        """Retires adapters whose file is gone (after a backup was restored); returns their ids."""
        with self._db.transaction():
            gone = set(self._vault.missing())
            found = tuple(adapter.id for adapter in self.list() if adapter.file_id in gone)
            self.retire(found)
        return found

    def _retire(self, adapter_id: str) -> None:
        if self._active_id() == adapter_id:
            self.activate(None)
        self._db.execute(
            "UPDATE adapters SET state = ? WHERE id = ?", (AdapterState.RETIRED, adapter_id)
        )
        self._db.execute("DELETE FROM activations WHERE adapter_id = ?", (adapter_id,))

    def _active_id(self) -> str | None:
        found: str | None = self._db.value("SELECT adapter_id FROM active_adapter")
        return found

    def _point_to(self, adapter_id: str | None) -> None:
        self._db.execute("UPDATE active_adapter SET adapter_id = ?", (adapter_id,))

    def _top(self) -> str | None:
        found: str | None = self._db.value(
            "SELECT adapter_id FROM activations ORDER BY position DESC LIMIT 1"
        )
        return found

    def _pop(self) -> bool:
        """Takes the newest entry off the stack; False when it was empty."""
        removed = self._db.execute(
            "DELETE FROM activations WHERE position = (SELECT max(position) FROM activations)"
        )
        return removed > 0

    def _record(self, row: Row) -> AdapterRecord:
        examples = self._db.rows(
            "SELECT example_id FROM adapter_examples WHERE adapter_id = ? ORDER BY place", (row[0],)
        )
        return AdapterRecord(
            id=row[0], version=row[1], created_at=row[2], model_id=row[3],
            state=AdapterState(row[4]), file_id=row[5], size_bytes=row[6], seed=row[7],
            recipe=json.loads(row[8]), report=report_from_json(row[9]), active=bool(row[10]),
            example_ids=tuple(example[0] for example in examples),
        )  # fmt: skip
