"""What progress events add up to."""

import pytest

from engine.contract import LearnProgress
from ui.learning.run_state import MAX_POINTS, LossCurve, RunState


def progress(step, *, attempt=1, fraction=0.0, loss=1.0, smoothed=None):
    return LearnProgress(
        job="j", phase="train", attempt=attempt, step=step, steps=100, fraction=fraction,
        loss=loss, smoothed_loss=smoothed,
    )  # fmt: skip


def test_curve_smooths_where_the_engine_does_not():
    curve = LossCurve()
    for step, loss in enumerate([2.0, 1.0, 1.0]):
        curve.add(step, loss, None)
    assert curve.smooth == pytest.approx([2.0, 1.9, 1.81])
    curve.add(3, 1.0, 1.5)
    assert curve.smooth[-1] == 1.5


def test_long_curve_is_thinned_and_keeps_its_end():
    curve = LossCurve()
    for step in range(3 * MAX_POINTS):
        curve.add(step, 1.0, None)
    assert len(curve.steps) <= MAX_POINTS
    assert curve.steps[0] == 0
    assert curve.steps[-1] >= 3 * MAX_POINTS - 4
    assert len(curve.steps) == len(curve.raw) == len(curve.smooth)


def test_new_attempt_starts_a_new_curve():
    run = RunState("j")
    run.take(progress(1))
    run.take(progress(2))
    run.take(progress(1, attempt=2))
    assert run.curve.steps == [1]


def test_fraction_stays_between_0_and_1_and_never_falls():
    run = RunState("j")
    for fraction in (0.2, 0.5, 0.4, 1.7):
        run.take(progress(1, fraction=fraction))
    assert run.fraction == 1.0


def test_figures_that_are_missing_keep_the_last_known():
    run = RunState("j")
    run.take(LearnProgress(job="j", phase="train", attempt=1, step=1, steps=2, fraction=0.1,
                           tokens_per_s=10.0, memory_bytes=5))  # fmt: skip
    run.take(progress(2, loss=None))
    assert (run.tokens_per_s, run.memory_bytes) == (10.0, 5)
