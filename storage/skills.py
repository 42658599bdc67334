"""Skills: one sealed file and one report each, found by the name that the user gave."""

import json
from dataclasses import asdict, fields
from typing import Any, TypeVar

from storage.counters import next_value
from storage.database import Database, Row
from storage.erasing import Eraser
from storage.errors import NotFound
from storage.skill_records import (
    ClassFigures,
    SkillAttempt,
    SkillFigures,
    SkillKind,
    SkillRecord,
    SkillReport,
    SkillVerdict,
)
from storage.values import clean, new_id, now
from storage.vault import Vault

FILE_KIND = "skill"
_SELECT = "SELECT id, name, created_at, model_id, file_id, size_bytes, report FROM skills"
_GONE = "There is no skill of this name; list the skills to see those there are."

_T = TypeVar("_T", ClassFigures, SkillFigures, SkillAttempt, SkillReport)


class Skills:
    """The skills of one store."""

    def __init__(self, database: Database, vault: Vault, eraser: Eraser) -> None:
        self._db = database
        self._vault = vault
        self._eraser = eraser

    def save(self, *, data: bytes, model_id: str, report: SkillReport) -> SkillRecord:
        """Seals a skill under its report's name; one of the same name is destroyed with it."""
        name, skill_id = clean(report.name), new_id()
        with self._db.transaction():
            self._remove(name)
            file_id = self._vault.seal(FILE_KIND, data)
            self._db.execute(
                "INSERT INTO skills (position, id, name, created_at, model_id, file_id,"
                " size_bytes, report) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (next_value(self._db), skill_id, name, now(), model_id, file_id, len(data),
                 clean(json.dumps(asdict(report), ensure_ascii=False))),
            )  # fmt: skip
        return self.get(name)

    def get(self, name: str) -> SkillRecord:
        """The skill of this name; raises `NotFound`."""
        row = self._db.row(f"{_SELECT} WHERE name = ?", (clean(name),))
        if row is None:
            raise NotFound(_GONE)
        return _record(row)

    def list(self) -> tuple[SkillRecord, ...]:
        """All skills, newest first."""
        rows = self._db.rows(f"{_SELECT} ORDER BY position DESC")
        return tuple(_record(row) for row in rows)

    def load(self, name: str) -> bytes:
        """What `save` was given; raises `NotFound` or `SealBroken`."""
        return self._vault.open(self.get(name).file_id)

    def delete(self, name: str) -> None:
        """Destroys key, file and report; raises `NotFound`."""
        with self._db.transaction():
            if not self._remove(clean(name)):
                raise NotFound(_GONE)

    def _remove(self, name: str) -> bool:
        file_id = self._db.value("SELECT file_id FROM skills WHERE name = ?", (name,))
        if file_id is None:
            return False
        self._db.execute("DELETE FROM skills WHERE name = ?", (name,))
        self._vault.destroy(file_id)
        self._eraser.request()
        return True


def _record(row: Row) -> SkillRecord:
    return SkillRecord(
        id=row[0], name=row[1], created_at=row[2], model_id=row[3], file_id=row[4],
        size_bytes=row[5], report=_report(json.loads(row[6])),
    )  # fmt: skip


def _report(body: dict[str, Any]) -> SkillReport:
    body["kind"] = SkillKind(body["kind"])
    body["verdict"] = SkillVerdict(body["verdict"])
    body["dropped"] = tuple((reason, count) for reason, count in body["dropped"])
    body["tuned"], body["untuned"] = _figures(body["tuned"]), _figures(body["untuned"])
    body["attempts"] = tuple(_made(SkillAttempt, attempt) for attempt in body["attempts"])
    return _made(SkillReport, body)


def _figures(body: dict[str, Any]) -> SkillFigures:
    body["classes"] = tuple(_made(ClassFigures, one) for one in body["classes"])
    body["confusion"] = tuple(tuple(row) for row in body["confusion"])
    return _made(SkillFigures, body)


def _made(kind: type[_T], body: dict[str, Any]) -> _T:
    """Fields that this version does not know are left out."""
    known = {field.name for field in fields(kind)}
    return kind(**{name: value for name, value in body.items() if name in known})
