"""Two versions beside each other, as a window or a terminal sees them."""

from dataclasses import replace

import pytest

from engine.contract import (
    ComparedAnswers,
    ComparedVersions,
    CompareVersions,
    ComparisonsListed,
    Failed,
    FailureKind,
    KeepComparison,
    ListComparisons,
    Stop,
    Stopped,
)
from storage.records import AdapterRecord, AdapterState

QUESTIONS = ("What is my dog called?", "What do bees make?", "  ")


@pytest.fixture
def two(make):
    return make(tokens=4)


def test_a_version_beside_itself_and_nothing_to_ask_are_refused(two):
    for command in (
        CompareVersions(first="off", second="off", questions=QUESTIONS),
        CompareVersions(questions=("  ",)),
        CompareVersions(count=0),
    ):
        failed = two.ask(command)
        assert isinstance(failed, Failed)
        assert failed.kind is FailureKind.BAD_INPUT
    failed = two.ask(CompareVersions(second="gone", questions=QUESTIONS))
    assert failed.kind is FailureKind.NOT_FOUND


def test_tallies_are_kept_and_listed_and_empty_ones_refused(two):
    assert two.ask(ListComparisons()).comparisons == ()
    tally = KeepComparison(
        first_id=None, second_id=None, first_better=1, second_better=3, same=1
    )
    kept = two.ask(tally)
    assert isinstance(kept, ComparisonsListed)
    again = KeepComparison(first_id=None, second_id=None, first_better=0, second_better=0, same=2)
    listed = two.ask(again).comparisons
    assert [(c.first_better, c.second_better, c.same) for c in listed] == [(0, 0, 2), (1, 3, 1)]
    assert two.ask(ListComparisons()).comparisons == listed
    for wrong in (replace(tally, job="a", first_better=-1), replace(tally, job="b", first_better=0,
                  second_better=0, same=0)):  # fmt: skip
        assert two.ask(wrong).kind is FailureKind.BAD_INPUT
    gone = two.ask(replace(tally, job="c", second_id="gone"))
    assert gone.kind is FailureKind.NOT_FOUND
    assert two.ask(ListComparisons()).comparisons == listed


def test_a_locked_profile_compares_nothing(make):
    bench = make(state="locked")
    for command in (CompareVersions(questions=QUESTIONS), ListComparisons()):
        assert bench.ask(command).kind is FailureKind.LOCKED


def test_one_version_that_is_on_and_the_untuned_one_answer_the_same_questions(make, request):
    if "fake" not in request.node.name:
        pytest.skip("no adapter is trained here; the real one is in tests/engine/tuning")
    bench = make(tokens=4)
    with bench.engine.world.lock:
        made = AdapterRecord(id="a", version=1, created_at=0.0, model_id="m", file_id="f",
                             state=AdapterState.READY, size_bytes=1, active=True)  # fmt: skip
        bench.engine.world.adapters["a"] = made
    command = CompareVersions(questions=QUESTIONS)
    done = bench.ask(command)
    assert isinstance(done, ComparedVersions)
    assert (done.first_id, done.second_id, done.questions) == (None, "a", 2)
    told = [event for event in bench.of(command.job) if isinstance(event, ComparedAnswers)]
    assert [(one.number, one.count, one.question) for one in told] == [
        (0, 2, QUESTIONS[0]), (1, 2, QUESTIONS[1]),
    ]  # fmt: skip
    assert bench.ask(CompareVersions(count=3)).questions == 3


def test_a_comparison_can_be_stopped(two):
    command = CompareVersions(questions=QUESTIONS)
    two.submit(command)
    two.submit(Stop(target=command.job))
    assert isinstance(two.end(command.job), (Stopped, Failed, ComparedVersions))
