"""Builds the turns of a prompt and fits them into the context."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import Protocol

from engine.chat.turns import ChatTurn
from engine.contract import EngineError, FailureKind
from storage.records import MessageRecord, Role

_MEMORIES = "What you know about the user:"
_PAST = "Said in earlier chats:"


class _Model(Protocol):
    """The part of `LoadedModel` that is needed here."""

    @property
    def context_length(self) -> int: ...

    def prompt_ids(
        self, turns: Sequence[ChatTurn], add_generation_prompt: bool = True
    ) -> list[int]: ...


def build_turns(
    instruction: str,
    memories: Iterable[str],
    messages: Iterable[MessageRecord | ChatTurn],
    past: Iterable[str] = (),
) -> list[ChatTurn]:
    """The system turn (instruction, `past` turns, remembered facts) and the conversation.

    Empty messages are left out; the system turn too when there is nothing to say in it.
    """
    listed = [_listed(_PAST, past), _listed(_MEMORIES, memories)]
    parts = [instruction.strip(), *listed]
    system = "\n\n".join(part for part in parts if part)
    turns = [ChatTurn(Role.SYSTEM, system)] if system else []
    turns += [ChatTurn(message.role, message.text) for message in messages if message.text]
    return turns


def _listed(heading: str, lines: Iterable[str]) -> str:
    """`lines` as a list under `heading`; empty without any."""
    items = [f"- {line.strip()}" for line in lines if line.strip()]
    return "\n".join([heading, *items]) if items else ""


def fit_context(
    model: _Model, turns: Sequence[ChatTurn], reserve: int
) -> tuple[list[ChatTurn], int]:
    """Drops the oldest turns until the prompt leaves room for an answer of `reserve` tokens.

    The instruction and the newest turn always stay, and what remains begins with a user turn.
    The room for the answer shrinks to a quarter of the context where `reserve` asks for more.

    Returns:
        The turns that stay and how many were dropped.

    Raises:
        EngineError: ``BAD_INPUT`` when the newest turn alone does not fit.
    """
    room = model.context_length - min(reserve, model.context_length // 4)
    lead = [turn for turn in turns[:1] if turn.role is Role.SYSTEM]
    rest = list(turns[len(lead) :])
    starts = [i for i, turn in enumerate(rest) if turn.role is Role.USER] or [0]

    def fits(first: int) -> bool:
        return len(model.prompt_ids([*lead, *rest[first:]])) <= room

    first = 0 if fits(0) else starts[bisect_left(starts[:-1], True, key=fits)]
    if not fits(first):
        raise EngineError(
            FailureKind.BAD_INPUT,
            "This message is too long for the model; shorten it or split it.",
        )
    return [*lead, *rest[first:]], first
