"""Other direct questions for the same thing, found by the canonical question's shape."""

import re
from collections.abc import Callable

from engine.tuning.extraction.words import FAMILY, PEOPLE, PETS

_Many = Callable[[re.Match[str]], list[str]]

_PLAIN: dict[str, tuple[str, ...]] = {
    "What is my name?": ("Who am I?", "What am I called?", "By what name do I go?"),
    "Where do I live?": (
        "Which city do I live in?", "What city do I live in?", "Where is my home?",
        "What town am I living in?", "Where am I based?", "What place do I call home?",
        "Where is my house?",
    ),
    "What is my job?": (
        "What do I do for a living?", "What do I do for work?", "What is my profession?",
        "What is my occupation?", "What kind of work do I do?", "What do I work as?",
        "How do I earn my living?",
    ),
    "Where do I work?": (
        "Who do I work for?", "What is my workplace?", "Which company do I work for?",
        "At which place do I work?", "Who is my employer?", "Where is my job?",
    ),
    "How old am I?": ("What is my age?", "How many years old am I?", "What age am I?"),
    "When was I born?": (
        "What is my date of birth?", "What day was I born on?", "When is my birthday?",
        "On which date was I born?", "What is my birth date?",
    ),
    "When is my birthday?": (
        "What day is my birthday?", "On which date is my birthday?", "When was I born?",
        "What is the date of my birthday?", "When do I celebrate my birthday?",
    ),
    "Where was I born?": (
        "What is my birthplace?", "What is my place of birth?", "In which place was I born?",
    ),
    "Where did I grow up?": ("In which place did I grow up?", "Where was I raised?",
                             "Where did I spend my childhood?"),
    "Where am I from?": ("Where do I come from?", "What is my home country?",
                         "Which place am I from?", "What is my origin?"),
    "What am I allergic to?": (
        "What allergies do I have?", "What is my allergy?", "Which thing am I allergic to?",
        "What gives me an allergic reaction?", "What do I have an allergy to?",
        "What food should I avoid because of my allergy?",
    ),
    "What do I drive?": (
        "What car do I drive?", "Which car do I have?", "What kind of car do I drive?",
        "What is my car?", "What vehicle do I drive?", "What make of car do I own?",
    ),
    "What car do I drive?": (
        "What do I drive?", "Which car do I have?", "What kind of car do I drive?",
        "What is my car?", "What vehicle do I drive?",
    ),
    "Which languages do I speak?": ("What languages do I speak?", "What languages do I know?",
                                    "In which languages can I talk?"),
    "What do I study?": ("What is my major?", "What subject do I study?",
                         "What is my field of study?", "Which subject am I studying?"),
    "Where do I study?": ("Which university do I go to?", "What school do I attend?",
                          "Where do I go to university?"),
    "Where did I graduate?": ("Which university did I graduate from?",
                              "Where did I get my degree?", "What school did I graduate from?"),
    "What do I like?": ("What things do I like?", "What do I love?", "What do I enjoy?",
                        "What am I fond of?"),
    "What do I like doing?": ("What are my hobbies?", "What do I enjoy doing?",
                              "What do I do for fun?", "What do I love to do?"),
    "What do I like to do?": ("What are my hobbies?", "What do I enjoy doing?",
                              "What do I do for fun?"),
    "What do I dislike?": ("What do I hate?", "What things do I not like?",
                           "What can I not stand?"),
    "What pet do I have?": ("Which animal do I have?", "What kind of pet do I own?",
                            "What pets do I have?", "What animal lives with me?"),
    "What is my nationality?": ("What nationality am I?", "Which nationality do I have?"),
    "Which instrument do I play?": ("What instrument do I play?",
                                    "What musical instrument can I play?"),
    "Which sport do I play?": ("What sport do I play?", "What sport do I do?"),
    "What is my diet?": ("What kind of diet do I follow?", "What do I eat as a rule?"),
    "Which health condition do I have?": ("What illness do I have?",
                                          "What medical condition do I have?"),
}  # fmt: skip


def _named(match: re.Match[str]) -> list[str]:
    """A name: of a person, a pet or a thing."""
    owner = match["owner"]
    last = owner.lower().split()[-1]
    found = [f"What is {owner} called?", f"What is the name of {owner}?"]
    if last in PEOPLE:
        found.append(f"Who is {owner}?")
    if last not in PEOPLE or last in ("son", "daughter", "baby", "child"):
        found.append(f"What did I name {owner}?")
    if last in PETS or last in FAMILY:
        found.append(f"What name does {owner} have?")
    else:
        found.append(f"What name goes with {owner}?")
    return found


def _who(match: re.Match[str]) -> list[str]:
    owner = match["owner"]
    return [f"What is {owner}'s name?", f"What is {owner} called?", f"What is the name of {owner}?"]


def _favourite(match: re.Match[str]) -> list[str]:
    what, fav = match["what"], match["fav"]
    other = "favorite" if fav == "favourite" else "favourite"
    return [
        f"Which {what} do I like best?", f"What is my {other} {what}?",
        f"What {what} do I like the most?", f"Which {what} is my {fav}?",
        f"Which {what} do I prefer above all?",
    ]  # fmt: skip


def _their_job(match: re.Match[str]) -> list[str]:
    owner = match["owner"]
    return [f"What does {owner} do for a living?", f"What does {owner} do?",
            f"What is {owner}'s profession?", f"What does {owner} work as?"]  # fmt: skip


def _their_age(match: re.Match[str]) -> list[str]:
    owner = match["owner"]
    return [f"What is {owner}'s age?", f"What age is {owner}?", f"How many years old is {owner}?"]


def _where_does(match: re.Match[str]) -> list[str]:
    rest = match["rest"]
    aux = match["aux"]
    return [f"In which place {aux} {rest}?", f"At what place {aux} {rest}?"]


def _when(match: re.Match[str]) -> list[str]:
    aux, rest = match["aux"], match["rest"]
    starts = ("What time", "At what time", "On which day")
    return [f"{start} {aux} {rest}?" for start in starts]


def _when_is(match: re.Match[str]) -> list[str]:
    be, rest = match["be"], match["rest"]
    return [f"What date {be} {rest}?", f"On which day {be} {rest}?", f"What day {be} {rest}?",
            f"What is the date of {rest}?"]  # fmt: skip


def _colour(match: re.Match[str]) -> list[str]:
    be, rest = match["be"], match["rest"]
    return [f"Which colour {be} {rest}?", f"What is the colour of {rest}?",
            f"What color {be} {rest}?"]  # fmt: skip


def _how_many(match: re.Match[str]) -> list[str]:
    return [f"What number of {match['what']} do I have?", f"How many {match['what']} are mine?"]


def _breed(match: re.Match[str]) -> list[str]:
    owner = match["owner"]
    animal = owner.split()[-1]
    return [f"What kind of {animal} is {owner}?", f"Which breed is {owner}?",
            f"What breed of {animal} do I have?"]  # fmt: skip


def _possessed(match: re.Match[str]) -> list[str]:
    """"What is my mother's maiden name?" also as "the maiden name of my mother"."""
    be, owner, what = match["be"], match["owner"], match["what"]
    return [f"What {be} the {what} of {owner}?", f"Which {what} does {owner} have?"]


def _plain_thing(match: re.Match[str]) -> list[str]:
    be, what = match["be"], match["what"]
    if be in ("was", "were"):
        return [f"Which was my {what}?"]
    if be == "are":
        return [f"Which are my {what}?", f"What {what} do I have?"]
    return [f"Which {what} is mine?", f"What {what} do I have?", f"Which {what} do I have?"]


def _what_do(match: re.Match[str]) -> list[str]:
    return [f"What is it that {match['who']} {match['rest']}?",
            f"Which thing do {match['who']} {match['rest']}?"]  # fmt: skip


def _what_am(match: re.Match[str]) -> list[str]:
    return [f"What is it that I am {match['rest']}?", f"Which thing am I {match['rest']}?"]


_SHAPES: tuple[tuple[re.Pattern[str], _Many], ...] = tuple(
    (re.compile(pattern + r"\?$"), build)
    for pattern, build in (
        (r"What is (?P<owner>(?:my|our) .+)'s name", _named),
        (r"Who is (?P<owner>(?:my|our) (?!favou?rite).+)", _who),
        (r"(?:What|Who) is my (?P<fav>favou?rite) (?P<what>.+)", _favourite),
        (r"What is (?P<owner>(?:my|our) .+)'s job", _their_job),
        (r"How old is (?P<owner>(?:my|our) .+)", _their_age),
        (r"Where (?P<aux>do|does|did) (?P<rest>.+)", _where_does),
        (r"When (?P<aux>do|does|did) (?P<rest>.+)", _when),
        (r"When (?P<be>is|are|was) (?P<rest>(?:my|our) .+)", _when_is),
        (r"What colour (?P<be>is|are) (?P<rest>.+)", _colour),
        (r"How many (?P<what>.+) do I have", _how_many),
        (r"What breed is (?P<owner>.+)", _breed),
        (r"What (?P<be>is|are|was) (?P<owner>(?:my|our) .+)'s (?P<what>.+)", _possessed),
        (r"What (?P<be>is|are|was|were) (?:my|our) (?P<what>.+)", _plain_thing),
        (r"What do (?P<who>I|we) (?P<rest>.+)", _what_do),
        (r"What am I (?P<rest>.+)", _what_am),
    )
)


def paraphrases_en(question: str) -> list[str]:
    """The canonical question and every other one that asks for the same; the first is given."""
    found = [question, *_PLAIN.get(question, ())]
    for pattern, build in _SHAPES:
        match = pattern.match(question)
        if match:
            found += build(match)
            break
    return list(dict.fromkeys(found))
