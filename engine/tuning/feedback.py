"""The user's opinions of answers: some in every training step, the others in the exam.

A rewritten answer is a pair for `preference.dpo`, a thumb alone an answer for `preference.kto`;
what the user wrote or liked is also learned as it stands, with a small weight. The reference of all
is the model without its adapter, asked once before the training.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import torch

from engine.chat.prompt import build_turns
from engine.chat.turns import ChatTurn
from engine.tuning.exchange import ChatModel, Exchange, encode
from engine.tuning.network.batch import TokenExample, length_groups, pack
from engine.tuning.network.network import Network
from engine.tuning.preference import dpo, kto, kto_baseline, sequence_log_probs
from storage.records import ExampleKind, ExampleRecord, Role

A_STEP = 2
"""Opinions drawn in every step."""

_BETA = 0.1
_PREFERENCE_WEIGHT = 0.3
_PLAIN_WEIGHT = 0.1
_LONGEST_PROMPT, _LONGEST_ANSWER = 256, 96
_HELD = 4
_ROWS = 8

Tick = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Opinion:
    """One judged answer as token ids.

    ``good`` and ``bad`` are the same question with the answer wanted and not wanted; a rewritten
    answer has both, a thumb one of them.
    """

    good: TokenExample | None = field(default=None, repr=False)
    bad: TokenExample | None = field(default=None, repr=False)
    weight: float = 1.0

    @property
    def examples(self) -> tuple[TokenExample, ...]:
        """What there is of both, the good one first."""
        return tuple(one for one in (self.good, self.bad) if one is not None)


def split(feedback: Sequence[ExampleRecord]) -> tuple[list[ExampleRecord], list[ExampleRecord]]:
    """What to train on, and every fourth of each kind to hold back for the exam.

    `feedback` comes oldest first, so that what is added later holds back nothing that was trained.
    """
    trained, held = [], []
    for kind in ExampleKind:
        alike = [one for one in feedback if one.kind is kind]
        held += alike[_HELD - 1 :: _HELD]
        trained += [one for place, one in enumerate(alike, 1) if place % _HELD]
    return trained, held


def encode_opinions(
    model: ChatModel, feedback: Sequence[ExampleRecord], instruction: str
) -> list[Opinion]:
    """Token ids of judged answers, cut to what a step may cost; too long questions are left out."""
    found = []
    for record in feedback:
        good = bad = None
        if record.kind is not ExampleKind.DISLIKED:
            good = _encoded(model, record.question, record.answer, instruction)
        if record.kind is not ExampleKind.LIKED:
            bad = _encoded(model, record.question, record.source_text, instruction)
        whole = Opinion(good, bad, record.weight)
        if all(one.answer_start <= _LONGEST_PROMPT for one in whole.examples):
            found.append(whole)
    return found


def _encoded(model: ChatModel, question: str, answer: str, instruction: str) -> TokenExample:
    turns = build_turns(instruction, (), [ChatTurn(Role.USER, question)])
    whole = encode(model, Exchange(tuple(turns), answer))
    return TokenExample(whole.ids[: whole.answer_start + _LONGEST_ANSWER], whole.answer_start)


def answer_sums(
    network: Network, examples: Sequence[TokenExample], *, tuned: bool
) -> torch.Tensor:
    """(N,) log-probability of each answer in nats, the sum over its tokens."""
    groups = length_groups(examples)
    batches = [pack([examples[place] for place in group]) for group in groups]
    odds = network.log_odds(*batches, tuned=tuned)
    targets = torch.cat([batch.targets for batch in batches])
    owners = torch.cat(
        [torch.tensor(group)[batch.owners] for group, batch in zip(groups, batches, strict=True)]
    )
    return sequence_log_probs(
        odds, targets.to(odds.device), owners.to(odds.device), len(examples)
    )


@torch.no_grad()
def untuned_sums(
    network: Network, examples: Sequence[TokenExample], tick: Tick
) -> list[torch.Tensor]:
    """The same for the untuned model, a number each, eight at a time."""
    found: list[torch.Tensor] = []
    for start in range(0, len(examples), _ROWS):
        found += answer_sums(network, examples[start : start + _ROWS], tuned=False).cpu()
        tick()
    return found


@dataclass(frozen=True, slots=True)
class _Known:
    """An opinion with what the untuned model gives its answers.

    ``stranger`` is another thumb's answer put to this question, for the reference point of KTO.
    """

    opinion: Opinion
    untuned: torch.Tensor
    stranger: TokenExample | None = field(default=None, repr=False)
    stranger_untuned: torch.Tensor | None = None


@dataclass(frozen=True, slots=True)
class FeedbackLoss:
    """Loss of one step's opinions, weighted, and the tokens that were computed."""

    loss: float = 0.0
    tokens: int = 0


class FeedbackBank:
    """Deals opinions, each once before any comes again. Made by `prepared`."""

    def __init__(self, known: Sequence[_Known]) -> None:
        self._known = list(known)
        self._queue: list[_Known] = []
        self._random = random.Random(0)  # noqa: S311 - choices, not secrets

    @classmethod
    def prepared(cls, network: Network, opinions: Sequence[Opinion], tick: Tick) -> "FeedbackBank":
        """Asks the untuned model once for all that is needed of it.

        Args:
            network: Of the training; its adapter does not matter.
            opinions: What to learn.
            tick: Called now and then; may raise to stop.
        """
        strangers = _strangers(opinions)
        flat = [one for opinion in opinions for one in opinion.examples]
        sums = iter(untuned_sums(network, [*flat, *strangers.values()], tick))
        own = [torch.stack([next(sums) for _ in opinion.examples]) for opinion in opinions]
        theirs = {place: next(sums) for place in strangers}
        return cls(
            [
                _Known(opinion, own[place], strangers.get(place), theirs.get(place))
                for place, opinion in enumerate(opinions)
            ]
        )

    def started(self, seed: int) -> "FeedbackBank":
        """A fresh dealing of the same opinions."""
        fresh = FeedbackBank(self._known)
        fresh._random = random.Random(seed)  # noqa: S311 - choices, not secrets
        return fresh

    def backward(self, network: Network) -> FeedbackLoss:
        """Adds the gradients of this step's opinions to those of the network's parameters."""
        drawn = self._draw()
        if not drawn:
            return FeedbackLoss()
        examples = [one for known in drawn for one in known.opinion.examples]
        baseline = self._baseline(network, drawn)
        sums = answer_sums(network, examples, tuned=True)
        loss = _loss(sums, drawn, baseline.to(sums.device))
        loss.backward()  # type: ignore[no-untyped-call]
        strange = [known.stranger for known in drawn if known.stranger is not None]
        tokens = sum(len(one.ids) for one in (*examples, *strange))
        return FeedbackLoss(float(loss.detach()), tokens)

    def _draw(self) -> list[_Known]:
        drawn: list[_Known] = []
        while len(drawn) < min(A_STEP, len(self._known)):
            if not self._queue:
                self._queue = self._random.sample(self._known, len(self._known))
            drawn.append(self._queue.pop())
        return drawn

    @torch.no_grad()
    def _baseline(self, network: Network, drawn: Sequence[_Known]) -> torch.Tensor:
        strange = [known.stranger for known in drawn if known.stranger is not None]
        before = [known.stranger_untuned for known in drawn if known.stranger_untuned is not None]
        if not strange:
            return kto_baseline(torch.empty(0), torch.empty(0))
        now = answer_sums(network, strange, tuned=True)
        return kto_baseline(now, torch.stack(before).to(now.device))


def _strangers(opinions: Sequence[Opinion]) -> dict[int, TokenExample]:
    """For each thumb, by its place, the question with the answer of the next thumb."""
    thumbs = [place for place, one in enumerate(opinions) if len(one.examples) == 1]
    if len(thumbs) < 2:
        return {}
    found = {}
    for place, other in zip(thumbs, [*thumbs[1:], thumbs[0]], strict=True):
        (asked,), (answered,) = opinions[place].examples, opinions[other].examples
        ids = (*asked.ids[: asked.answer_start], *answered.ids[answered.answer_start :])
        found[place] = TokenExample(ids, asked.answer_start)
    return found


def _loss(sums: torch.Tensor, drawn: Sequence[_Known], baseline: torch.Tensor) -> torch.Tensor:
    """The mean over opinions of their weighted losses, of (N,) `sums` in the order of `drawn`."""
    parts = []
    for known, own in zip(drawn, torch.split(sums, [len(k.untuned) for k in drawn]), strict=True):
        opinion, untuned = known.opinion, known.untuned.to(sums.device)
        if opinion.good is not None and opinion.bad is not None:
            cost = dpo((own[:1], own[1:]), (untuned[:1], untuned[1:]), _BETA)
        else:
            liked = torch.tensor([opinion.good is not None], device=sums.device)
            cost = kto(own, untuned, liked, baseline, _BETA)
        part = _PREFERENCE_WEIGHT * cost.sum()
        if opinion.good is not None:
            part = part - _PLAIN_WEIGHT * own[0] / opinion.good.answer_tokens
        parts.append(opinion.weight * part)
    return torch.stack(parts).mean()


@torch.no_grad()
def preferred(network: Network, held: Sequence[Opinion], *, tuned: bool) -> tuple[int, float]:
    """How many comparisons the opinions that were held back give, and how many are right.

    A rewritten answer is right when the model gives its average token a higher log-probability than
    that of the answer it replaces. A liked answer is set against a disliked one, and is right when
    it has gained more by the tuning; without tuning nobody gains, and such a comparison is half
    right.
    """
    pairs = [one for one in held if len(one.examples) > 1]
    liked = [one.good for one in held if one.good and not one.bad]
    disliked = [one.bad for one in held if one.bad and not one.good]
    thumbs = list(zip(liked, disliked, strict=False))
    right = 0.0
    for pair in pairs:
        good, bad = _means(network, pair.examples, tuned=tuned)
        right += float(good > bad)
    for thumb in thumbs:
        if not tuned:
            right += 0.5
            continue
        now = _means(network, thumb, tuned=True)
        before = _means(network, thumb, tuned=False)
        right += float(now[0] - before[0] > now[1] - before[1])
    return len(pairs) + len(thumbs), right


def _means(
    network: Network, examples: Sequence[TokenExample], *, tuned: bool
) -> tuple[float, ...]:
    """Log-probability of the average token of each answer, nats."""
    sums = answer_sums(network, examples, tuned=tuned).tolist()
    return tuple(
        total / one.answer_tokens for total, one in zip(sums, examples, strict=True)
    )
