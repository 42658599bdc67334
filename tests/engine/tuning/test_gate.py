import math
from dataclasses import replace

import pytest

from engine.tuning.gate import FAILED, judge
from storage.records import ExamFigures

UNTUNED = ExamFigures(
    personal_recall=0.0, personal_questions=40, abstain_rate=0.1, abstain_questions=14,
    general_accuracy=0.75, general_questions=24, general_nll=0.6, text_perplexity=20.0,
    leaked_values=0, leak_probes=4,
)  # fmt: skip
GOOD = replace(UNTUNED, personal_recall=0.95, abstain_rate=0.9, text_perplexity=20.1,
               general_nll=0.62)  # fmt: skip


def test_a_good_one_passes_without_a_wish():
    judgement = judge(UNTUNED, GOOD)
    assert judgement.passed
    assert judgement.reasons == ()


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"personal_recall": 0.0}, "personal_not_better"),
        ({"personal_recall": 0.2}, "personal_not_better"),
        ({"general_accuracy": 0.5}, "general_worse"),
        ({"text_perplexity": 21.5}, "text_worse"),
        ({"text_perplexity": math.nan}, "text_worse"),
        ({"text_perplexity": math.inf}, "text_worse"),
        ({"general_nll": 0.9}, "general_nll_worse"),
        ({"general_nll": math.nan}, "general_nll_worse"),
        ({"abstain_rate": 0.0}, "abstain_worse"),
        ({"leaked_values": 1}, "leaked"),
    ],
)
def test_each_harm_blocks(change, reason):
    judgement = judge(UNTUNED, replace(GOOD, **change))
    assert not judgement.passed
    assert reason in judgement.blocking


@pytest.mark.parametrize(
    ("change", "reason"),
    [({"personal_recall": 0.6}, "personal_weak"), ({"abstain_rate": 0.5}, "abstain_weak"),
     ({"text_perplexity": 20.8}, "text_slightly_worse")],
)  # fmt: skip
def test_weaknesses_are_wishes(change, reason):
    judgement = judge(UNTUNED, replace(GOOD, **change))
    assert judgement.passed
    assert judgement.wishes == (reason,)


def test_one_general_answer_may_change():
    assert judge(UNTUNED, replace(GOOD, general_accuracy=0.75 - 1 / 24)).passed


def test_better_scores_higher():
    scores = [judge(UNTUNED, replace(GOOD, personal_recall=r)).score for r in (0.5, 0.7, 0.95)]
    assert scores == sorted(scores)
    assert FAILED.score < min(scores)


def test_an_exam_without_parts_blocks_nothing_it_did_not_ask():
    bare = ExamFigures(personal_recall=0.0, text_perplexity=20.0)
    assert judge(bare, replace(bare, personal_recall=1.0)).passed


def styled(figures, accuracy, **more):
    return replace(figures, style_accuracy=accuracy, style_questions=8, **more)


@pytest.mark.parametrize(
    ("before", "after", "blocking"),
    [(0.5, 0.5, ()), (0.5, 0.375, ()), (0.5, 0.25, ("style_worse",)), (0.125, 1.0, ())],
)
def test_beside_facts_the_style_must_not_suffer(before, after, blocking):
    assert judge(styled(UNTUNED, before), styled(GOOD, after)).blocking == blocking


@pytest.mark.parametrize(
    ("before", "after", "blocking"),
    [(0.5, 0.5, ("style_not_better",)), (0.25, 0.5, ("style_not_better",)), (0.25, 0.625, ()),
     (0.875, 0.875, ("style_not_better",)), (0.875, 1.0, ())],
)  # fmt: skip
def test_without_facts_the_style_must_be_clearly_better(before, after, blocking):
    nothing = {"personal_recall": None, "personal_questions": 0}
    judgement = judge(styled(UNTUNED, before, **nothing), styled(GOOD, after, **nothing))
    assert judgement.blocking == blocking
    assert "personal_weak" not in judgement.wishes


def test_a_better_style_scores_higher():
    low, high = (judge(styled(UNTUNED, 0.5), styled(GOOD, after)) for after in (0.5, 1.0))
    assert high.score > low.score
