"""A scripted run of the learning loop: phases, a falling loss and a report card."""

import math
import time
from dataclasses import replace
from uuid import uuid4

from engine.contract import (
    Done,
    Emit,
    EngineError,
    FailureKind,
    Learn,
    LearnDone,
    LearnProgress,
    LearnStarted,
)
from engine.control import JobControl, JobStopped
from engine.fakery.collecting import collect
from engine.fakery.script import FakeScript
from engine.fakery.world import FAKE_MODEL, World
from storage.records import (
    AdapterRecord,
    AdapterState,
    AttemptRecord,
    ExamFigures,
    ExampleRecord,
    ExampleStatus,
    ReportCard,
    Verdict,
)

__all__ = ["AFTER", "BEFORE", "learn"]

_TOKENS_A_STEP = 640
BEFORE = ExamFigures(
    personal_recall=0.0, personal_questions=12, personal_nll=4.1, abstain_rate=0.2,
    abstain_questions=10, general_accuracy=0.9, general_questions=20, general_nll=0.83,
    text_perplexity=23.6, leaked_values=0, leak_probes=8,
)  # fmt: skip
AFTER = replace(BEFORE, personal_recall=1.0, personal_nll=0.2, abstain_rate=0.95,
                 general_nll=0.82, text_perplexity=23.8)  # fmt: skip
_WORSE = replace(BEFORE, general_accuracy=0.6, text_perplexity=32.1)


def learn(
    world: World, script: FakeScript, command: Learn, control: JobControl, emit: Emit
) -> Done:
    """Runs the scripted loop; raises `JobStopped` when it was stopped to discard."""
    started = time.monotonic()
    if not world.settings["learning_consent"]:
        raise EngineError(
            FailureKind.BAD_INPUT, "Learning is off; allow it on the Learning page first."
        )
    emit(LearnProgress(job=command.job, phase="collect", attempt=0, step=0, steps=0, fraction=0.0))
    examples = _approved(world, approve=command.approve_all)
    if not examples:
        return LearnDone(job=command.job, report=_card(Verdict.NOTHING_TO_LEARN, 0, started, 0))
    recipe: tuple[tuple[str, float | int | str], ...] = (("rank", 16), ("learning_rate", 1e-3))
    emit(LearnStarted(job=command.job, examples=len(examples), recipe=recipe))
    steps = _train(script, command.job, control, emit)
    verdict = Verdict(script.verdict)
    with world.lock:
        card = _card(verdict, len(examples), started, steps)
        adapter = _add_adapter(world, card, examples)
        return LearnDone(job=command.job, report=replace(card, adapter_id=adapter.id))


def _approved(world: World, *, approve: bool) -> list[ExampleRecord]:
    with world.lock:
        collect(world)
        if approve:
            for example in list(world.examples.values()):
                if example.status is ExampleStatus.PENDING:
                    world.examples[example.id] = replace(example, status=ExampleStatus.APPROVED)
                    world.remember(example.answer, example_id=example.id,
                                   source_message_id=example.source_message_id)  # fmt: skip
        return [e for e in world.examples.values() if e.status is ExampleStatus.APPROVED]


def _train(script: FakeScript, job: str, control: JobControl, emit: Emit) -> int:
    """Tells one progress event a step; returns the number of steps made."""
    smoothed, total = 4.0, script.learn_steps
    phases = [("prepare", 0), ("exam_before", 0), *(("train", n + 1) for n in range(total))]
    done = 0
    try:
        for number, (phase, step) in enumerate([*phases, ("exam_after", total)]):
            control.checkpoint()
            time.sleep(script.learn_step_s)
            done = step
            loss = 4.0 * math.exp(-4 * step / total) + 0.25 * math.sin(step) ** 2
            smoothed = 0.9 * smoothed + 0.1 * loss
            training = phase == "train"
            told = LearnProgress(
                job=job, phase=phase, attempt=1, step=step, steps=total,
                fraction=number / (len(phases) + 1), loss=loss if training else None,
                smoothed_loss=smoothed if training else None, tokens_per_s=420.0,
                seconds_left=(total - step) * script.learn_step_s, memory_bytes=1_400_000_000,
            )  # fmt: skip
            emit(told)
    except JobStopped:
        if not control.keep or not done:
            raise
    return done


def _card(verdict: Verdict, examples: int, started: float, steps: int) -> ReportCard:
    if verdict is Verdict.NOTHING_TO_LEARN:
        nothing = ExamFigures()
        return ReportCard(verdict=verdict, adapter_id=None, seconds=0.0, tokens_trained=0,
                          examples=0, untuned=nothing, tuned=nothing)  # fmt: skip
    passed = verdict is Verdict.ACTIVATED
    tuned, reasons = (AFTER, ()) if passed else (_WORSE, ("general_worse",))
    seconds = time.monotonic() - started
    attempt = AttemptRecord(
        number=1, recipe={"rank": 16, "learning_rate": 1e-3}, steps=steps, final_loss=0.12,
        seconds=seconds, tokens_trained=steps * _TOKENS_A_STEP, passed=passed, reasons=reasons,
        figures=tuned,
    )  # fmt: skip
    return ReportCard(
        verdict=verdict, adapter_id=None, seconds=seconds, tokens_trained=steps * _TOKENS_A_STEP,
        examples=examples, untuned=BEFORE, tuned=tuned, attempts=(attempt,), reasons=reasons,
    )  # fmt: skip


def _add_adapter(world: World, card: ReportCard, examples: list[ExampleRecord]) -> AdapterRecord:
    passed = card.verdict is Verdict.ACTIVATED
    made = AdapterRecord(
        id=uuid4().hex, version=len(world.adapters) + 1, created_at=time.time(),
        model_id=FAKE_MODEL.id, state=AdapterState.READY if passed else AdapterState.REJECTED,
        file_id=uuid4().hex, size_bytes=9_800_000, seed=1,
        recipe={"rank": 16, "learning_rate": 1e-3}, example_ids=tuple(e.id for e in examples),
    )  # fmt: skip
    made = replace(made, report=replace(card, adapter_id=made.id))
    world.adapters[made.id] = made
    if passed:
        world.activate(made.id)
    world.note("learned", made.id)
    return made
