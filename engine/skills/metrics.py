"""Figures of an examination: accuracy, precision, recall, F1, confusion; overlap of answers.

A class that is never answered has precision 0, one without test rows recall 0; macro figures are
plain means over the classes that occur in the test rows (as scikit-learn gives them for those
labels).
"""

import unicodedata
from collections import Counter
from collections.abc import Sequence

from storage.skill_records import ClassFigures, SkillFigures

_CHRF_ORDER = 6
_CHRF_BETA = 2.0


def class_figures(
    labels: Sequence[str], truth: Sequence[int], answered: Sequence[int]
) -> SkillFigures:
    """Figures of answers by class.

    Args:
        labels: Names of the classes.
        truth: For each test row the index of its class.
        answered: For each test row the index that was answered.
    """
    count = len(labels)
    confusion = [[0] * count for _ in labels]
    for true, given in zip(truth, answered, strict=True):
        confusion[true][given] += 1
    classes = tuple(_one_class(labels, confusion, index) for index in range(count))
    present = [one for one in classes if one.rows]
    right = sum(confusion[index][index] for index in range(count))
    return SkillFigures(
        accuracy=right / len(truth),
        macro_precision=_mean([one.precision for one in present]),
        macro_recall=_mean([one.recall for one in present]),
        macro_f1=_mean([one.f1 for one in present]),
        classes=classes,
        confusion=tuple(tuple(row) for row in confusion),
        examined=len(truth),
    )


def _one_class(
    labels: Sequence[str], confusion: Sequence[Sequence[int]], index: int
) -> ClassFigures:
    right = confusion[index][index]
    rows = sum(confusion[index])
    answered = sum(row[index] for row in confusion)
    precision = right / answered if answered else 0.0
    recall = right / rows if rows else 0.0
    return ClassFigures(
        label=labels[index], rows=rows, precision=precision, recall=recall,
        f1=_harmonic(precision, recall, 1.0),
    )  # fmt: skip


# -- written answers ------------------------------------------------------------------------------


def exact_match(expected: Sequence[str], given: Sequence[str]) -> float:
    """Share of answers that are the expected one but for case and spaces."""
    pairs = zip(expected, given, strict=True)
    return _mean([float(_plain(one) == _plain(other)) for one, other in pairs])


def token_f1(expected: Sequence[str], given: Sequence[str]) -> float:
    """Mean F1 of shared words; a Chinese, Japanese or Korean character is a word."""
    pairs = zip(expected, given, strict=True)
    return _mean([_overlap(words(one), words(other), 1.0) for one, other in pairs])


def chrf(expected: Sequence[str], given: Sequence[str]) -> float:
    """Mean chrF (Popović 2015): character n-grams of 1 to 6 without spaces, recall twice as much.

    0 to 1; a mean over sentences rather than over the corpus.
    """
    return _mean([_chrf_one(one, other) for one, other in zip(expected, given, strict=True)])


def _chrf_one(expected: str, given: str) -> float:
    one, other = "".join(expected.split()), "".join(given.split())
    longest = min(_CHRF_ORDER, max(len(one), 1))
    return _mean(
        [_overlap(_grams(one, n), _grams(other, n), _CHRF_BETA) for n in range(1, longest + 1)]
    )


def _grams(text: str, size: int) -> list[str]:
    return [text[at : at + size] for at in range(len(text) - size + 1)]


def _overlap(expected: Sequence[str], given: Sequence[str], beta: float) -> float:
    if not expected or not given:
        return float(not expected and not given)
    shared = (Counter(expected) & Counter(given)).total()
    return _harmonic(shared / len(given), shared / len(expected), beta)


def _harmonic(precision: float, recall: float, beta: float) -> float:
    """F-beta; 0 where both are 0."""
    below = beta * beta * precision + recall
    return (1 + beta * beta) * precision * recall / below if below else 0.0


def words(text: str) -> list[str]:
    """Words of letters and digits in small letters; wide characters stand alone."""
    found: list[str] = []
    word = ""
    for character in unicodedata.normalize("NFKC", text).casefold():
        wide = unicodedata.east_asian_width(character) in "WF"
        if character.isalnum() and not wide:
            word += character
            continue
        if word:
            found.append(word)
        word = ""
        if wide and character.isalnum():
            found.append(character)
    return [*found, word] if word else found


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
