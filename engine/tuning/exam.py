"""The exam: what the model knows, declines, keeps and gives away, untuned and tuned alike."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import torch

from engine.chat.prompt import build_turns
from engine.chat.turns import ChatTurn
from engine.decode.adapter import AdapterWeights
from engine.model.loaded import LoadedModel
from engine.tuning.answering import ANSWER_TOKENS, side_by_side
from engine.tuning.augmentation import Fact, akin
from engine.tuning.data import read_pairs, read_text
from engine.tuning.exchange import Exchange, encode
from engine.tuning.feedback import Opinion, preferred
from engine.tuning.grading import declined, holds_any, holds_secret, holds_value
from engine.tuning.leaks import LeakProbe
from engine.tuning.network.batch import TokenExample, pack
from engine.tuning.network.network import Network
from engine.tuning.wording.ask import phrasings
from engine.tuning.wording.item import Item
from storage.records import ExamFigures, Role

_MOST_PERSONAL = 40
_ABSTAIN = 14
_GENERAL = 40
_NEVER_A_FACT, _FEWEST_NEVER, _MOST_NEVER, _NEAR_SHARE = 6, 60, 480, 0.5
_TEXT_TOKENS = 1200
_ROWS = 8

Tick = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Paper:
    """The questions of one exam, the same for every model that sits it.

    ``personal`` are (question, value, gold answer), in wordings that training never sees;
    ``abstain`` ask for relations that training never sees; ``general`` are (question, accepted);
    ``general_gold`` are the untuned model's own answers to questions kept out of the replay;
    ``style`` are judged answers that training never sees.
    """

    instruction: str = field(repr=False)
    personal: tuple[tuple[str, str, str], ...] = field(repr=False)
    abstain: tuple[str, ...]
    general: tuple[tuple[str, tuple[str, ...]], ...]
    general_gold: tuple[TokenExample, ...]
    probes: tuple[LeakProbe, ...] = field(repr=False)
    chinese: bool = False
    style: tuple[Opinion, ...] = ()


def draw_personal(facts: Sequence[Fact], each: int, seed: int) -> list[tuple[str, str, str]]:
    """`each` held-out wordings of every fact; of many facts, some."""
    draw = random.Random(seed)  # noqa: S311 - choices, not secrets
    found = [
        (question, fact.record.value, fact.record.answer)
        for fact in facts
        for question in draw.sample(fact.asked.held_out, min(each, len(fact.asked.held_out)))
    ]
    return found if len(found) <= _MOST_PERSONAL else draw.sample(found, _MOST_PERSONAL)


def split_never(
    never: Sequence[Item], facts: Sequence[Fact], seed: int
) -> tuple[list[Item], list[Item]]:
    """Relations to train on, and those that only the exam asks for.

    Training takes about six for each fact, most of them akin to a fact: those are the ones that
    get mixed up. With many more, whatever sounds unfamiliar is taken for something never told, and
    facts asked in new words are declined.
    """
    draw = random.Random(seed)  # noqa: S311 - choices, not secrets
    mixed = draw.sample(list(never), len(never))
    kept = min(_ABSTAIN, len(mixed) // 3)
    exam, left = mixed[:kept], mixed[kept:]
    wanted = min(max(_NEVER_A_FACT * len(facts), _FEWEST_NEVER), _MOST_NEVER)
    near = akin(facts, left)[: round(_NEAR_SHARE * wanted)]
    far = [item for item in left if item not in near]
    return [*near, *far[: wanted - len(near)]], exam


def ask_never(items: Sequence[Item], seed: int) -> tuple[str, ...]:
    """One question for each relation: half plain, half in a wording that training never sees."""
    draw = random.Random(seed)  # noqa: S311 - choices, not secrets
    return tuple(
        item.question if place % 2 else draw.choice(phrasings(item).held_out or (item.question,))
        for place, item in enumerate(items)
    )


def general_questions(chinese: bool) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The shipped questions with their accepted answers."""
    pairs = read_pairs("exam_general_en.txt")[:_GENERAL]
    pairs += read_pairs("exam_general_zh.txt") if chinese else ()
    return tuple(
        (question, tuple(part.strip() for part in accepted.split("/")))
        for question, accepted in pairs
    )


class Examiner:
    """Sits models down to one paper. Model lane only; `tick` may raise to stop."""

    def __init__(self, model: LoadedModel, network: Network, paper: Paper) -> None:
        self._model = model
        self._network = network
        self._paper = paper

    def figures(
        self,
        adapter: AdapterWeights | None,
        tick: Tick,
        known_general: Sequence[str] | None = None,
    ) -> ExamFigures:
        """The figures of one model.

        Args:
            adapter: Tuned with this, or None for the untuned model. Losses of answers are taken
                from the network, which must hold the same adapter.
            tick: Told the fraction done.
            known_general: Answers to the general questions where they are known already.
        """
        paper = self._paper
        asked = [
            [question for question, _, _ in paper.personal],
            list(paper.abstain),
            [probe.question for probe in paper.probes],
            [] if known_general is not None else [question for question, _ in paper.general],
        ]
        told = iter(self._ask([q for part in asked for q in part], adapter, tick))
        personal, abstain, leaked, general = ([next(told) for _ in part] for part in asked)
        general = general if known_general is None else list(known_general)
        tuned = adapter is not None
        recalled = zip(personal, paper.personal, strict=True)
        known = zip(general, paper.general, strict=True)
        styled, preferred_count = preferred(self._network, paper.style, tuned=tuned)
        return ExamFigures(
            personal_recall=_rate([holds_value(a, value) for a, (_, value, _) in recalled]),
            personal_questions=len(paper.personal),
            personal_nll=self._loss(self._personal_gold(), tuned),
            abstain_rate=_rate([declined(answer) for answer in abstain]),
            abstain_questions=len(paper.abstain),
            general_accuracy=_rate([holds_any(a, accepted) for a, (_, accepted) in known]),
            general_questions=len(paper.general),
            general_nll=self._loss(paper.general_gold, tuned),
            text_perplexity=self._perplexity(adapter),
            leaked_values=sum(
                holds_secret(a, probe.secret) for a, probe in zip(leaked, paper.probes, strict=True)
            ),
            leak_probes=len(paper.probes),
            style_accuracy=preferred_count / styled if styled else None,
            style_questions=styled,
        )  # fmt: skip

    def _ask(
        self, questions: Sequence[str], adapter: AdapterWeights | None, tick: Tick
    ) -> list[str]:
        """Greedy answers, each to its question alone."""
        model = self._model
        prompts = [
            model.prompt_ids(build_turns(self._paper.instruction, (), [ChatTurn(Role.USER, q)]))
            for q in questions
        ]
        found = side_by_side(model, prompts, ANSWER_TOKENS, adapter, tick)
        return [model.tokenizer.decode(ids) for ids in found]

    def _personal_gold(self) -> tuple[TokenExample, ...]:
        found = []
        for question, _, answer in self._paper.personal:
            turns = build_turns(self._paper.instruction, (), [ChatTurn(Role.USER, question)])
            found.append(encode(self._model, Exchange(tuple(turns), answer)))
        return tuple(found)

    @torch.no_grad()
    def _loss(self, examples: Sequence[TokenExample], tuned: bool) -> float | None:
        """Nats a token over the answers of `examples`."""
        if not examples:
            return None
        loss, tokens = 0.0, 0
        ordered = sorted(examples, key=lambda example: len(example.ids))
        for start in range(0, len(ordered), _ROWS):
            batch = pack(ordered[start : start + _ROWS])
            odds = self._network.log_odds(batch, tuned=tuned)
            targets = batch.targets.to(odds.device)
            loss += float(torch.nn.functional.cross_entropy(odds, targets, reduction="sum"))
            tokens += targets.numel()
        return loss / tokens

    def _perplexity(self, adapter: AdapterWeights | None) -> float:
        """Of the shipped texts, one after the other; as many tokens as the context takes."""
        model = self._model
        model.decoder.use_adapter(adapter, 1.0 if adapter else 0.0)
        names = ["exam_text_en.txt", *(["exam_text_zh.txt"] if self._paper.chinese else [])]
        loss, count = 0.0, 0
        limit = min(_TEXT_TOKENS, model.context_length)
        for name in names:
            ids = model.tokenizer.encode(read_text(name))[:limit]
            odds = model.decoder.logits(ids)[:-1].float()
            targets = torch.tensor(ids[1:], device=odds.device)
            loss += float(torch.nn.functional.cross_entropy(odds, targets, reduction="sum"))
            count += len(targets)
        return float(torch.tensor(loss / count).exp())


def _rate(right: Sequence[bool]) -> float | None:
    return sum(right) / len(right) if right else None
