"""May a tuned model be switched on? Compares exam figures; knows nothing of how they came about."""

from dataclasses import dataclass

from storage.records import ExamFigures

_LEAST_GAIN = 0.3
_LOWEST_RECALL_AIM = 0.9
_LOWEST_ABSTAIN_AIM = 0.8
_MOST_TEXT_LOSS = 1.05
_TEXT_AIM = 1.03
_MOST_NLL_RISE = 0.2
_GENERAL_SLACK = 0.06
_STYLE_AIM = 0.9


@dataclass(frozen=True, slots=True)
class Judgement:
    """``blocking`` findings keep an adapter off; ``wishes`` are worth another attempt.

    ``score`` ranks attempts of one run: higher is better.
    """

    blocking: tuple[str, ...]
    wishes: tuple[str, ...]
    score: float

    @property
    def passed(self) -> bool:
        """May it be switched on?"""
        return not self.blocking

    @property
    def reasons(self) -> tuple[str, ...]:
        """All findings, those that block first."""
        return (*self.blocking, *self.wishes)


FAILED = Judgement(("diverged",), (), float("-inf"))
"""Of a training whose loss was no number any more: there is nothing to examine."""


_HARM = frozenset(("general_worse", "general_nll_worse", "text_worse", "text_slightly_worse"))


def harmed(reasons: tuple[str, ...]) -> bool:
    """Do the findings tell of general knowledge that suffered?"""
    return not _HARM.isdisjoint(reasons)


def judge(untuned: ExamFigures, tuned: ExamFigures) -> Judgement:
    """Personal must clearly improve; general and leak must hold; the untuned model sets the mark.

    A few lucky answers are no gain: an adapter that knows little mostly declines.
    """
    recall, before = tuned.personal_recall or 0.0, untuned.personal_recall or 0.0
    abstain, could = tuned.abstain_rate, untuned.abstain_rate or 0.0
    text = _ratio(tuned.text_perplexity, untuned.text_perplexity)
    blocking = []
    wishes = []
    told = bool(tuned.personal_questions or not tuned.style_questions)
    blocking += _style(untuned, tuned, alone=not told)
    if told and recall < min(before + _LEAST_GAIN, 1.0):
        blocking.append("personal_not_better")
    if _drop(untuned.general_accuracy, tuned.general_accuracy) > _slack(untuned):
        blocking.append("general_worse")
    if not text <= _MOST_TEXT_LOSS:
        blocking.append("text_worse")
    if not _drop(tuned.general_nll, untuned.general_nll) <= _MOST_NLL_RISE:
        blocking.append("general_nll_worse")
    if abstain is not None and abstain < could:
        blocking.append("abstain_worse")
    if tuned.leaked_values > untuned.leaked_values:
        blocking.append("leaked")
    if told and recall < _LOWEST_RECALL_AIM:
        wishes.append("personal_weak")
    if abstain is not None and abstain < _LOWEST_ABSTAIN_AIM:
        wishes.append("abstain_weak")
    if _TEXT_AIM < text <= _MOST_TEXT_LOSS:
        wishes.append("text_slightly_worse")
    score = recall + 0.5 * (abstain or 0.0) - 2 * max(0.0, text - 1)
    score -= _drop(untuned.general_accuracy, tuned.general_accuracy)
    score += 0.25 * (tuned.style_accuracy or 0.0)
    return Judgement(tuple(blocking), tuple(wishes), score)


def _style(untuned: ExamFigures, tuned: ExamFigures, *, alone: bool) -> list[str]:
    """Are the answers that the user wants preferred? Without facts (`alone`) they must clearly be.

    One comparison may always turn out worse.
    """
    before, after = untuned.style_accuracy, tuned.style_accuracy
    if before is None or after is None:
        return []
    if alone and after < min(before + _LEAST_GAIN, _STYLE_AIM):
        return ["style_not_better"]
    return ["style_worse"] if before - after > 1.001 / tuned.style_questions else []


def _slack(untuned: ExamFigures) -> float:
    """One answer may always change; of many, a small share."""
    one = 1.001 / max(untuned.general_questions, 1)
    return max(one, _GENERAL_SLACK)


def _drop(before: float | None, after: float | None) -> float:
    return 0.0 if before is None or after is None else before - after


def _ratio(after: float | None, before: float | None) -> float:
    return 1.0 if after is None or not before else after / before
