"""Every candidate of every fixture message, in the standard wording of its relation."""

import re
from pathlib import Path

import pytest

from engine.tuning.extraction.candidate import Candidate
from engine.tuning.extraction.canonical import singular
from engine.tuning.extraction.extract import extract

_FIXTURES = Path(__file__).parent / "fixtures"
_LONGEST = 10
"""Words of a value."""
_FIRST_PERSON = re.compile(r"\b(?:I|me|my|mine|myself|we|us|our|ours)\b")
_OURS = re.compile(r"\b(?:our|ours|us)\b", re.IGNORECASE)
_CLAUSE = re.compile(
    r"\b(?:and|but|so|because|since|though|if|which|that)\s+"
    r"(?:I|we|you|he|she|it|they|there|no|please)\b"
)
_SAYS_ENOUGH = re.compile(
    r"^(?:Who|Where|When|How|Which [a-z]+|What [a-z]+(?: of [a-z]+)? (?:do|does|did|was)|"
    r"Do I|Would I)\b|"
    r"^What .+ (?:in|on|with|for|of|to|as|at|about|from|every \w+|not \w+|to do|\w+ing)\?$|"
    r"^What (?:do|does|did) .+ (?!play|use|take|have|get|make|do|need|own|owe|run|wear|hold)\w+\?$|"
    r"^What (?:do|does) .+ (?:do|have|wear|eat|drink|play) (?:on|at|in|every|once|twice|for) .+\?$|"
    r"^What does my (?:\w+ )?\w+ (?:have|own|make)\?$|^What kind of "
)
_EMPTY = re.compile(
    r"^What (?:do I|does my [\w' -]+) (?:play|use|take|get|do|need|owe|run|wear|hold)\?$|"
    r"^What do I (?:make|own|have)\?$"
)


def _messages() -> list[str]:
    """All English messages: a block's first line, or every line where there are no facts."""
    found: list[str] = []
    for path in sorted(_FIXTURES.glob("*_en.txt")):
        mark = "\n" if path.name.startswith("nothing") else "\n\n"
        blocks = path.read_text(encoding="utf-8").strip().split(mark)
        found += [block.splitlines()[0] for block in blocks]
    return found


def _made() -> list[Candidate]:
    return [made for message in _messages() for made in extract(message)]


def faults(made: Candidate) -> list[str]:
    """What keeps a candidate from being canonical."""
    words = {
        "question mark": made.question.endswith("?"),
        "value in answer": made.value.lower() in made.answer.lower(),
        "second person": not _FIRST_PERSON.search(made.answer),
        "short value": len(made.value.split()) <= _LONGEST,
        "no clause": not _CLAUSE.search(made.value),
        "mine, not ours": not _OURS.search(f"{made.question} {made.noun}"),
        "says what is asked": bool(made.noun or _SAYS_ENOUGH.match(made.question)),
        "no empty verb": not _EMPTY.match(made.question),
        "single blanks": "  " not in made.question + made.answer + made.noun,
    }
    return [name for name, holds in words.items() if not holds]


def test_every_candidate_is_canonical() -> None:
    wrong = [f"{faults(made)} {made.question} {made.answer}" for made in _made() if faults(made)]
    assert not wrong, "\n".join(wrong)


def test_there_is_something_to_look_at() -> None:
    assert len(_made()) > 700


STANDARD = [
    ("Our cat is called Mochi.", "What is my cat's name?", "my cat's name"),
    ("My landlord's name is Mr Pym.", "What is my landlord's name?", "my landlord's name"),
    ("Our flight departs at 9:40.", "When does my flight leave?", ""),
    ("My favourite board games are Azul and Go.", "What is my favourite board game?",
     "my favourite board game"),
    ("My favourite dishes are ramen and pho.", "What is my favourite dish?", "my favourite dish"),
    ("I'm vegan.", "What is my diet?", "my diet"),
    ("I play the sackbut.", "Which instrument do I play?", "my instrument"),
    ("I play Catan a lot.", "Which board game do I play?", "my board game"),
    ("I play the board game Splendour.", "Which board game do I play?", "my board game"),
    ("I use Emacs.", "Which editor do I use?", "my editor"),
    ("My uncle is terrified of bees.", "What is my uncle afraid of?", "my uncle's fear"),
    ("My parents live in Cork.", "Where do my parents live?", "my parents' home"),
    ("My passport runs out in June.", "When does my passport expire?", "my passport's expiry date"),
    ("We have four goats.", "How many goats do I have?", "the number of my goats"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "question", "noun"), STANDARD)
def test_facts_are_asked_for_in_the_wording_of_their_relation(
    text: str, question: str, noun: str
) -> None:
    assert [(made.question, made.noun) for made in extract(text)] == [(question, noun)]


@pytest.mark.parametrize("text", ["I play Blorb a lot.", "I use it daily.", "I take the usual."])
def test_nothing_is_asked_that_says_no_category(text: str) -> None:
    assert not list(extract(text))


@pytest.mark.parametrize(
    ("many", "one"),
    [("bands", "band"), ("dishes", "dish"), ("hobbies", "hobby"), ("movies", "movie"),
     ("boxes", "box"), ("series", "series"), ("bus", "bus")],
)  # fmt: skip
def test_singular(many: str, one: str) -> None:
    assert singular(many) == one


JUNK = [
    "I'm writing notes.",
    "I'm planning a trip.",
    "My street is the moon.",
    "Our street is a swimming pool after that rain.",
    "My garden is a jungle.",
    "My head is a sieve today.",
    "I'm in a mood today.",
    "I'm renting a van on Saturday to move a sofa.",
    "I owe my brother 200 euros.",
    "I'm reading your last message.",
]


@pytest.mark.parametrize("text", JUNK)
def test_moods_images_and_errands_are_no_facts(text: str) -> None:
    assert not list(extract(text))


TOLD_PLAINLY = [
    ("Leiden is where I grew up.", "Where did I grow up?", "Leiden"),
    ("The town I live in is called Hexham.", "Where do I live?", "Hexham"),
    ("Yusuf cuts my hair.", "What is my hairdresser's name?", "Yusuf"),
    ("We rent from Mrs Ghosh.", "What is my landlord's name?", "Mrs Ghosh"),
    ("Retired welder here.", "What is my job?", "a retired welder"),
    ("Shoe size: 44", "What is my shoe size?", "44"),
    ("Walnuts could kill me.", "What am I allergic to?", "walnuts"),
    ("I bank with Larkfield.", "What is my bank?", "Larkfield"),
    ("I keep halal.", "What is my diet?", "halal"),
    ("I'm a sucker for brass bands.", "What do I like?", "brass bands"),
    ("I crochet in my spare time.", "What is my hobby?", "crocheting"),
    ("I go to bed at eleven.", "When do I go to bed?", "eleven"),
    ("My thesis is about moss.", "What is my thesis about?", "moss"),
    ("My eyes are green.", "What colour are my eyes?", "green"),
]


@pytest.mark.parametrize(("text", "question", "value"), TOLD_PLAINLY)
def test_idioms_clefts_and_statements_without_a_verb(
    text: str, question: str, value: str
) -> None:
    assert [(made.question, made.value) for made in extract(text)] == [(question, value)]
