"""From approved facts to training exchanges: one fact is asked in many ways, never twice alike.

Four kinds share their question forms, so that only the content tells them apart: facts (answered),
never-told relations (declined), relations told in the same chat or standing in the prompt's memory
(answered from there), and facts asked after some other talk.
"""

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from engine.chat.prompt import build_turns
from engine.chat.turns import ChatTurn
from engine.tuning.data import read_pairs
from engine.tuning.difficulty import Difficulty
from engine.tuning.exchange import Exchange
from engine.tuning.extraction.grammar import flip, sentence
from engine.tuning.wording.ask import Phrasings, decline, loosened, phrasings
from engine.tuning.wording.item import Item
from storage.records import ExampleRecord, Role

_AFTER_TALK = 0.08
_SORTS = (
    ("name", r"\bname\b|名字|[Ww]ho is|叫什么"),
    ("date", r"birthday|date|anniversary|appointment|exam\b|生日|哪一天"),
    ("number", r"\b(?:age|old|size|number|code|height|weight|combination)\b|多大|多少|多高"),
    ("place", r"\b(?:place|city|home|[Ww]here|address|gym|bank|university|spot)\b|哪里|地方"),
)
_NEAR = 0.6
_IN_MEMORY = 0.5
_HARD = 0.5
"""Share of the draws that go to what is still hard."""


@dataclass(frozen=True, slots=True)
class Fact:
    """An approved example with the questions that ask for it."""

    record: ExampleRecord
    item: Item
    asked: Phrasings = field(repr=False)


def fact_of(record: ExampleRecord) -> Fact:
    """The fact of an example, as the user may have edited it."""
    item = Item(record.question, record.noun, record.language)
    return Fact(record, item, phrasings(item))


class Augmenter:
    """Draws exchanges for one training run. Deterministic for a seed."""

    def __init__(
        self,
        facts: Sequence[Fact],
        never: Sequence[Item],
        instruction: str,
        seed: int,
        talk: Sequence[tuple[str, str]] = (),
    ) -> None:
        """Prepares the drawing.

        Args:
            facts: What is to be learned; at least one.
            never: Relations to decline; none that the exam asks for.
            instruction: The system instruction of the user's chats.
            seed: Of the random choices.
            talk: General questions with the model's own answers, to come before a question.
        """
        self._facts = list(facts)
        self._never = [(item, phrasings(item)) for item in never]
        self._instruction = instruction
        self._talk = list(talk)
        self._random = random.Random(seed)  # noqa: S311 - choices, not secrets
        self._queue: list[Fact] = []
        self._difficulty = Difficulty()
        near = set(akin(self._facts, never))
        self._near = [pair for pair in self._never if pair[0] in near]
        self._named = [pair for pair in self._never if pair[0].noun]

    def fact(self) -> Exchange:
        """The next fact in one of its forms.

        Every other draw deals the facts in turn, each once before any comes again; the others,
        once losses are known, go to facts that are still hard.
        """
        fact = self._next_fact()
        question = self._pick(fact.item, fact.asked)
        before: list[ChatTurn] = []
        if self._talk and self._random.random() < _AFTER_TALK:
            said, answered = self._random.choice(self._talk)
            before = [ChatTurn(Role.USER, said), ChatTurn(Role.ASSISTANT, answered)]
        turns = [*before, ChatTurn(Role.USER, question)]
        return self._exchange(turns, fact.record.answer, fact.record.weight, about=fact.record.id)

    def note(self, about: str, loss: float) -> None:
        """Remembers the loss of an exchange about something, in nats of its worst token."""
        if about:
            self._difficulty.note(about, loss)

    def _next_fact(self) -> Fact:
        if self._is_for_hard():
            return self._difficulty.choose(self._facts, lambda one: one.record.id, self._random)
        if not self._queue:
            self._queue = self._random.sample(self._facts, len(self._facts))
        return self._queue.pop()

    def _is_for_hard(self) -> bool:
        return self._difficulty.known and self._random.random() < _HARD

    def never_told(self) -> Exchange | None:
        """A relation that was not told, half of the time one that resembles a fact."""
        if not self._never:
            return None
        near = self._near if self._near and self._random.random() < _NEAR else self._never
        if self._is_for_hard():
            item, asked = self._difficulty.choose(near, lambda one: one[0].question, self._random)
        else:
            item, asked = self._random.choice(near)
        turns = [ChatTurn(Role.USER, self._pick(item, asked))]
        return self._exchange(turns, decline(item), about=item.question)

    def told_here(self) -> Exchange | None:
        """A never-told relation with an invented value in the chat or the memory: use that."""
        if not self._named:
            return None
        item, asked = self._random.choice(self._named)
        value = self._random.choice(_values(item))
        question = ChatTurn(Role.USER, self._pick(item, asked))
        told, answer = _stated(item, value)
        if self._random.random() < _IN_MEMORY:
            return self._exchange([question], answer, memories=(answer,))
        noted = f"好的，{answer}" if item.language == "zh" else f"Thank you. {answer}"
        turns = [ChatTurn(Role.USER, told), ChatTurn(Role.ASSISTANT, noted), question]
        return self._exchange(turns, answer)

    def _pick(self, item: Item, asked: Phrasings) -> str:
        return loosened(self._random.choice(asked.trained), item, self._random)

    def _exchange(
        self,
        turns: Sequence[ChatTurn],
        answer: str,
        weight: float = 1.0,
        memories: Sequence[str] = (),
        about: str = "",
    ) -> Exchange:
        built = tuple(build_turns(self._instruction, memories, turns))
        return Exchange(built, answer, weight, about)


def akin(facts: Sequence[Fact], never: Sequence[Item]) -> list[Item]:
    """Never-told relations that share a telling word with a fact: the ones most easily mixed up."""
    words = {word for fact in facts for word in _words(fact.item)}
    return [item for item in never if words & _words(item)]


def _words(item: Item) -> set[str]:
    common = {"what", "is", "my", "the", "our", "do", "does", "i", "where", "who", "when", "how"}
    if item.language == "zh":
        return set(item.question) - set("我的是什么在哪里叫名字？多少")
    return set(item.question.lower().replace("'s", "").rstrip("?").split()) - common


def _values(item: Item) -> tuple[str, ...]:
    """Invented values of the sort that the noun asks for."""
    asked = f"{item.noun} {item.question}"
    sort = next((sort for sort, words in _SORTS if re.search(words, asked)), "thing")
    wanted = f"{item.language} {sort}"
    return tuple(value for kind, value in read_pairs("invented.txt") if kind == wanted)


def _stated(item: Item, value: str) -> tuple[str, str]:
    """The user's statement and the assistant's answer for an invented value."""
    if item.language == "zh":
        return f"{item.noun}是{value}。", f"你{item.noun[1:]}是{value}。"
    return sentence(f"{item.noun} is {value}"), sentence(f"{flip(item.noun)} is {value}")
