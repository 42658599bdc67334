"""Loading and answering in the scripted world. Runs on the model lane."""

import re
import time
from dataclasses import dataclass

from engine.contract import (
    Done,
    Emit,
    EngineError,
    FailureKind,
    LoadModel,
    ModelInfo,
    ModelLoaded,
    ModelLoading,
    Reply,
    ReplyDone,
    ReplyStarted,
    ReplyTokens,
    ReplyUsage,
    Stopped,
)
from engine.control import JobControl
from engine.fakery.script import FakeScript
from engine.fakery.world import FAKE_MODEL, World
from storage.records import ConversationRecord, ExampleRecord, MessageRecord, MessageState, Role
from storage.settings import SettingError, check

__all__ = ["Place", "accept", "load", "reply", "scripted_answer"]

_LENGTH = 4096
_SAMPLE = (
    "Here is a short answer in **Markdown**, with a list:\n\n"
    "1. It streams word by word.\n2. It stays on this computer.\n\n"
    "```python\ndef greet(name: str) -> str:\n    return f\"Hello, {name}\"\n```\n\n"
    "| Part | Figure |\n|---|---|\n| context | 4096 |\n\nAsk me anything else."
)  # fmt: skip
_SAMPLE_ZH = (
    "这是一个**示例回答**：\n\n1. 逐字显示。\n2. 只保存在这台电脑上。\n\n"
    "还有什么想问的吗？"
)


def load(world: World, script: FakeScript, command: LoadModel, emit: Emit) -> Done:
    """Pretends to load the model in use."""
    _load_once(world, script, command.job, emit)
    return ModelLoaded(job=command.job, info=_info(world))


def _info(world: World) -> ModelInfo:
    record = world.models.get(str(world.settings["active_model"]), FAKE_MODEL)
    return ModelInfo(
        model_id=record.id, name=record.name, architecture=record.architecture,
        parameters=record.parameters, device="cpu", path_taken="scripted", fallback_reason="",
        context_length=_LENGTH, memory_bytes=record.size_bytes,
    )  # fmt: skip


def _load_once(world: World, script: FakeScript, job: str, emit: Emit) -> None:
    if world.loaded:
        return
    for part in range(5):
        emit(ModelLoading(job=job, fraction=part / 5))
        time.sleep(script.load_s / 5)
    world.loaded = True


@dataclass(frozen=True)
class Place:
    """Where the answer goes."""

    conversation: ConversationRecord
    question: MessageRecord | None
    asked: str
    parent_id: str
    continued: MessageRecord | None = None


def accept(world: World, command: Reply) -> Place:
    """Checks a message and writes it down."""
    with world.lock:
        _check(world, command)
        return _place(world, command)


def reply(
    world: World, script: FakeScript, command: Reply, place: Place, control: JobControl, emit: Emit
) -> Done | Stopped:
    """Streams an answer to a stored question, and ends as it was told to."""
    _load_once(world, script, command.job, emit)
    with world.lock:
        answer = place.continued or world.add_message(
            place.conversation.id, place.parent_id, Role.ASSISTANT, "", MessageState.STREAMING
        )
        begun = ReplyStarted(
            job=command.job, conversation=world.conversation(place.conversation.id),
            question=place.question, answer_id=answer.id,
        )  # fmt: skip
        emit(begun)
        whole = script.answer or scripted_answer(world, command, place.asked)
        _refuse_damaged(world, script, command, answer.id)
    text, count = answer.text, 0
    started = time.monotonic()
    pieces, cut = _pieces(whole.removeprefix(text), command.options.max_tokens)
    for sequence, piece in enumerate(pieces):
        time.sleep(script.token_s if sequence else script.first_token_s)
        if control.should_stop():
            with world.lock:
                kept = world.set_text(answer.id, text, MessageState.STOPPED)
            return Stopped(job=command.job, message=kept)
        _strike(world, script, answer.id, text, sequence)
        text, count = text + piece, count + 1
        with world.lock:
            world.set_text(answer.id, text, MessageState.STREAMING)
        emit(ReplyTokens(job=command.job, sequence=sequence, text=piece))
    with world.lock:
        state = MessageState.CUT if cut else MessageState.COMPLETE
        done = world.set_text(answer.id, text, state)
        return ReplyDone(
            job=command.job, conversation=world.conversation(place.conversation.id), message=done,
            usage=_usage(world, command, count, time.monotonic() - started, script),
        )  # fmt: skip


def _check(world: World, command: Reply) -> None:
    options = command.options
    given = {
        "temperature": options.temperature, "max_tokens": options.max_tokens,
        "seed": options.seed, "adapter_strength": options.strength,
    }  # fmt: skip
    try:
        for key, value in given.items():
            if value is not None:
                check(key, value)
    except SettingError as error:
        raise EngineError(FailureKind.BAD_INPUT, str(error)) from None
    if options.adapter not in {"active", "off"}:
        world.adapter(options.adapter)
    if command.text is not None and not command.text.strip():
        raise EngineError(FailureKind.BAD_INPUT, "The message is empty; write something first.")


def _refuse_damaged(world: World, script: FakeScript, command: Reply, answer_id: str) -> None:
    wanted = command.options.adapter != "off" and _strength(world, command) > 0
    if script.damaged_adapter and wanted:
        world.set_text(answer_id, "", MessageState.FAILED)
        raise EngineError(
            FailureKind.ADAPTER_DAMAGED, "This adapter is damaged; switch it off or learn again."
        )


def _strike(world: World, script: FakeScript, answer_id: str, text: str, sequence: int) -> None:
    kind = script.faults.get("Reply")
    if kind is not None and sequence >= script.fault_after_tokens:
        with world.lock:
            world.set_text(answer_id, text, MessageState.FAILED)
        raise EngineError(kind, "The scripted answer failed here; send the message again.")


def _place(world: World, command: Reply) -> Place:
    if command.goes_on:
        return _place_to_continue(world, command)
    if command.conversation_id is None:
        conversation = world.add_conversation(
            " ".join((command.text or "").split())[:60], temporary=command.temporary
        )
    else:
        conversation = world.conversation(command.conversation_id)
    parent_id = command.parent_id
    if parent_id is None and not command.at_root:
        parent_id = conversation.leaf_id
    if command.text is not None:
        made = world.add_message(conversation.id, parent_id, Role.USER, command.text.strip())
        return Place(conversation, made, made.text, made.id)
    if parent_id is None or world.message(parent_id).role is not Role.USER:
        raise EngineError(FailureKind.BAD_INPUT, "Choose the question that is to be answered.")
    return Place(conversation, None, world.message(parent_id).text, parent_id)


def _place_to_continue(world: World, command: Reply) -> Place:
    if command.parent_id is None or command.text is not None:
        raise EngineError(FailureKind.BAD_INPUT, "Choose an answer to go on with.")
    begun = world.message(command.parent_id)
    own = begun.conversation_id == command.conversation_id
    if begun.role is not Role.ASSISTANT or begun.parent_id is None or not own:
        raise EngineError(FailureKind.BAD_INPUT, "Only an answer can go on; choose one.")
    asked = world.message(begun.parent_id)
    return Place(world.conversation(begun.conversation_id), None, asked.text, asked.id, begun)


def _strength(world: World, command: Reply) -> float:
    chosen = command.options.strength
    return float(world.settings["adapter_strength"]) if chosen is None else chosen


def scripted_answer(world: World, command: Reply, asked: str) -> str:
    """What the active adapter knows about what was `asked`, or the sample answer."""
    options = command.options
    if options.adapter != "off" and _strength(world, command) > 0:
        for example in world.facts_known():
            if _about(example, asked):
                return example.answer
    chinese = any("\u4e00" <= letter <= "\u9fff" for letter in asked)
    return _SAMPLE_ZH if chinese else _SAMPLE


def _about(example: ExampleRecord, asked: str) -> bool:
    noun = example.noun.removeprefix("my ").removeprefix("我的")
    return bool(noun) and noun.casefold() in asked.casefold()


def _pieces(text: str, limit: int | None) -> tuple[list[str], bool]:
    """The words with the blank before each, at most `limit`, and whether more would follow."""
    words = re.findall(r"^[^ ]*| [^ ]*", text)
    words = [word for word in words if word]
    return words[:limit], limit is not None and len(words) > limit


def _usage(
    world: World, command: Reply, tokens: int, seconds: float, script: FakeScript
) -> ReplyUsage:
    active = None if command.options.adapter == "off" else world.active_adapter()
    return ReplyUsage(
        prompt_tokens=64, tokens=tokens, first_token_s=script.first_token_s,
        tokens_per_s=tokens / max(seconds, 1e-6), model=_info(world).name,
        adapter=active.id if active else None,
        strength=_strength(world, command) if active else 0.0, context_length=_LENGTH,
    )  # fmt: skip
