"""Teaching from two files to a sealed skill and its report."""

import time
from dataclasses import dataclass, field
from pathlib import Path

from engine.contract import Emit, EngineError, FailureKind, TeachSkill
from engine.control import JobControl
from engine.model.loaded import LoadedModel
from engine.skills.classes import ClassTeacher
from engine.skills.context import TeachContext
from engine.skills.dataset import Dataset, prepare
from engine.skills.rows import read_rows
from engine.skills.taught import Taught
from engine.skills.written import WritingTeacher
from storage.skill_records import SkillKind, SkillReport, SkillVerdict
from storage.store import Store

DEFAULT_TARGET = 0.85
"""Accuracy that classes are taught to where nothing else is asked for."""

DEFAULT_MINUTES = 10.0
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Lesson:
    """What the files hold, checked."""

    data: Dataset = field(repr=False)
    kind: SkillKind


def read_lesson(command: TeachSkill) -> Lesson:
    """Reads and checks both files and the command's own values.

    Raises:
        EngineError: ``BAD_INPUT`` or ``NOT_FOUND``; one sentence says what to mend.
    """
    _check(command)
    train, fields = read_rows(
        Path(command.train), "training", text_field=command.text_field,
        label_field=command.label_field,
    )  # fmt: skip
    test, _fields = read_rows(Path(command.test), "test", fields=fields)
    kind = SkillKind.GENERATION if fields.written else SkillKind.CLASSIFICATION
    data = prepare(train, test, written=fields.written)
    strange = {label for label, _words in command.label_words} - set(data.labels)
    if strange:
        raise _bad("Words were given for a label that the training file lacks; check its name.")
    return Lesson(data, kind)


def teach(
    model: LoadedModel,
    store: Store,
    command: TeachSkill,
    lesson: Lesson,
    control: JobControl,
    emit: Emit,
) -> SkillReport:
    """Teaches, examines, and seals what is better than the untuned model.

    Raises:
        JobStopped: The user stopped before there was anything to keep, or discards it.
        EngineError: ``OUT_OF_MEMORY`` and the like; nothing has changed.
        StoreError: The disk is full, or the store failed; nothing has changed.
    """
    began = time.monotonic()
    minutes = command.max_minutes or DEFAULT_MINUTES
    context = TeachContext(model, command, control, emit, began, began + 60 * minutes)
    target = command.target
    if lesson.kind is SkillKind.CLASSIFICATION:
        target = target or DEFAULT_TARGET
    taught = _taught(context, lesson, target)
    report = _report(command, lesson, taught, target, time.monotonic() - began)
    if taught.skill is not None:
        with store.transaction():
            data = taught.skill.to_bytes()
            store.skills.save(data=data, model_id=model.record.id, report=report)
            store.audit.add("skill_taught", f"{report.train_rows} rows, {report.kind}")
    return report


def _taught(context: TeachContext, lesson: Lesson, target: float | None) -> Taught:
    if lesson.kind is SkillKind.GENERATION:
        teacher: WritingTeacher | ClassTeacher = WritingTeacher(context, lesson.data)
    else:
        teacher = ClassTeacher(context, lesson.data, target or DEFAULT_TARGET)
    try:
        return teacher.teach()
    finally:
        teacher.close()


def _report(
    command: TeachSkill, lesson: Lesson, taught: Taught, target: float | None, seconds: float
) -> SkillReport:
    data = lesson.data
    beyond = (("beyond_limit", taught.unused),) if taught.unused else ()
    written = lesson.kind is SkillKind.GENERATION
    return SkillReport(
        name=command.name.strip(), kind=lesson.kind, verdict=_verdict(taught, target),
        kept=taught.skill is not None, target=target,
        train_rows=len(data.train) - taught.unused, test_rows=len(data.test),
        dropped=data.dropped + beyond, tuned=taught.tuned,
        untuned=taught.untuned, untuned_method=taught.untuned_method,
        majority_accuracy=None if written else data.majority_accuracy(),
        validation=taught.validation, attempts=taught.attempts, seconds=seconds,
        seed=command.seed, stopped=taught.stopped,
    )  # fmt: skip


def _verdict(taught: Taught, target: float | None) -> SkillVerdict:
    if taught.skill is None:
        return SkillVerdict.NOT_BETTER
    if target is None:
        return SkillVerdict.BETTER
    figures = taught.tuned
    score = figures.accuracy if figures.accuracy is not None else figures.token_f1
    met = score is not None and score >= target
    return SkillVerdict.TARGET_MET if met else SkillVerdict.TARGET_NOT_MET


def _check(command: TeachSkill) -> None:
    name = command.name.strip()
    if not name or len(name) > _LONGEST_NAME:
        raise _bad(f"A skill needs a name of at most {_LONGEST_NAME} characters; choose one.")
    if command.target is not None and not 0 < command.target <= 1:
        raise _bad("The target must be above 0 and at most 1, such as 0.85.")
    if command.max_minutes is not None and not 0 < command.max_minutes <= 1440:
        raise _bad("The time limit must be above 0 and at most 1440 minutes.")


def _bad(sentence: str) -> EngineError:
    return EngineError(FailureKind.BAD_INPUT, sentence)
