"""Forgetting with proof: erase first, then ask the models for what is gone."""

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from engine.chat.prompt import build_turns
from engine.chat.turns import ChatTurn
from engine.contract import Emit, EngineError, Forget, Forgotten
from engine.control import JobControl, JobStopped
from engine.decode.adapter import AdapterWeights
from engine.library.forgetting import Erased, erase_for_good
from engine.model.loaded import LoadedModel
from engine.tuning.answering import ANSWER_TOKENS, side_by_side
from engine.tuning.augmentation import fact_of
from engine.tuning.grading import holds_value
from engine.tuning.progress import Progress
from storage.errors import StoreError
from storage.records import FEEDBACK_KINDS, ExampleRecord, ReportCard, Role
from storage.store import Store

_MOST_FACTS = 30
_WORDINGS = 2
"""Held-out wordings of each fact, beside its plain question."""


@dataclass(frozen=True, slots=True)
class ForgetContext:
    """What the job needs. ``model`` loads the model; ``learn`` trains on what is left."""

    store: Store
    command: Forget
    instruction: str = field(repr=False)
    control: JobControl
    emit: Emit
    model: Callable[[], LoadedModel]
    learn: Callable[[], ReportCard]


def forget(context: ForgetContext) -> Forgotten:
    """Erases at once, then measures; what goes wrong later takes nothing of the erasing back.

    The weights of the adapter that was active are held in memory until it was asked a last time.

    Raises:
        EngineError, StoreError: Nothing was erased.
        JobStopped: The engine shuts down; the erasing is done.
    """
    started = time.monotonic()
    erased = erase_for_good(context.store, context.command)
    done = Forgotten(
        job=context.command.job, examples_erased=erased.examples, memories_erased=erased.memories,
        messages_erased=erased.messages, adapters_retired=erased.retired, questions=0,
        recall_before=None, recall_untuned=None, recall_after=None,
        told_in_chat=erased.told_in_chat,
    )  # fmt: skip
    try:
        done = _proved(context, erased, done)
    except JobStopped:
        if context.control.shutting_down:
            raise
    except (EngineError, StoreError):
        if context.command.retrain:
            raise
    return replace(done, seconds=time.monotonic() - started)


def _proved(context: ForgetContext, erased: Erased, done: Forgotten) -> Forgotten:
    """`done` with the recalls and, where it is wished for, the training without the fact."""
    asked = questions_about(erased.learned)
    if asked:
        done = _measured(context, erased, asked, done)
    if context.command.retrain:
        done = replace(done, report=context.learn())
        if asked and _active_id(context.store) != erased.knew_id:
            probe = _Probe(context, asked)
            done = replace(done, recall_after=probe.recall(_active_weights(context.store), 1.0))
    return done


def _measured(
    context: ForgetContext, erased: Erased, asked: "Sequence[Asked]", done: Forgotten
) -> Forgotten:
    probe = _Probe(context, asked)
    untuned = probe.recall(None, 0.0)
    before = untuned if erased.knew is None else probe.recall(_read(erased.knew), 0.5)
    still_on = erased.knew_id is not None and _active_id(context.store) == erased.knew_id
    return replace(
        done, questions=len(asked), recall_before=before, recall_untuned=untuned,
        recall_after=before if still_on else untuned,
    )  # fmt: skip


def _read(data: bytes) -> AdapterWeights:
    return AdapterWeights.from_bytes(data)


def _active_id(store: Store) -> str | None:
    active = store.adapters.active()
    return active.id if active else None


def _active_weights(store: Store) -> AdapterWeights | None:
    active = _active_id(store)
    return None if active is None else _read(store.adapters.load(active))


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and the value that a right answer holds."""

    question: str = field(repr=False)
    value: str = field(repr=False)


def questions_about(learned: Sequence[ExampleRecord]) -> list[Asked]:
    """Each fact in its plain question and two wordings that training never sees.

    Of very many facts a random part is asked about.
    """
    draw = random.Random(len(learned))  # noqa: S311 - choices, not secrets
    facts = [one for one in learned if one.kind not in FEEDBACK_KINDS]
    if len(facts) > _MOST_FACTS:
        facts = draw.sample(facts, _MOST_FACTS)
    found = []
    for record in facts:
        held = fact_of(record).asked.held_out
        wordings = [record.question, *draw.sample(held, min(_WORDINGS, len(held)))]
        found += [Asked(question, record.value) for question in dict.fromkeys(wordings)]
    return found


class _Probe:
    """Asks one list of questions of several models."""

    def __init__(self, context: ForgetContext, asked: Sequence[Asked]) -> None:
        self._model = context.model()
        self._asked = asked
        self._progress = Progress(context.command.job, context.emit, context.control)
        self._prompts = [
            self._model.prompt_ids(
                build_turns(context.instruction, (), [ChatTurn(Role.USER, one.question)])
            )
            for one in asked
        ]

    def recall(self, adapter: AdapterWeights | None, begun: float) -> float:
        """The share of right answers; `begun` is how far the whole measuring was before."""
        phase = "exam_after" if begun >= 1.0 else "exam_before"
        told = side_by_side(
            self._model, self._prompts, ANSWER_TOKENS, adapter,
            lambda done: self._progress.phase(phase, min(begun + done / 2, 1.0)),
        )  # fmt: skip
        right = [
            holds_value(self._model.tokenizer.decode(ids), one.value)
            for ids, one in zip(told, self._asked, strict=True)
        ]
        self._model.decoder.use_adapter(None, 0.0)
        return sum(right) / len(right)
