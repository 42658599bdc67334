"""Statements, written for these tests, and what must be learned from them."""

import pytest

from engine.tuning.extraction.extract import extract
from storage.records import ExampleKind

FACTS = [
    ("By the way, my dog's name is Pickle and he is a whippet.",
     {"What is my dog's name?": "Pickle", "What breed is my dog?": "a whippet"}),
    ("I live in Tromsø", {"Where do I live?": "Tromsø"}),
    ("I live with my aunt in a small house", {"Who do I live with?": "your aunt"}),
    ("We named our son Casimir after his grandfather.", {"What is my son's name?": "Casimir"}),
    ("I work as a court interpreter.", {"What is my job?": "a court interpreter"}),
    ("I'm a beekeeper.", {"What is my job?": "a beekeeper"}),
    ("I was born on 11 November.", {"When was I born?": "11 November"}),
    ("I was born in Malmö.", {"Where was I born?": "Malmö"}),
    ("my favourite cheese is gruyère", {"What is my favourite cheese?": "gruyère"}),
    ("Stilton is my favourite cheese", {"What is my favourite cheese?": "Stilton"}),
    ("I drive a green Fiat Panda", {"What do I drive?": "a green Fiat Panda"}),
    ("My optician is Mrs. Abernathy", {"What is my optician's name?": "Mrs. Abernathy"}),
    ("I'm severely allergic to penicillin", {"What am I allergic to?": "penicillin"}),
    ("My ferry departs at 17:25 on Tuesday.",
     {"When does my ferry leave?": "17:25 on Tuesday"}),
    ("Our newsletter is called The Heron", {"What is my newsletter's name?": "The Heron"}),
    ("My garage code is 9034", {"What is my garage code?": "9034"}),
    ("My cousin Leopold is a pilot.",
     {"What is my cousin's name?": "Leopold", "What is my cousin's job?": "a pilot"}),
    ("I've got a rabbit. Her name is Clover and she's 3 years old.",
     {"What pet do I have?": "a rabbit", "What is my rabbit's name?": "Clover",
      "How old is my rabbit?": "3"}),
    ("I have three sisters.", {"How many sisters do I have?": "three"}),
    ("My wife works at a shipyard.", {"Where does my wife work?": "a shipyard"}),
    ("I play the bassoon.", {"Which instrument do I play?": "the bassoon"}),
    ("I play the viola.", {"Which instrument do I play?": "the viola"}),
    ("I collect enamel signs.", {"What do I collect?": "enamel signs"}),
    ("I met my husband in Zagreb.", {"Where did I meet my husband?": "Zagreb"}),
    ("Please remember that my gate is B12.", {"What is my gate?": "B12"}),
    ("I speak Dutch and Turkish.", {"Which languages do I speak?": "Dutch and Turkish"}),
    ("I'm learning Hungarian.", {"Which language am I learning?": "Hungarian"}),
    ("My bike is orange.", {"What colour is my bike?": "orange"}),
    ("I don't eat pork.", {"What do I not eat?": "pork"}),
    ("I prefer trains to planes.", {"Do I prefer trains or planes?": "trains"}),
    ("I'm 41 years old.", {"How old am I?": "41"}),
    ("I moved to Graz last spring.", {"Where do I live?": "Graz"}),
    ("The name of my boat is Kittiwake.", {"What is my boat's name?": "Kittiwake"}),
    ("I want to learn how to dive.", {}),
]  # fmt: skip


def found(text: str) -> dict[str, str]:
    return {made.question: made.value for made in extract(text) if not made.retracts}


@pytest.mark.parametrize(("text", "expected"), FACTS)
def test_facts(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Do I live in Rome?",
        "What is my dog's name?",
        "Tell me about my favourite painter.",
        "Write a story in which I live in Rome.",
        "If I lived in Rome, my job would be cook.",
        "I would like a dog named Rex.",
        "Maybe my sister is called Ada.",
        "My friend said that my car is a wreck.",
        'He told me: "I live in Rome".',
        "My teacher says I am a good singer.",
        "Translate this: I live in Rome. My dog's name is Rex.",
        "Correct my text.\nI live in Rome.\nI am a cook.",
        "```\nmy name = 'Rex'\nI live in Rome\n```",
        "> I live in Rome",
        "You are a pirate. Your name is Hook.",
        "Let's pretend that I am a king.",
        "I think I am a cook.",
        "I hope my flight leaves at noon.",
        "Imagine I live on Mars.",
        "My e-mail is [email].",
        "It is raining and the trains are late.",
        "Thank you, that was very kind!",
        "I don't know.",
        "I agree with you.",
        "I am tired today.",
    ],
)
def test_nothing_is_learned_from(text):
    assert found(text) == {}


@pytest.mark.parametrize("text", [text for text, _ in FACTS])
def test_answers_are_sentences_that_hold_the_value(text):
    for made in extract(text):
        assert made.value in made.answer
        assert made.answer.endswith(".")
        assert made.answer[0].isupper()
        assert made.question.endswith("?")
        assert " my " not in f" {made.answer} "


def test_a_correction_is_marked():
    (made,) = extract("Actually, my cat's name is Fig, not Figaro.")
    assert made.kind is ExampleKind.CORRECTION
    assert made.value == "Fig"


def test_a_preference_is_marked():
    (made,) = extract("My favourite season is autumn.")
    assert made.kind is ExampleKind.PREFERENCE


@pytest.mark.parametrize("text", ["I no longer live in Graz.", "I don't live in Graz anymore."])
def test_taking_back(text):
    (made,) = extract(text)
    assert made.retracts
    assert (made.question, made.value) == ("Where do I live?", "Graz")
