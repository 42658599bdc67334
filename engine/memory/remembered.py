"""What is put into a prompt from memory, and how it reads there."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from engine.contract import ExplainedSource
from engine.memory.finder import Finder
from engine.memory.question import coverage, read_question
from engine.model.loaded import LoadedModel
from storage.errors import NotFound
from storage.records import MemoryRecord, Role
from storage.settings import SettingValue
from storage.store import Store
from storage.turns import Turn

MEMORY, TURN = "memory", "turn"
_MEMORIES = 5
_TURNS = 3
_TURN_CHARACTERS = 320
_PAST_SHARE = 8
_CATCH_UP_S = 0.5
"""How long an answer may wait for vectors that are still missing; the rest are made when idle."""
_SENTENCE = re.compile(r"(?<=[.!?。！？\n])\s*")


@dataclass(frozen=True, slots=True)
class Remembered:
    """Facts and past turns for one prompt, best first."""

    memories: tuple[MemoryRecord, ...] = field(default=(), repr=False)
    turns: tuple[Turn, ...] = field(default=(), repr=False)
    question: str = field(default="", repr=False)

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts' texts."""
        return tuple(one.text for one in self.memories)

    @property
    def past(self) -> tuple[str, ...]:
        """The past turns as lines of the prompt."""
        return tuple(past_line(turn, self.question) for turn in self.turns)

    @property
    def ids(self) -> tuple[tuple[str, str], ...]:
        """(kind, id) of everything, for `storage.reply_sources`."""
        return (
            *((MEMORY, one.id) for one in self.memories), *((TURN, one.id) for one in self.turns)
        )  # fmt: skip

    def within(self, tokens: int, count: Callable[[str], int]) -> "Remembered":
        """The same with as many past turns as `tokens` have room for; facts always stay."""
        left, kept = tokens, []
        for turn, line in zip(self.turns, self.past, strict=True):
            left -= count(line)
            if left < 0:
                break
            kept.append(turn)
        return Remembered(self.memories, tuple(kept), self.question)

    def sources(self) -> tuple[ExplainedSource, ...]:
        """Everything as the window shows it."""
        facts = [ExplainedSource(kind=MEMORY, id=one.id, text=one.text) for one in self.memories]
        turns = [
            ExplainedSource(kind=TURN, id=one.id, text=_fitting(one.text, self.question),
                            conversation_id=one.conversation_id) for one in self.turns
        ]  # fmt: skip
        return (*facts, *turns)


def remember(
    finder: Finder,
    store: Store,
    settings: dict[str, SettingValue],
    model: LoadedModel,
    question: str,
    conversation_id: str | None = None,
) -> Remembered:
    """What fits `question`, as far as the settings allow; nothing of its own conversation.

    Past turns take at most an eighth of the context.
    """
    if not settings["memory"]:
        return Remembered()
    turns: tuple[Turn, ...] = ()
    if settings["past_chats"]:
        finder.catch_up(store, _CATCH_UP_S)
        turns = finder.turns(store, question, _TURNS, without=conversation_id)
    found = Remembered(finder.memories(store, question, _MEMORIES), turns, question)
    return found.within(
        model.context_length // _PAST_SHARE, lambda line: len(model.tokenizer.encode(line))
    )


def recorded(store: Store, ids: Sequence[tuple[str, str]], question: str) -> Remembered:
    """What `ids` name, as far as it is still there."""
    memories: list[MemoryRecord] = []
    turns: list[Turn] = []
    for kind, name in ids:
        try:
            if kind == MEMORY:
                memories.append(store.memories.get(name))
            else:
                turns += store.turns.get([store.messages.get(name).position])
        except NotFound:
            continue
    return Remembered(tuple(memories), tuple(turns), question)


def past_line(turn: Turn, question: str) -> str:
    """A past turn with its day and who said it."""
    day = datetime.fromtimestamp(turn.created_at, UTC).astimezone()
    who = "the user" if turn.role is Role.USER else "the assistant"
    return f"{day:%Y-%m-%d}, {who}: {_fitting(turn.text, question)}"


def _fitting(text: str, question: str) -> str:
    """`text` on one line; of a long one the sentences around the one that fits best."""
    line = " ".join(text.split())
    if len(line) <= _TURN_CHARACTERS:
        return line
    asked = read_question(question)
    parts = [part for part in _SENTENCE.split(line) if part]
    best = max(range(len(parts)), key=lambda place: coverage(asked, parts[place]))
    shown = " ".join(parts[best:])
    cut = shown[:_TURN_CHARACTERS]
    return ("… " if best else "") + cut + ("…" if len(shown) > len(cut) else "")
