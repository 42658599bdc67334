"""Recall and precision of extraction on natural messages with expected facts.

A message is followed by its facts: ``= topic | value`` must be found, ``? topic | value`` may be.
Each word of a topic must occur in the question; ``a / b`` are alternatives.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from engine.tuning.extraction.candidate import Candidate
from engine.tuning.extraction.extract import extract

_FIXTURES = Path(__file__).parent / "fixtures"
_ARTICLE = re.compile(r"\b(?:a|an|the|on|in|at|by|my|your)\s+", re.IGNORECASE)


@dataclass(frozen=True)
class Fact:
    """One expected fact."""

    topics: tuple[tuple[str, ...], ...]
    values: tuple[str, ...]
    needed: bool


@dataclass
class Score:
    """Counts over a fixture file, and what went wrong in words."""

    wanted: int = 0
    found: int = 0
    made: int = 0
    right: int = 0
    notes: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        return self.found / self.wanted

    @property
    def precision(self) -> float:
        return self.right / self.made


def _core(text: str) -> str:
    text = _ARTICLE.sub("", text.lower())
    return "".join(character for character in text if character.isalnum())


def _fact(line: str) -> Fact:
    topic, _, values = line[1:].partition("|")
    topics = tuple(tuple(way.split()) for way in topic.strip().split("/"))
    return Fact(topics, tuple(_core(value) for value in values.split(" / ")), line[0] == "=")


def read(name: str) -> Iterator[tuple[str, list[Fact]]]:
    """The messages of a fixture file with their facts."""
    for block in (_FIXTURES / name).read_text(encoding="utf-8").strip().split("\n\n"):
        lines = block.splitlines()
        yield lines[0], [_fact(line) for line in lines[1:]]


def _fits(fact: Fact, made: Candidate) -> bool:
    question = made.question.lower()
    told = any(all(word.lower() in question for word in way) for way in fact.topics)
    return told and _core(made.value) in fact.values


def score(name: str) -> Score:
    """Runs extraction over a fixture file."""
    total = Score()
    for message, facts in read(name):
        made = [candidate for candidate in extract(message) if not candidate.retracts]
        needed = [fact for fact in facts if fact.needed]
        found = [fact for fact in needed if any(_fits(fact, one) for one in made)]
        right = [one for one in made if any(_fits(fact, one) for fact in facts)]
        total.wanted += len(needed)
        total.found += len(found)
        total.made += len(made)
        total.right += len(right)
        if len(found) < len(needed) or len(right) < len(made):
            said = [f"{'' if one in right else 'WRONG '}{one.question} {one.answer} <{one.value}>"
                    for one in made]  # fmt: skip
            missed = [f"MISSED {fact.topics} {fact.values}" for fact in needed if fact not in found]
            total.notes.append("\n    ".join([message, *said, *missed]))
    return total


@pytest.mark.parametrize("part", ["development", "held_out"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_facts_of_natural_messages_are_found_and_nothing_else(part: str, language: str) -> None:
    result = score(f"{part}_{language}.txt")
    assert result.recall >= (0.95 if part == "development" else 0.9), "\n".join(result.notes)
    assert result.precision >= (0.95 if part == "development" else 0.9), "\n".join(result.notes)


@pytest.mark.parametrize("part", ["", "_second", "_third", "_fourth"])
def test_facts_told_in_passing_are_found(part: str) -> None:
    result = score(f"natural{part}_en.txt")
    assert result.recall >= 0.94, "\n".join(result.notes)
    assert result.precision >= 0.94, "\n".join(result.notes)


@pytest.mark.parametrize("part", ["", "_fourth", "_fifth"])
def test_facts_told_in_passing_are_found_where_no_rule_was_written_for_them(part: str) -> None:
    result = score(f"natural{part}_held_out_en.txt")
    assert result.recall >= 0.8, "\n".join(result.notes)
    assert result.precision >= 0.9, "\n".join(result.notes)


@pytest.mark.parametrize("part", ["development", "held_out"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_values_stand_in_their_answers(part: str, language: str) -> None:
    for message, _ in read(f"{part}_{language}.txt"):
        for made in extract(message):
            assert made.value in made.answer
            assert "  " not in made.answer + made.question
            assert made.question.endswith(("?", "？"))


@pytest.mark.parametrize("part", ["", "_second", "_held_out"])
def test_messages_that_tell_nothing_teach_nothing(part: str) -> None:
    lines = (_FIXTURES / f"nothing{part}_en.txt").read_text(encoding="utf-8").splitlines()
    wrong = [line for line in lines if list(extract(line))]
    assert not wrong, "\n".join(wrong)
