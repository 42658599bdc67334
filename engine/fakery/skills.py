"""Scripted skills: teaching tells its phases and makes up a report, applying makes up labels."""

import time
from collections.abc import Sequence
from pathlib import Path
from typing import assert_never
from uuid import uuid4

from engine.contract import (
    Acknowledged,
    ApplySkill,
    DeleteSkill,
    Done,
    Emit,
    EngineError,
    FailureKind,
    ListSkills,
    SkillAnswer,
    SkillApplied,
    SkillProgress,
    SkillsListed,
    SkillTaught,
    TeachSkill,
)
from engine.control import JobControl, JobStopped
from engine.fakery.script import FakeScript
from engine.fakery.world import FAKE_MODEL, World
from storage.skill_records import (
    ClassFigures,
    SkillAttempt,
    SkillFigures,
    SkillKind,
    SkillRecord,
    SkillReport,
    SkillVerdict,
)

__all__ = ["handle", "keep", "sample_report"]

_LABELS = ("negative", "positive")
_TARGET = 0.85
_BEFORE, _AFTER = ((342, 158), (84, 416)), ((441, 59), (68, 432))


def handle(
    world: World, script: FakeScript, command: TeachSkill | ApplySkill, control: JobControl,
    emit: Emit,
) -> Done:  # fmt: skip
    """Teaches or applies; raises `JobStopped` when it was stopped before anything was there."""
    match command:
        case TeachSkill():
            return SkillTaught(
                job=command.job, report=_taught(world, script, command, control, emit)
            )
        case ApplySkill():
            with world.lock:
                labels = [one.label for one in _found(world, command.name).report.tuned.classes]
                texts = [command.text] if command.text is not None else _lines(command.path)
            return SkillApplied(
                job=command.job, answers=tuple(_answer(text or "", labels) for text in texts)
            )
        case _:
            assert_never(command)


def keep(world: World, command: ListSkills | DeleteSkill) -> Done:
    """Lists or deletes."""
    match command:
        case ListSkills():
            return SkillsListed(
                job=command.job, skills=tuple(reversed(list(world.skills.values())))
            )
        case DeleteSkill():
            _found(world, command.name)
            del world.skills[command.name]
            world.note("skill_destroyed")
            return Acknowledged(job=command.job)
        case _:
            assert_never(command)


def sample_report(name: str, target: float = _TARGET, seconds: float = 412.0) -> SkillReport:
    """A report with figures such as a real one has."""
    accuracy = (_AFTER[0][0] + _AFTER[1][1]) / 1000
    attempts = tuple(
        SkillAttempt(number=number, recipe={"rank": 16, "rate": 5e-4, "epochs": 5.0}, steps=250,
                     seconds=130.0, validation=score, note=note, kept=True)
        for number, score, note in ((1, 0.855, "first"), (2, 0.87, "another_reading"))
    )  # fmt: skip
    met = accuracy >= target
    return SkillReport(
        name=name, kind=SkillKind.CLASSIFICATION,
        verdict=SkillVerdict.TARGET_MET if met else SkillVerdict.TARGET_NOT_MET, kept=True,
        target=target, train_rows=1000, test_rows=1000, dropped=(("repeated", 3), ("in_test", 2)),
        tuned=_figures(_AFTER), untuned=_figures(_BEFORE), untuned_method="label_words",
        majority_accuracy=0.5, validation=0.8625, attempts=attempts, seconds=seconds, seed=0,
    )  # fmt: skip


def _taught(
    world: World, script: FakeScript, command: TeachSkill, control: JobControl, emit: Emit
) -> SkillReport:
    for path in (command.train, command.test):
        if not Path(path).is_file():
            raise EngineError(FailureKind.NOT_FOUND, "There is no such file; check its path.")
    began, steps = time.monotonic(), script.learn_steps
    phases = [("prepare", 0), ("untuned", 0), *(("train", n + 1) for n in range(steps)),
              ("validate", steps), ("test", 0)]  # fmt: skip
    done = 0
    try:
        for number, (phase, step) in enumerate(phases):
            control.checkpoint()
            time.sleep(script.learn_step_s)
            done = step or done
            emit(_progress(script, command.job, phase, step, number / len(phases)))
    except JobStopped:
        if not control.keep or not done:
            raise
    report = sample_report(command.name, command.target or _TARGET, time.monotonic() - began)
    with world.lock:
        world.skills.pop(command.name, None)
        world.skills[command.name] = SkillRecord(
            id=uuid4().hex, name=command.name, created_at=time.time(), model_id=FAKE_MODEL.id,
            file_id=uuid4().hex, size_bytes=7_900_000, report=report,
        )  # fmt: skip
        world.note("skill_taught")
    return report


def _progress(
    script: FakeScript, job: str, phase: str, step: int, fraction: float
) -> SkillProgress:
    steps = script.learn_steps
    return SkillProgress(
        job=job, phase=phase, attempt=1 if step else 0, step=step, steps=steps if step else 0,
        fraction=fraction, loss=0.7 * (1 - 0.7 * step / steps) if phase == "train" else None,
        validation=0.855 if phase == "test" else None,
        seconds_left=(1 - fraction) * steps * script.learn_step_s,
    )  # fmt: skip


def _figures(confusion: tuple[tuple[int, int], tuple[int, int]]) -> SkillFigures:
    classes = []
    for index, label in enumerate(_LABELS):
        right, rows = confusion[index][index], sum(confusion[index])
        precision, recall = right / sum(row[index] for row in confusion), right / rows
        f1 = 2 * precision * recall / (precision + recall)
        classes.append(
            ClassFigures(label=label, rows=rows, precision=precision, recall=recall, f1=f1)
        )
    return SkillFigures(
        accuracy=(confusion[0][0] + confusion[1][1]) / 1000,
        macro_precision=sum(one.precision for one in classes) / 2,
        macro_recall=sum(one.recall for one in classes) / 2,
        macro_f1=sum(one.f1 for one in classes) / 2,
        classes=tuple(classes), confusion=confusion,
    )  # fmt: skip


def _found(world: World, name: str) -> SkillRecord:
    if name not in world.skills:
        raise EngineError(
            FailureKind.NOT_FOUND,
            "There is no skill of this name; list the skills to see those there are.",
        )
    return world.skills[name]


def _lines(path: str | None) -> list[str]:
    source = Path(path or "")
    if not source.is_file():
        raise EngineError(FailureKind.NOT_FOUND, "There is no such file; check its path.")
    return [line for line in source.read_text(encoding="utf-8").splitlines() if line.strip()]


def _answer(text: str, labels: Sequence[str]) -> SkillAnswer:
    """The same label for the same text; made up."""
    best = labels[sum(text.encode()) % len(labels)]
    others = tuple((label, 0.08) for label in labels if label != best)
    return SkillAnswer(answer=best, confidence=0.92, others=others)
