"""Exam, forgetting, explaining and adapter files in the scripted world. Runs on the model lane."""

import time
from dataclasses import replace
from pathlib import Path
from typing import assert_never
from uuid import uuid4

from engine.contract import (
    AdapterExported,
    AdapterImported,
    Done,
    Emit,
    EngineError,
    Examine,
    Examined,
    Explain,
    Explained,
    ExplainedSource,
    ExplainedWord,
    ExportAdapter,
    FailureKind,
    Forget,
    Forgotten,
    ImportAdapter,
    Learn,
    LearnDone,
    LearnProgress,
    Reply,
    ReplyOptions,
)
from engine.control import JobControl
from engine.fakery import learning, replies
from engine.fakery.script import FakeScript
from engine.fakery.world import FAKE_MODEL, World
from storage.records import AdapterRecord, AdapterState, ExampleRecord, ExampleStatus, Role

__all__ = ["export", "handle"]

_FILES = ("adapter_config.json", "adapter_model.safetensors")


def handle(
    world: World,
    script: FakeScript,
    command: Examine | Forget | Explain | ImportAdapter,
    control: JobControl,
    emit: Emit,
) -> Done:
    """The terminal event of `command`; raises `EngineError`."""
    match command:
        case Examine():
            return _examine(world, command, emit)
        case Forget():
            return _forget(world, script, command, control, emit)
        case Explain():
            return _explain(world, script, command)
        case ImportAdapter():
            return _import(world, command)
        case _:
            assert_never(command)


def export(world: World, command: ExportAdapter) -> Done:
    """Makes the folder with two empty files."""
    world.adapter(command.adapter_id)
    folder = Path(command.path)
    if folder.exists():
        raise EngineError(FailureKind.BAD_INPUT, "This folder exists already; choose another.")
    folder.mkdir(parents=True)
    for name in _FILES:
        (folder / name).touch()
    return AdapterExported(job=command.job, path=command.path, size_bytes=0)


def _examine(world: World, command: Examine, emit: Emit) -> Done:
    with world.lock:
        chosen = world.active_adapter()
        if command.adapter_id is not None:
            chosen = world.adapter(command.adapter_id)
        facts = len(chosen.example_ids) if chosen else 0
    for phase in ("exam_before", "exam_after"):
        emit(_progress(command.job, phase))
    return Examined(
        job=command.job, adapter_id=chosen.id if chosen else None, facts=facts,
        untuned=learning.BEFORE, tuned=learning.AFTER if chosen else None, reasons=(),
        seconds=0.0,
    )  # fmt: skip


def _progress(job: str, phase: str) -> LearnProgress:
    return LearnProgress(job=job, phase=phase, attempt=1, step=0, steps=0, fraction=0.5)


def _forget(
    world: World, script: FakeScript, command: Forget, control: JobControl, emit: Emit
) -> Done:
    with world.lock:
        before = (len(world.messages), len(world.memories))
        gone = _erased(world, command)
        learned = [e for e in gone if e.status is ExampleStatus.APPROVED]
        knew = world.active_adapter()
        retired = _retired(world, {example.id for example in gone})
        counts = (before[0] - len(world.messages), before[1] - len(world.memories))
    emit(_progress(command.job, "exam_before"))
    report = None
    if command.retrain:
        again = Learn(job=command.job)
        ended = learning.learn(world, script, again, control, emit)
        report = ended.report if isinstance(ended, LearnDone) else None
    known = knew is not None and knew.id in retired
    return Forgotten(
        job=command.job, examples_erased=len(gone), messages_erased=counts[0],
        memories_erased=counts[1], adapters_retired=tuple(retired), questions=2 * len(learned),
        recall_before=float(known) if learned else None, recall_untuned=0.0 if learned else None,
        recall_after=0.0 if learned else None, report=report,
        told_in_chat=command.fact_id is not None and bool(gone),
    )  # fmt: skip


def _erased(world: World, command: Forget) -> list[ExampleRecord]:
    """The examples that are gone now."""
    if (command.conversation_id is None) == (command.fact_id is None):
        raise EngineError(FailureKind.BAD_INPUT, "Name a conversation or a fact to forget.")
    if command.conversation_id is not None:
        name = world.conversation(command.conversation_id).id
        gone = [e for e in world.examples.values() if e.conversation_id == name]
        world.purge(name)
        return gone
    fact = str(command.fact_id)
    memory = world.memories.get(fact)
    example = world.examples.get((memory.example_id or "") if memory else fact)
    if memory is None and example is None:
        raise EngineError(FailureKind.NOT_FOUND, "This fact is no longer there; list them again.")
    names = {example.id} if example else set()
    world.memories = {
        k: m for k, m in world.memories.items() if k != fact and m.example_id not in names
    }
    world.examples = {k: e for k, e in world.examples.items() if k not in names}
    return [example] if example else []


def _retired(world: World, names: set[str]) -> list[str]:
    """Adapters that learned any of these, switched off for good."""
    found = [a for a in world.adapters.values() if names & set(a.example_ids)]
    for adapter in found:
        world.adapters[adapter.id] = replace(adapter, state=AdapterState.RETIRED, active=False)
    return [adapter.id for adapter in found]


def _explain(world: World, script: FakeScript, command: Explain) -> Done:
    with world.lock:
        asked, answer = _exchange(world, script, command)
        active = world.active_adapter()
        fitting = [e for e in world.facts_known() if e.value in answer]
        sources = [
            ExplainedSource(kind="memory", id=m.id, text=m.text)
            for m in world.memories.values() if set(m.text.split()) & set(asked.split())
        ]
    sources += [
        ExplainedSource(kind="example", id=e.id, text=f"{e.question} {e.answer}",
                        conversation_id=e.conversation_id) for e in fitting
    ]  # fmt: skip
    told = {word for example in fitting for word in example.value.split()}
    return Explained(
        job=command.job, answer=answer, model=FAKE_MODEL.name, sources=tuple(sources),
        adapter_id=active.id if active else None, strength=1.0 if active else 0.0,
        words=tuple(_word(word, told) for word in answer.split(" ")),
    )  # fmt: skip


def _word(word: str, told: set[str]) -> ExplainedWord:
    """A word that an example taught is much likelier with the adapter."""
    if word.strip(".,") in told:
        return ExplainedWord(text=f" {word}", tuned_nats=-0.1, untuned_nats=-7.3, instead=" not")
    return ExplainedWord(text=f" {word}", tuned_nats=-0.4, untuned_nats=-0.4)


def _exchange(world: World, script: FakeScript, command: Explain) -> tuple[str, str]:
    """Question and answer."""
    if command.text is not None:
        asked = Reply(text=command.text, options=ReplyOptions())
        return command.text, script.answer or replies.scripted_answer(world, asked, command.text)
    if command.message_id is None:
        raise EngineError(FailureKind.BAD_INPUT, "Name an answer, or write a question to explain.")
    answer = world.message(command.message_id)
    if answer.role is not Role.ASSISTANT or answer.parent_id is None:
        raise EngineError(FailureKind.BAD_INPUT, "Only an answer can be explained; choose one.")
    return world.message(answer.parent_id).text, answer.text


def _import(world: World, command: ImportAdapter) -> Done:
    if not all((Path(command.path) / name).is_file() for name in _FILES):
        raise EngineError(
            FailureKind.BAD_INPUT,
            "This folder holds no adapter_config.json with adapter_model.safetensors; "
            "choose another.",
        )
    with world.lock:
        made = AdapterRecord(
            id=uuid4().hex, version=len(world.adapters) + 1, created_at=time.time(),
            model_id=FAKE_MODEL.id, state=AdapterState.READY, file_id=uuid4().hex,
            size_bytes=9_800_000, recipe={"imported": 1},
        )  # fmt: skip
        world.adapters[made.id] = made
    return AdapterImported(job=command.job, adapter=made)
