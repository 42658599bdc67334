"""One training exchange: turns and the answer that is learned, as text and as token ids."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from engine.chat.turns import ChatTurn
from engine.tuning.network.batch import TokenExample
from storage.records import Role


@dataclass(frozen=True, slots=True)
class Exchange:
    """Turns up to the user's question, and the assistant's answer.

    ``about`` names the thing that is learned, by which its loss is remembered; empty for none.
    """

    turns: tuple[ChatTurn, ...] = field(repr=False)
    answer: str = field(repr=False)
    weight: float = 1.0
    about: str = ""


class ChatModel(Protocol):
    """The part of `LoadedModel` that turns chats into token ids."""

    stop_ids: frozenset[int]

    def prompt_ids(
        self, turns: Sequence[ChatTurn], add_generation_prompt: bool = True
    ) -> list[int]:
        """See `LoadedModel.prompt_ids`."""


def encode(model: ChatModel, exchange: Exchange) -> TokenExample:
    """Token ids of the exchange in the model's chat format, ending with a stop id.

    The answer's ids are those that the template gives it, so training sees what decoding sees.
    """
    prompt = model.prompt_ids(exchange.turns)
    answered = [*exchange.turns, ChatTurn(Role.ASSISTANT, exchange.answer)]
    whole = model.prompt_ids(answered, add_generation_prompt=False)
    start = _common(prompt, whole)
    end = next(
        (place for place in range(len(prompt), len(whole)) if whole[place] in model.stop_ids),
        len(whole) - 1,
    )
    return TokenExample(tuple(whole[: end + 1]), min(start, len(prompt)), exchange.weight)


def encode_ids(model: ChatModel, turns: Sequence[ChatTurn], answer: Sequence[int]) -> TokenExample:
    """The same for an answer that is known by its token ids; a stop id is added."""
    prompt = model.prompt_ids(turns)
    return TokenExample((*prompt, *answer, min(model.stop_ids)), len(prompt))


def _common(one: Sequence[int], other: Sequence[int]) -> int:
    """Length of the common start."""
    length = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        length += 1
    return length
