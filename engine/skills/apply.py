"""Applies a skill to a text or to the rows of a file."""

from collections.abc import Callable, Sequence
from pathlib import Path

from engine.contract import (
    ApplySkill,
    Emit,
    EngineError,
    FailureKind,
    SkillAnswer,
    SkillProgress,
)
from engine.control import JobControl
from engine.model.loaded import LoadedModel
from engine.skills.beliefs import beliefs_of
from engine.skills.encoder import build_encoder
from engine.skills.framing import Framer
from engine.skills.rows import LabelledRow, read_texts
from engine.skills.skill import Skill
from engine.skills.writing import Writer
from storage.skill_records import SkillKind, SkillRecord
from storage.store import Store

_MOST_OTHERS = 4


def read_given(command: ApplySkill) -> list[LabelledRow]:
    """The texts that the command names.

    Raises:
        EngineError: ``BAD_INPUT`` or ``NOT_FOUND``.
    """
    if (command.text is None) == (command.path is None):
        raise _bad("Give one text, or one file of texts.")
    if command.path is not None:
        return read_texts(Path(command.path), command.text_field)
    text = command.text or ""
    if not text.strip():
        raise _bad("The text is empty; write something for the skill to look at.")
    return [LabelledRow(text, None)]


def apply_skill(
    model: LoadedModel,
    store: Store,
    record: SkillRecord,
    command: ApplySkill,
    given: Sequence[LabelledRow],
    control: JobControl,
    emit: Emit,
) -> tuple[SkillAnswer, ...]:
    """The skill's answers, in the order of `given`.

    Raises:
        JobStopped: The user stopped.
        EngineError: ``BAD_INPUT`` for a skill of another model, ``ADAPTER_DAMAGED``.
        StoreError: The sealed file is gone or broken.
    """
    if record.model_id != model.record.id:
        raise _bad("This skill was taught on another model; choose that model first.")
    skill = Skill.from_bytes(store.skills.load(record.name))

    def tick(done: float) -> None:
        control.checkpoint()
        emit(SkillProgress(job=command.job, phase="apply", fraction=done))

    if record.report.kind is SkillKind.GENERATION:
        return _written(model, skill, given, tick)
    return _named(model, skill, given, tick)


def _named(
    model: LoadedModel,
    skill: Skill,
    given: Sequence[LabelledRow],
    tick: Callable[[float], None],
) -> tuple[SkillAnswer, ...]:
    encoder = build_encoder(model)
    try:
        framer = Framer(model, skill.question)
        beliefs = beliefs_of(encoder, skill, framer, [row.text for row in given], tick)
    finally:
        encoder.close()
    count = min(len(skill.labels), 1 + _MOST_OTHERS)
    shares, places = beliefs.topk(count, dim=1)
    answers = []
    for row, own, names in zip(given, shares.tolist(), places.tolist(), strict=True):
        ranked = [(skill.labels[name], share) for name, share in zip(names, own, strict=True)]
        (answer, confidence), *others = ranked
        answers.append(
            SkillAnswer(
                answer=answer, confidence=confidence, others=tuple(others), row_id=row.row_id
            )
        )
    return tuple(answers)


def _written(
    model: LoadedModel,
    skill: Skill,
    given: Sequence[LabelledRow],
    tick: Callable[[float], None],
) -> tuple[SkillAnswer, ...]:
    writer = Writer(model, skill.writer, skill.most_tokens)
    answers = []
    try:
        for place, row in enumerate(given):
            tick(place / len(given))
            answers.append(SkillAnswer(answer=writer.write(row.text), row_id=row.row_id))
    finally:
        writer.close()
    return tuple(answers)


def _bad(sentence: str) -> EngineError:
    return EngineError(FailureKind.BAD_INPUT, sentence)
