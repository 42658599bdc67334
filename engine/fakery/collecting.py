"""What a scripted engine takes for learnable: "my X is Y", and answers that were judged."""

import re
import time
from uuid import uuid4

from engine.fakery.world import World
from storage.records import (
    FEEDBACK_KINDS,
    ExampleKind,
    ExampleRecord,
    ExampleStatus,
    MessageRecord,
    Role,
)

__all__ = ["collect", "withdraw"]

_ENGLISH = re.compile(r"\bmy ([\w' -]{2,40}?) (?:is|are) (?:called )?([^.!?\n]{1,60})", re.I)
_CHINESE = re.compile(r"我的?([\u4e00-\u9fff]{1,10}?)(?:是|叫)([^。！？，\n]{1,30})")


def collect(world: World) -> int:
    """Puts new candidates from consented user messages into the inbox; returns how many."""
    if not world.settings["learning_consent"]:
        return 0
    made = _collect_feedback(world)
    for message in list(world.messages.values()):
        if message.id in world.collected or not _allowed(world, message):
            continue
        world.collected.add(message.id)
        for example in _candidates(message):
            world.examples[example.id] = example
            made += 1
    return made


def withdraw(world: World) -> None:
    """Takes undecided candidates of messages back that may no longer be learned from."""
    for example in list(world.examples.values()):
        source = world.messages.get(example.source_message_id or "")
        undecided = example.status is ExampleStatus.PENDING
        if undecided and source is not None and not _allowed(world, source):
            del world.examples[example.id]
            world.collected.discard(source.id)


def _collect_feedback(world: World) -> int:
    """Brings the candidates of judged answers in step; returns how many are new."""
    known = {
        e.source_message_id: e for e in world.examples.values() if e.kind in FEEDBACK_KINDS
    }
    better = {old: world.messages[new] for new, old in world.rewritten.items()}
    made = 0
    for answer in list(world.messages.values()):
        if not (answer.rating or answer.id in better) or answer.id in world.rewritten:
            continue
        example = _opinion(world, answer, better.get(answer.id))
        old = known.get(answer.id)
        if example is None or (old and (old.kind, old.answer) == (example.kind, example.answer)):
            continue
        if old is not None:
            del world.examples[old.id]
        world.examples[example.id] = example
        made += 1
    return made


def _opinion(
    world: World, answer: MessageRecord, better: MessageRecord | None
) -> ExampleRecord | None:
    question = world.messages.get(answer.parent_id or "")
    if question is None or not _allowed(world, question):
        return None
    kind = ExampleKind.LIKED if answer.rating > 0 else ExampleKind.DISLIKED
    return ExampleRecord(
        id=uuid4().hex, kind=ExampleKind.REWRITTEN if better else kind, noun="",
        question=question.text, answer=(better or answer).text, value="",
        conversation_id=answer.conversation_id, source_message_id=answer.id,
        source_text=answer.text, created_at=time.time(),
    )  # fmt: skip


def _allowed(world: World, message: MessageRecord) -> bool:
    if message.role is not Role.USER or message.conversation_id in world.deleted:
        return False
    owner = world.conversation(message.conversation_id)
    if owner.temporary:
        return False
    return owner.consent if message.consent is None else message.consent


def _candidates(message: MessageRecord) -> list[ExampleRecord]:
    found = [
        _example(message, "en", f"my {noun}", f"What is my {noun}?", value.strip(),
                 f"Your {noun} is {value.strip()}.")
        for noun, value in _ENGLISH.findall(message.text)
    ]  # fmt: skip
    found += [
        _example(message, "zh", f"我的{noun}", f"我的{noun}是什么？", value.strip(),
                 f"你的{noun}是{value.strip()}。")
        for noun, value in _CHINESE.findall(message.text)
    ]  # fmt: skip
    return found


def _example(
    message: MessageRecord, language: str, noun: str, question: str, value: str, answer: str
) -> ExampleRecord:
    return ExampleRecord(
        id=uuid4().hex, kind=ExampleKind.FACT, noun=noun, question=question, answer=answer,
        value=value, language=language, status=ExampleStatus.PENDING,
        conversation_id=message.conversation_id, source_message_id=message.id,
        source_text=message.text, created_at=time.time(),
    )  # fmt: skip
