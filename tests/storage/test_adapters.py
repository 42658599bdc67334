"""Adapters: versions, the one in use, rollback, retirement, destruction."""

from collections.abc import Callable
from pathlib import Path

import pytest

from storage.data_key import DataKey
from storage.errors import NotFound, SealBroken, StoreError
from storage.profile import ProfilePaths
from storage.records import (
    AdapterRecord,
    AdapterState,
    AttemptRecord,
    ExamFigures,
    ReportCard,
    Verdict,
)
from storage.store import Store

FIGURES = ExamFigures(personal_recall=0.9, personal_questions=10, text_perplexity=21.5)
REPORT = ReportCard(
    verdict=Verdict.ACTIVATED, adapter_id="mine", seconds=12.5, tokens_trained=1000, examples=3,
    untuned=ExamFigures(), tuned=FIGURES, reasons=("personal_better",),
    attempts=(
        AttemptRecord(number=1, recipe={"rank": 16, "lr": 0.001, "optimizer": "adamw"}, steps=10,
                      final_loss=0.5, seconds=6.0, tokens_trained=1000, passed=True,
                      reasons=("a", "b"), figures=FIGURES),
        AttemptRecord(number=2, recipe={}, steps=0, final_loss=1.0, seconds=0.0,
                      tokens_trained=0, passed=False),
    ),
)  # fmt: skip

Add = Callable[..., AdapterRecord]


@pytest.fixture
def add(store: Store) -> Add:
    def make(data: bytes = b"weights", **more: object) -> AdapterRecord:
        return store.adapters.add(data=data, model_id="model", **more)  # type: ignore[arg-type]

    return make


def test_everything_about_an_adapter_is_kept(store: Store, add: Add) -> None:
    made = add(
        adapter_id="mine", seed=7, recipe={"rank": 16, "name": "x"}, example_ids=("b", "a"),
        report=REPORT,
    )  # fmt: skip
    assert store.adapters.get("mine") == made
    assert made.report == REPORT
    assert made.recipe == {"rank": 16, "name": "x"}
    assert made.example_ids == ("b", "a")
    assert (made.version, made.seed, made.size_bytes) == (1, 7, len(b"weights"))
    assert not made.active
    assert store.adapters.load("mine") == b"weights"


def test_versions_are_never_used_twice(store: Store, add: Add) -> None:
    first, second = add(), add()
    store.adapters.delete(second.id)
    third = add()
    assert [first.version, second.version, third.version] == [1, 2, 3]
    assert [one.id for one in store.adapters.list()] == [third.id, first.id]


def test_rollback_goes_down_step_by_step(store: Store, add: Add) -> None:
    a, b = add(), add()
    store.adapters.activate(a.id)
    store.adapters.activate(b.id)
    store.adapters.activate(b.id)
    assert store.adapters.active() == store.adapters.get(b.id)
    assert store.adapters.get(b.id).active
    back = store.adapters.roll_back()
    assert back is not None
    assert back.id == a.id
    assert [one.active for one in store.adapters.list()] == [False, True]
    assert store.adapters.roll_back() is None
    assert store.adapters.roll_back() is None
    assert store.adapters.active() is None


def test_switching_off_can_be_rolled_back(store: Store, add: Add) -> None:
    a = add()
    store.adapters.activate(a.id)
    assert store.adapters.activate(None) is None
    back = store.adapters.roll_back()
    assert back is not None
    assert back.id == a.id


@pytest.mark.parametrize("state", [AdapterState.REJECTED, AdapterState.RETIRED])
def test_only_ready_ones_can_be_switched_on(
    store: Store, add: Add, state: AdapterState
) -> None:
    good, bad = add(), add(state=state)
    store.adapters.activate(good.id)
    with pytest.raises(StoreError, match="another version"):
        store.adapters.activate(bad.id)
    active = store.adapters.active()
    assert active is not None
    assert active.id == good.id


def test_deleting_destroys_file_and_key_and_switches_off(
    store: Store, add: Add, paths: ProfilePaths
) -> None:
    a, b = add(), add()
    store.adapters.activate(a.id)
    store.adapters.activate(b.id)
    store.adapters.delete(b.id)
    assert store.adapters.active() is None
    assert [path.stem for path in paths.vault.iterdir()] == [a.file_id]
    assert [file.id for file in store.vault.list()] == [a.file_id]
    with pytest.raises(NotFound):
        store.adapters.load(b.id)
    back = store.adapters.roll_back()
    assert back is not None
    assert back.id == a.id
    store.adapters.delete(a.id)
    assert store.adapters.roll_back() is None
    assert store.check() == ()


def test_adapters_of_forgotten_examples_are_retired(store: Store, add: Add) -> None:
    a, b = add(example_ids=("x", "y")), add(example_ids=("z",))
    store.adapters.activate(b.id)
    store.adapters.activate(a.id)
    assert store.adapters.retire_for_examples(["y", "unknown"]) == (a.id,)
    assert store.adapters.get(a.id).state is AdapterState.RETIRED
    assert store.adapters.active() is None
    assert store.adapters.get(b.id).state is AdapterState.READY
    back = store.adapters.roll_back()
    assert back is not None
    assert back.id == b.id
    assert store.adapters.retire_for_examples([]) == ()


def test_a_lost_file_retires_its_adapter(store: Store, add: Add, paths: ProfilePaths) -> None:
    a, b = add(), add()
    store.adapters.activate(a.id)
    (paths.vault / f"{a.file_id}.sealed").unlink()
    with pytest.raises(SealBroken):
        store.adapters.load(a.id)
    assert len(store.check()) == 1
    assert store.adapters.retire_missing() == (a.id,)
    assert store.adapters.active() is None
    assert store.adapters.get(b.id).state is AdapterState.READY


def test_what_is_active_survives_opening_again(
    store: Store, add: Add, paths: ProfilePaths, key: DataKey
) -> None:
    a = add()
    store.adapters.activate(a.id)
    other = Store.open(paths, key)
    active = other.adapters.active()
    assert active is not None
    assert other.adapters.load(active.id) == b"weights"
    other.close()


def test_a_failed_addition_leaves_no_file(
    store: Store, add: Add, paths: ProfilePaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("storage.adapters.report_to_json", fail)
    with pytest.raises(ZeroDivisionError):
        add()
    assert store.adapters.list() == ()
    assert list(Path(paths.vault).iterdir()) == []


def test_states_of_unfinished_trainings_go_with_what_they_learned(store: Store) -> None:
    chat = store.conversations.create("x").id
    store.vault.seal("checkpoint", b"weights that know")
    store.adapters.retire_for_examples(["some example"])
    assert store.vault.list("checkpoint") == ()
    store.vault.seal("checkpoint", b"weights that know")
    store.conversations.purge(chat)
    assert store.vault.list("checkpoint") == ()
