"""Rows before training: nothing of the test, nothing twice, every fold fair."""

from collections import Counter

import pytest

from engine.contract import EngineError
from engine.skills.dataset import FOLDS, prepare, split
from engine.skills.rows import LabelledRow


def made(*pairs: tuple[str, str | None]) -> list[LabelledRow]:
    return [LabelledRow(text, answer) for text, answer in pairs]


def many(count: int, labels: int = 2, start: str = "t") -> list[LabelledRow]:
    return [LabelledRow(f"{start}{n}", f"l{n % labels}") for n in range(count)]


def test_what_is_left_out_is_told() -> None:
    train = [
        *many(20), *made(("T1 ", "l1"), ("t2", "l0"), ("Seen  here", "l0")),
        LabelledRow("x", None), LabelledRow("y", None, several=True),
        *made(("odd", "l0"), ("odd", "l1")),
    ]  # fmt: skip
    data = prepare(train, made(("seen here", "l1"), ("z", "l0"), ("n", None)), written=False)
    assert dict(data.dropped) == {
        "test_no_label": 1, "no_label": 1, "several_labels": 1, "in_test": 1, "repeated": 2,
        "contradicting": 2,
    }  # fmt: skip
    assert len(data.train) == 20
    assert data.labels == ("l0", "l1")
    assert len(data.test) == 2


def test_no_training_text_is_in_the_test() -> None:
    data = prepare(many(40), many(10), written=False)
    assert not {row.text for row in data.train} & {row.text for row in data.test}


def test_written_answers_may_differ_about_a_text() -> None:
    train = [*many(20), *made(("t0", "another answer"))]
    assert len(prepare(train, made(("q", "a")), written=True).train) == 21


@pytest.mark.parametrize(
    ("train", "test", "part"),
    [
        (many(5), many(3, start="z"), "Only 5 usable rows"),
        (many(20, labels=1), many(3, labels=1, start="z"), "the same label"),
        (many(20), made(("z", None)), "No row of the test file"),
        (many(20), made(("z", "new"), ("y", "newer")), "2 labels that no usable training row"),
        (many(20), many(20), "Only 0 usable rows"),
    ],
)
def test_what_cannot_be_taught(train, test, part: str) -> None:
    with pytest.raises(EngineError) as caught:
        prepare(train, test, written=False)
    assert part in caught.value.detail


def test_folds_part_the_rows_and_keep_proportions() -> None:
    rows = [LabelledRow(f"t{n}", "rare" if n % 10 == 0 else "often") for n in range(200)]
    held = []
    for fold in range(FOLDS):
        train, validation = split(rows, fold, seed=1)
        assert len(train) + len(validation) == len(rows)
        assert not {row.text for row in train} & {row.text for row in validation}
        assert Counter(row.answer for row in validation)["rare"] == 4
        held += [row.text for row in validation]
    assert sorted(held) == sorted(row.text for row in rows)


def test_the_same_seed_cuts_alike_and_another_differently() -> None:
    rows = many(100)
    assert split(rows, 0, seed=1) == split(rows, 0, seed=1)
    assert {r.text for r in split(rows, 0, seed=1)[1]} != {
        r.text for r in split(rows, 0, seed=2)[1]
    }


def test_a_label_with_one_row_is_always_trained_on() -> None:
    rows = [*many(40), LabelledRow("only", "alone")]
    for fold in range(FOLDS):
        assert "only" in {row.text for row in split(rows, fold, seed=0)[0]}


def test_always_the_most_frequent_label() -> None:
    train = [LabelledRow(f"t{n}", "a" if n < 15 else "b") for n in range(20)]
    data = prepare(train, made(("x", "a"), ("y", "b"), ("z", "b"), ("w", "b")), written=False)
    assert data.majority_accuracy() == 0.25
