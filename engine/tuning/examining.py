"""An exam of its own: an adapter beside no adapter, nothing trained."""

import random
import time
from dataclasses import dataclass, field

from engine.contract import Emit, Examine, Examined
from engine.control import JobControl
from engine.decode.adapter import AdapterWeights
from engine.model.loaded import LoadedModel
from engine.tuning.exam import Examiner
from engine.tuning.gate import judge
from engine.tuning.lesson import Lesson, approved_examples, approved_feedback, prepare
from engine.tuning.network.network import build_network, load_into
from engine.tuning.progress import Progress
from engine.tuning.recipe import EFFORTS
from storage.records import AdapterRecord, ExamFigures
from storage.settings import SettingValue
from storage.store import Store

_PLAIN_RANK = 1


@dataclass(frozen=True, slots=True)
class ExamContext:
    """What an exam needs; ``adapter`` and ``weights`` are None for the untuned model alone."""

    model: LoadedModel
    store: Store
    command: Examine
    settings: dict[str, SettingValue] = field(repr=False)
    adapter: AdapterRecord | None
    weights: AdapterWeights | None = field(repr=False)
    control: JobControl
    emit: Emit


def examine(context: ExamContext) -> Examined:
    """Draws a fresh paper from the approved examples and has both models sit it.

    Raises:
        JobStopped: The user stopped; nothing has changed.
        EngineError: ``ADAPTER_DAMAGED``, ``OUT_OF_MEMORY`` and the like.
    """
    started = time.monotonic()
    progress = Progress(context.command.job, context.emit, context.control)
    lesson = _lesson(context, progress)
    untuned, tuned = _sat(context, lesson, progress)
    return Examined(
        job=context.command.job, adapter_id=context.adapter.id if context.adapter else None,
        facts=len(lesson.facts), untuned=untuned, tuned=tuned,
        reasons=judge(untuned, tuned).reasons if tuned else (),
        seconds=time.monotonic() - started,
    )  # fmt: skip


def _lesson(context: ExamContext, progress: Progress) -> Lesson:
    """What the adapter learned, as it reads now; without one, all that is approved."""
    examples, feedback = approved_examples(context.store), approved_feedback(context.store)
    if context.adapter is not None and context.adapter.example_ids:
        learned = set(context.adapter.example_ids)
        examples = tuple(one for one in examples if one.id in learned)
        feedback = tuple(one for one in feedback if one.id in learned)
    effort = EFFORTS[str(context.settings["preset"])]
    return prepare(
        context.model, context.store, examples, str(context.settings["instruction"]),
        phrasings_each=effort.phrasings, replay_share=effort.share_for(len(examples)),
        seed=random.SystemRandom().randrange(2**31),
        tick=lambda done: progress.phase("prepare", done), feedback=feedback,
    )  # fmt: skip


def _sat(
    context: ExamContext, lesson: Lesson, progress: Progress
) -> tuple[ExamFigures, ExamFigures | None]:
    """The figures without and with the adapter; the model is left without one."""
    weights = context.weights
    rank, alpha = (weights.rank, weights.alpha) if weights else (_PLAIN_RANK, 1.0)
    network = build_network(context.model, rank=rank, alpha=alpha, seed=0)
    try:
        examiner = Examiner(context.model, network, lesson.paper)
        untuned = examiner.figures(
            None, lambda done: progress.phase("exam_before", done),
            known_general=lesson.known_general,
        )  # fmt: skip
        if weights is None:
            return untuned, None
        load_into(network, weights)
        tuned = examiner.figures(weights, lambda done: progress.phase("exam_after", done))
        return untuned, tuned
    finally:
        context.model.decoder.use_adapter(None, 0.0)
        closing = getattr(network, "close", None)
        if closing is not None:
            closing()
