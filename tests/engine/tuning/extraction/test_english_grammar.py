"""The parts of English parsing: clauses, complements, times, pronouns, names in passing."""

import pytest

from engine.tuning.extraction.complements import complements
from engine.tuning.extraction.extract import extract
from engine.tuning.extraction.naming import named
from engine.tuning.extraction.normalise import normalise
from engine.tuning.extraction.split import split
from engine.tuning.extraction.when import time_at_start
from storage.records import ExampleKind


def _facts(text: str) -> list[tuple[str, str]]:
    return [(made.question, made.answer) for made in extract(text)]


def test_a_second_verb_goes_on_about_the_same_subject() -> None:
    clauses = split("My cousin lives in Oslo and repairs clocks")
    assert [(one.subject, one.predicate) for one in clauses] == [
        ("My cousin", "lives in Oslo"),
        ("My cousin", "repairs clocks"),
    ]


def test_a_clause_about_something_else_is_cut_off() -> None:
    assert [one.subject for one in split("I work as a baker and winter is the busy time")] == [
        "I",
        "winter",
    ]


def test_a_list_is_not_cut() -> None:
    assert [one.predicate for one in split("I like chess, tea and long walks")] == [
        "like chess, tea and long walks"
    ]


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("every Thursday evening in town", "every Thursday evening"),
        ("on 4 May at 6:45 from Bonn", "on 4 May at 6:45"),
        ("a long time ago", "a long time ago"),
        ("in a village", ""),
    ],
)
def test_times_are_recognised_at_the_start(text: str, time: str) -> None:
    assert time_at_start(text) == time


def test_complements_are_told_apart() -> None:
    parts = complements("botany at Leiden many years ago")
    assert [(part.kind, part.value) for part in parts] == [
        ("thing", "botany"),
        ("place", "Leiden"),
        ("time", "many years ago"),
    ]


def test_names_in_passing_are_taken_out() -> None:
    text, found = named("my brother Ansel lives in Ghent")
    assert text == "my brother lives in Ghent"
    assert [made.value for made in found] == ["Ansel"]


def test_hurried_typing_is_repaired() -> None:
    assert normalise("im sure i dont know my dogs name") == "I am sure I do not know my dog's name"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "I'm meeting my aunt at six. Her name is Odile.",
            [("What is my aunt's name?", "Your aunt's name is Odile.")],
        ),
        (
            "My uncle left me a small boat. The boat is named Heron.",
            [("What is my boat's name?", "Your boat's name is Heron.")],
        ),
        (
            "Our team at work is called Falcon.",
            [("What is the name of my team at work?", "The name of your team at work is Falcon.")],
        ),
        ("You moved last month.", []),
        ("I am looking for a recipe.", []),
        ("The password for my laptop is hunter2.", []),
    ],
)
def test_what_is_meant_is_asked_for(text: str, expected: list[tuple[str, str]]) -> None:
    assert _facts(text) == expected


def test_what_no_longer_holds_is_taken_back() -> None:
    made = list(extract("I no longer work at Acme."))
    assert [(one.retracts, one.value) for one in made] == [(True, "Acme")]


def test_a_correction_is_marked() -> None:
    made = list(extract("No, my sister is Ingrid, not Astrid."))
    assert [(one.kind, one.value) for one in made] == [(ExampleKind.CORRECTION, "Ingrid")]


def test_a_statement_before_a_question_is_kept() -> None:
    assert _facts("I'm a vegetarian, can you suggest a dinner?") == [
        ("What is my diet?", "You are vegetarian.")
    ]
