"""From labelled rows to what is trained on: checked, without repetitions, cut into folds."""

import random
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from engine.contract import EngineError, FailureKind
from engine.skills.rows import LabelledRow

FOLDS = 5
_MOST_VALIDATION = 400
_MOST_LABELS = 1000


@dataclass(frozen=True, slots=True)
class Dataset:
    """Rows ready for teaching.

    Attributes:
        labels: Every label of the training rows, sorted; empty for written answers.
        train: Texts with their answers; those of ``labels`` for classes.
        test: The same of the test file, repetitions included.
        dropped: How many training rows were left out, by reason code: ``no_label``,
            ``several_labels``, ``repeated``, ``contradicting``, ``in_test``, and test rows
            without a label as ``test_no_label``.
    """

    labels: tuple[str, ...] = field(repr=False)
    train: tuple[LabelledRow, ...] = field(repr=False)
    test: tuple[LabelledRow, ...] = field(repr=False)
    dropped: tuple[tuple[str, int], ...]

    def majority_accuracy(self) -> float:
        """Accuracy on the test rows of always giving the most frequent label of the train rows."""
        most = Counter(row.answer for row in self.train).most_common(1)[0][0]
        return sum(row.answer == most for row in self.test) / len(self.test)


def prepare(train: Sequence[LabelledRow], test: Sequence[LabelledRow], *, written: bool) -> Dataset:
    """Leaves out what would mislead training or flatter the test.

    Args:
        train: Rows of the training file.
        test: Rows of the test file; a training row with the text of a test row is left out.
        written: The answers are written ones, not labels.

    Raises:
        EngineError: ``BAD_INPUT``: too few rows or labels, or a test label never seen in training.
    """
    dropped: Counter[str] = Counter()
    kept_test = [row for row in test if row.answer is not None]
    dropped["test_no_label"] = len(test) - len(kept_test)
    known = _labelled_only(train, dropped)
    held_out = {_key(row.text) for row in kept_test}
    apart = [row for row in known if _key(row.text) not in held_out]
    dropped["in_test"] = len(known) - len(apart)
    kept = _once(apart, dropped, written=written)
    _check_counts(kept, kept_test)
    labels: tuple[str, ...] = ()
    if not written:
        labels = tuple(sorted({str(row.answer) for row in kept}))
        _check_labels(labels, kept_test)
    told = tuple((reason, count) for reason, count in dropped.items() if count)
    return Dataset(labels, tuple(kept), tuple(kept_test), told)


def split(
    rows: Sequence[LabelledRow], fold: int, seed: int
) -> tuple[list[LabelledRow], list[LabelledRow]]:
    """(to train on, to validate on): fold `fold` of `FOLDS`, each label in its own proportion.

    A label with a single row is never validated, and at most 400 rows are.
    """
    generator = random.Random(seed)  # noqa: S311  nothing secret hangs on it
    by_label: dict[str | None, list[LabelledRow]] = defaultdict(list)
    for row in rows:
        by_label[row.answer].append(row)
    if len(by_label) > len(rows) / 2:
        by_label = defaultdict(list, {None: list(rows)})
    train: list[LabelledRow] = []
    validation: list[LabelledRow] = []
    place = 0
    for label in sorted(by_label, key=str):
        members = by_label[label]
        generator.shuffle(members)
        for row in members:
            chosen = place % FOLDS == fold % FOLDS and len(members) > 1
            (validation if chosen else train).append(row)
            place += 1
    generator.shuffle(validation)
    train += validation[_MOST_VALIDATION:]
    return train, validation[:_MOST_VALIDATION]


def _labelled_only(rows: Sequence[LabelledRow], dropped: Counter[str]) -> list[LabelledRow]:
    dropped["several_labels"] = sum(row.several for row in rows)
    dropped["no_label"] = sum(row.answer is None and not row.several for row in rows)
    return [row for row in rows if row.answer is not None]


def _once(
    rows: Sequence[LabelledRow], dropped: Counter[str], *, written: bool
) -> list[LabelledRow]:
    """Each text once; classes that contradict each other about a text all go."""
    said: dict[str, set[str | None]] = defaultdict(set)
    for row in rows:
        said[_key(row.text)].add(row.answer)
    seen: set[tuple[str, str | None]] = set()
    kept = []
    for row in rows:
        key = _key(row.text)
        if not written and len(said[key]) > 1:
            dropped["contradicting"] += 1
        elif (key, row.answer) in seen:
            dropped["repeated"] += 1
        else:
            seen.add((key, row.answer))
            kept.append(row)
    return kept


def _key(text: str) -> str:
    """The same for texts that differ in case, width or spaces alone."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _check_counts(train: Sequence[LabelledRow], test: Sequence[LabelledRow]) -> None:
    if len(train) < 2 * FOLDS:
        raise _bad(
            f"Only {len(train)} usable rows are left to learn from; give at least {2 * FOLDS} "
            "labelled rows that are not in the test file."
        )
    if not test:
        raise _bad("No row of the test file has a label; the skill could not be examined.")


def _check_labels(labels: Sequence[str], test: Sequence[LabelledRow]) -> None:
    if len(labels) < 2:
        raise _bad("All training rows have the same label; give rows of at least two labels.")
    if len(labels) > _MOST_LABELS:
        raise _bad(f"There are more than {_MOST_LABELS} labels; take a field with fewer.")
    strange = len({row.answer for row in test} - set(labels))
    if strange:
        raise _bad(
            f"The test file has {strange} label{'s' if strange > 1 else ''} that no usable "
            "training row has; give each label some training rows."
        )


def _bad(sentence: str) -> EngineError:
    return EngineError(FailureKind.BAD_INPUT, sentence)
