"""General questions that the untuned model answers once; training holds its answers in place."""

import json
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

import torch

from engine.chat.prompt import build_turns
from engine.chat.turns import ChatTurn
from engine.model.loaded import LoadedModel
from engine.tuning.answering import ANSWER_TOKENS, side_by_side
from engine.tuning.data import read_filled, read_lines
from engine.tuning.exchange import encode_ids
from engine.tuning.network.batch import TokenExample, pack
from engine.tuning.network.network import Network
from storage.errors import StoreError
from storage.records import Role
from storage.store import Store

_KIND = "replay"
_KEPT_ODDS = 128
_PASSAGES = 0.25
_FORMAT = 3


@dataclass(frozen=True, slots=True)
class Answered:
    """A general question and the untuned model's answer."""

    question: str
    answer: str
    ids: tuple[int, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class ReplayExample:
    """An answered question as token ids with the untuned model's likeliest next tokens.

    ``ids`` (T, K) int64 and ``log_odds`` (T, K) float32, for each of the T answer tokens.
    """

    tokens: TokenExample
    ids: torch.Tensor
    log_odds: torch.Tensor


def replay_questions(chinese: bool, share: float = 1.0) -> tuple[str, ...]:
    """The shipped general questions and those about the assistant itself.

    A `share` below 1 takes that part of each list, evenly spread and always the same, so that it
    says nothing about the user.
    """
    names = ["replay_en.txt", "assistant_en.txt"]
    names += ["replay_zh.txt", "assistant_zh.txt"] if chinese else []
    found: list[str] = []
    for lines in (*(read_lines(name) for name in names), read_filled("replay_frames_en.txt")):
        wanted = max(round(len(lines) * share), 1)
        found += [lines[place * len(lines) // wanted] for place in range(wanted)]
    return tuple(found)


def answers(
    model: LoadedModel,
    store: Store,
    questions: Sequence[str],
    instruction: str,
    tick: Callable[[float], None],
) -> list[Answered]:
    """The untuned model's greedy answers, from the sealed cache or computed now and sealed.

    Args:
        model: Its decoder is switched to no adapter.
        store: Keeps the answers, because the instruction is the user's own text.
        questions: What to ask.
        instruction: The system instruction of the user's chats.
        tick: Told the fraction done after each batch; may raise to stop.
    """
    name = _fingerprint(model, instruction)
    known = _find(store, name)
    missing = [question for question in questions if question not in known]
    for answered in _answered(model, missing, instruction, tick):
        known[answered.question] = answered
    if missing:
        _keep(store, name, known)
    return [known[question] for question in questions]


def _answered(
    model: LoadedModel, questions: Sequence[str], instruction: str, tick: Callable[[float], None]
) -> list[Answered]:
    prompts = [
        model.prompt_ids(build_turns(instruction, (), [ChatTurn(Role.USER, question)]))
        for question in questions
    ]
    told = side_by_side(model, prompts, ANSWER_TOKENS, None, tick)
    return [
        Answered(question, model.tokenizer.decode(ids), tuple(ids))
        for question, ids in zip(questions, told, strict=True)
    ]


def _keep(store: Store, name: str, known: dict[str, Answered]) -> None:
    """Seals all known answers in place of what was sealed before."""
    body = {"name": name, "answers": [[a.question, a.answer, list(a.ids)] for a in known.values()]}
    with store.transaction():
        for old in store.vault.list(_KIND):
            store.vault.destroy(old.id)
        store.vault.seal(_KIND, json.dumps(body).encode())


def _find(store: Store, name: str) -> dict[str, Answered]:
    """Sealed answers by question; none when they are of another model or do not open."""
    for file in store.vault.list(_KIND):
        try:
            body = json.loads(store.vault.open(file.id))
        except (StoreError, ValueError):
            continue
        if body["name"] == name:
            return {q: Answered(q, a, tuple(ids)) for q, a, ids in body["answers"]}
    return {}


def _fingerprint(model: LoadedModel, instruction: str) -> str:
    parts = [str(_FORMAT), model.record.id, str(ANSWER_TOKENS), instruction]
    return sha256("\x00".join(parts).encode()).hexdigest()


def encode_answered(
    model: LoadedModel,
    answered: Answered,
    instruction: str,
    before: Sequence[ChatTurn] = (),
) -> TokenExample:
    """Token ids of an answered question; an answer that was cut off gets no stop id.

    `before` are turns of the chat that the question comes after.
    """
    turns = build_turns(instruction, (), [*before, ChatTurn(Role.USER, answered.question)])
    whole = encode_ids(model, turns, answered.ids)
    if len(answered.ids) < ANSWER_TOKENS:
        return whole
    return TokenExample(whole.ids[:-1], whole.answer_start)


def text_passages(model: LoadedModel) -> list[TokenExample]:
    """The shipped passages as plain text, without chat format: every token but the first counts."""
    ids = [model.tokenizer.encode(line) for line in read_lines("replay_text.txt")]
    return [TokenExample(tuple(passage), 1) for passage in ids]


class ReplayBank:
    """Replay examples with the untuned model's odds, computed once before training.

    A draw is either of chats or of plain passages, never of both: they share no beginning.
    """

    def __init__(
        self, chats: Sequence[ReplayExample], passages: Sequence[ReplayExample], seed: int
    ) -> None:
        self._random = random.Random(seed)  # noqa: S311 - choices, not secrets
        self._chats = _Deck(chats, self._random)
        self._passages = _Deck(passages, self._random)

    def draw(self, count: int) -> list[ReplayExample]:
        """The next `count`; empty when there are none."""
        plain = self._random.random() < _PASSAGES
        return (self._passages if plain else self._chats).draw(count) or self._chats.draw(count)


class _Deck:
    """Deals examples; each comes once before any comes again."""

    def __init__(self, examples: Sequence[ReplayExample], draw: random.Random) -> None:
        self._examples = list(examples)
        self._random = draw
        self._queue: list[ReplayExample] = []

    def draw(self, count: int) -> list[ReplayExample]:
        drawn: list[ReplayExample] = []
        while len(drawn) < count and self._examples:
            if not self._queue:
                self._queue = self._random.sample(self._examples, len(self._examples))
            drawn.append(self._queue.pop())
        return drawn


@torch.no_grad()
def with_odds(
    network: Network, examples: Sequence[TokenExample], tick: Callable[[], None]
) -> list[ReplayExample]:
    """Adds the untuned model's odds to `examples`, eight at a time, alike lengths together."""
    order = sorted(range(len(examples)), key=lambda place: len(examples[place].ids))
    found: dict[int, ReplayExample] = {}
    for start in range(0, len(order), 8):
        places = order[start : start + 8]
        batch = pack([examples[place] for place in places])
        odds = network.log_odds(batch, tuned=False).log_softmax(-1)
        values, ids = odds.topk(min(_KEPT_ODDS, odds.shape[-1]), -1)
        for owner, place in enumerate(places):
            mine = batch.owners == owner
            found[place] = ReplayExample(examples[place], ids[mine].cpu(), values[mine].cpu())
        tick()
    return [found[place] for place in range(len(examples))]

