"""Teaching on a tiny random model: a task it can learn, one it cannot, stops, what is kept."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from engine.contract import ApplySkill, EngineError, SkillProgress, TeachSkill
from engine.control import JobControl, JobStopped
from engine.model.loaded import LoadedModel
from engine.skills.apply import apply_skill, read_given
from engine.skills.teach import read_lesson, teach
from storage.skill_records import SkillKind, SkillReport, SkillVerdict
from storage.store import Store

Write = Callable[..., Path]


def easy(count: int, start: int = 0) -> list[dict[str, Any]]:
    """Texts whose letter tells the label, each one different."""
    return [
        {"text": f"{'aaaa' if n % 2 else 'zzzz'} {n:03}", "label": "A" if n % 2 else "Z"}
        for n in range(start, start + count)
    ]


def run(
    model: LoadedModel,
    store: Store,
    command: TeachSkill,
    control: JobControl | None = None,
    emit: Callable[[Any], None] = lambda _event: None,
) -> SkillReport:
    return teach(model, store, command, read_lesson(command), control or JobControl(), emit)


@pytest.fixture
def command(write: Write) -> Callable[..., TeachSkill]:
    def make(**changed: Any) -> TeachSkill:
        files = {"train": str(write("train.jsonl", easy(60))),
                 "test": str(write("test.jsonl", easy(20, 100)))}  # fmt: skip
        return TeachSkill(**{"name": "letters", "max_minutes": 5.0, **files, **changed})

    return make


def test_an_easy_task_is_learned_kept_and_applied(
    tiny_model: LoadedModel, store: Store, command: Callable[..., TeachSkill]
) -> None:
    told: list[SkillProgress] = []
    report = run(tiny_model, store, command(), emit=told.append)
    assert report.verdict is SkillVerdict.TARGET_MET
    assert report.tuned.accuracy == 1.0
    assert report.tuned.confusion == ((10, 0), (0, 10))
    assert report.untuned.examined == 20
    assert report.majority_accuracy == 0.5
    assert store.skills.get("letters").report == report
    assert {"prepare", "untuned", "train", "validate", "test"} <= {one.phase for one in told}
    fractions = [one.fraction for one in told]
    assert fractions == sorted(fractions)
    ask = ApplySkill(name="letters", text="aaaa 777")
    (answer,) = apply_skill(
        tiny_model, store, store.skills.get("letters"), ask, read_given(ask), JobControl(),
        lambda _event: None,
    )  # fmt: skip
    assert answer.answer == "A"
    assert answer.confidence is not None
    assert answer.confidence > 0.5
    assert answer.others[0][0] == "Z"


def test_the_model_is_left_as_it_was(
    tiny_model: LoadedModel, store: Store, command: Callable[..., TeachSkill]
) -> None:
    before = tiny_model.decoder.logits([5, 6, 7])
    run(tiny_model, store, command())
    assert bool((tiny_model.decoder.logits([5, 6, 7]) == before).all())


def test_labels_without_meaning_are_not_kept(
    tiny_model: LoadedModel, store: Store, write: Write, command: Callable[..., TeachSkill]
) -> None:
    """One label stands for nearly all rows, the other for a few at random."""
    rows = [{"text": f"t {n * 7919 % 1000:03}", "label": "rare" if n % 9 == 0 else "often"}
            for n in range(60)]  # fmt: skip
    report = run(tiny_model, store, command(train=str(write("noise.jsonl", rows)),
                                            test=str(write("t.jsonl", [
                                                {"text": "x 1", "label": "rare"},
                                                {"text": "x 2", "label": "often"}]))))  # fmt: skip
    assert not report.verdict.startswith("target_met") or report.tuned.accuracy == 1.0
    assert report.kept == bool(store.skills.list())


def test_a_stop_before_anything_is_there(
    tiny_model: LoadedModel, store: Store, command: Callable[..., TeachSkill]
) -> None:
    control = JobControl()
    control.stop()
    with pytest.raises(JobStopped):
        run(tiny_model, store, command(), control)
    assert store.skills.list() == ()


def test_a_stop_that_keeps_examines_what_was_finished(
    tiny_model: LoadedModel, store: Store, command: Callable[..., TeachSkill]
) -> None:
    control = JobControl()

    def stop_in_the_second_attempt(event: SkillProgress) -> None:
        if event.attempt == 2:
            control.stop()

    report = run(tiny_model, store, command(target=1.0), control, stop_in_the_second_attempt)
    assert report.stopped
    assert report.kept
    assert len(report.attempts) == 1


def test_a_stop_that_discards_leaves_nothing(
    tiny_model: LoadedModel, store: Store, command: Callable[..., TeachSkill]
) -> None:
    control = JobControl()

    def stop_in_the_second_attempt(event: SkillProgress) -> None:
        if event.attempt == 2:
            control.stop(keep=False)

    with pytest.raises(JobStopped):
        run(tiny_model, store, command(target=1.0), control, stop_in_the_second_attempt)
    assert store.skills.list() == ()


def test_the_same_seed_repeats(
    tiny_model: LoadedModel, store: Store, command: Callable[..., TeachSkill]
) -> None:
    one, other = (run(tiny_model, store, command(seed=5)) for _ in range(2))
    assert [a.validation for a in one.attempts] == [a.validation for a in other.attempts]


def test_the_test_rows_change_nothing_but_the_figures(
    tiny_model: LoadedModel, store: Store, write: Write, command: Callable[..., TeachSkill]
) -> None:
    """Turned test labels give a figure of 0, and the same skill byte for byte."""
    turned = [{**row, "label": "Z" if row["label"] == "A" else "A"} for row in easy(20, 100)]
    run(tiny_model, store, command())
    plain = store.skills.load("letters")
    report = run(tiny_model, store, command(test=str(write("turned.jsonl", turned))))
    assert report.tuned.accuracy == 0.0
    assert report.verdict is SkillVerdict.TARGET_NOT_MET
    assert store.skills.load("letters") == plain


def test_written_answers(tiny_model: LoadedModel, store: Store, write: Write) -> None:
    rows = [{"question": f"say {n}", "answer": f"yes {n}"} for n in range(30)]
    made = TeachSkill(
        name="echo", max_minutes=2.0, train=str(write("q.jsonl", rows[:24])),
        test=str(write("qt.jsonl", rows[24:])),
    )  # fmt: skip
    report = run(tiny_model, store, made)
    assert report.kind is SkillKind.GENERATION
    assert report.verdict is SkillVerdict.BETTER
    assert report.tuned.nll_per_token is not None
    assert report.untuned.nll_per_token is not None
    assert report.tuned.nll_per_token < report.untuned.nll_per_token
    ask = ApplySkill(name="echo", text="say 3")
    (answer,) = apply_skill(
        tiny_model, store, store.skills.get("echo"), ask, read_given(ask), JobControl(),
        lambda _event: None,
    )  # fmt: skip
    assert answer.confidence is None


def test_a_skill_of_another_model_says_so(
    tiny_model: LoadedModel, store: Store, command: Callable[..., TeachSkill]
) -> None:
    run(tiny_model, store, command())
    record = store.skills.get("letters")
    data = store.skills.load("letters")
    other = store.skills.save(data=data, model_id="b" * 64, report=record.report)
    ask = ApplySkill(name="letters", text="x")
    with pytest.raises(EngineError, match="another model"):
        apply_skill(tiny_model, store, other, ask, read_given(ask), JobControl(),
                    lambda _event: None)  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "part"),
    [
        ({"name": "  "}, "needs a name"),
        ({"name": "x" * 81}, "at most 80"),
        ({"target": 1.5}, "at most 1"),
        ({"max_minutes": 0.0}, "above 0"),
        ({"label_words": (("Q", "what"),)}, "training file lacks"),
    ],
)
def test_values_are_checked(command: Callable[..., TeachSkill], changed: Any, part: str) -> None:
    with pytest.raises(EngineError) as caught:
        read_lesson(command(**changed))
    assert part in caught.value.detail


def test_replies_are_served_while_teaching(
    tiny_model: LoadedModel, store: Store, command: Callable[..., TeachSkill]
) -> None:
    served = threading.Event()
    run(tiny_model, store, command(), JobControl(serve=served.set))
    assert served.is_set()
