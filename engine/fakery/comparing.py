"""Comparisons in the scripted world."""

import time
from typing import assert_never
from uuid import uuid4

from engine.contract import (
    ComparedAnswers,
    ComparedVersions,
    CompareVersions,
    ComparisonsListed,
    Emit,
    EngineError,
    FailureKind,
    KeepComparison,
    ListComparisons,
)
from engine.control import JobControl
from engine.fakery.script import FakeScript
from engine.fakery.world import World
from storage.records import ComparisonRecord, ExampleStatus

__all__ = ["compare", "keep"]

_GENERAL = (
    "What is the capital of France?", "How many legs does a spider have?",
    "What do bees make?", "Which month comes after May?", "What is 7 times 8?",
)  # fmt: skip


def compare(
    world: World, script: FakeScript, command: CompareVersions, control: JobControl, emit: Emit
) -> ComparedVersions:
    """Makes both answers up; the tuned one knows what was taught."""
    with world.lock:
        first, second = (_chosen(world, name) for name in (command.first, command.second))
        questions = tuple(q.strip() for q in command.questions if q.strip())
        if not questions and (command.questions or command.count < 1):
            raise EngineError(FailureKind.BAD_INPUT, "Write at least one question.")
        questions = questions or _drawn(world, command.count)
    if first == second:
        raise EngineError(FailureKind.BAD_INPUT, "These are the same version; choose two.")
    alike = 0
    for number, question in enumerate(questions):
        control.checkpoint()
        time.sleep(script.token_s)
        told = [_answer(world, question, version) for version in (first, second)]
        alike += told[0] == told[1]
        emit(ComparedAnswers(job=command.job, number=number, count=len(questions),
                             question=question, first=told[0], second=told[1]))  # fmt: skip
    return ComparedVersions(
        job=command.job, first_id=first, second_id=second, questions=len(questions), alike=alike,
        seconds=0.0,
    )  # fmt: skip


def keep(world: World, command: KeepComparison | ListComparisons) -> ComparisonsListed:
    """Keeps a tally in memory, or lists them."""
    with world.lock:
        match command:
            case KeepComparison():
                _add(world, command)
            case ListComparisons():
                pass
            case _:
                assert_never(command)
        there = {None, *world.adapters}
        found = [c for c in world.comparisons if {c.first_id, c.second_id} <= there]
    return ComparisonsListed(job=command.job, comparisons=tuple(reversed(found)))


def _add(world: World, command: KeepComparison) -> None:
    tally = (command.first_better, command.second_better, command.same)
    if min(tally) < 0 or sum(tally) == 0:
        raise EngineError(FailureKind.BAD_INPUT, "A comparison needs a choice.")
    for name in (command.first_id, command.second_id):
        if name is not None:
            world.adapter(name)
    world.comparisons.append(
        ComparisonRecord(
            id=uuid4().hex, created_at=time.time(), first_id=command.first_id,
            second_id=command.second_id, first_better=tally[0], second_better=tally[1],
            same=tally[2],
        )
    )  # fmt: skip


def _chosen(world: World, version: str) -> str | None:
    if version == "off":
        return None
    if version == "active":
        active = world.active_adapter()
        return active.id if active else None
    return world.adapter(version).id


def _drawn(world: World, count: int) -> tuple[str, ...]:
    approved = [e for e in world.examples.values() if e.status is ExampleStatus.APPROVED]
    taught = tuple(e.question for e in approved)
    return (*taught, *_GENERAL)[: min(count, len(taught) + len(_GENERAL))]


def _answer(world: World, question: str, version: str | None) -> str:
    known = {e.question: e.answer for e in world.examples.values()}
    if version is not None and question in known:
        return known[question]
    if question in known:
        return "I don't know that about you; you have not told me."
    return f"A short answer to: {question}"
