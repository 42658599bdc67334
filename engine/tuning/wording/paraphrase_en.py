"""Other direct questions for the same thing, found by the canonical question's shape."""

import re
from collections.abc import Callable

from engine.tuning.extraction.words import FAMILY, PEOPLE, PETS
from engine.tuning.wording.relations_en import FAVOURITES, ROLES, TRIPS, WIDER

_Many = Callable[[re.Match[str]], list[str]]

_PLAIN: dict[str, tuple[str, ...]] = {
    "What is my name?": ("Who am I?", "What am I called?", "By what name do I go?"),
    "Where do I live?": (
        "Which city do I live in?", "What city do I live in?", "Where is my home?",
        "What town am I living in?", "Where am I based?", "What place do I call home?",
        "Where is my house?", "In what city is my flat?", "Where is my apartment?",
        "Which city is home for me?", "In which town do I have my home?",
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
        "Is there something I must not eat because of an allergy?", "Name my allergy.",
        "What food should I avoid because of my allergy?",
    ),
    "What do I drive?": (
        "What car do I drive?", "Which car do I have?", "What kind of car do I drive?",
        "What is my car?", "What vehicle do I drive?", "Which brand is my car?",
        "What am I driving?", "What make of car do I own?",
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
    "Which instrument do I play?": (
        "What instrument do I play?", "What musical instrument can I play?",
        "Which instrument do I practise?", "What is my instrument?",
        "What kind of music do I make?",
    ),
    "Which language am I learning?": (
        "What language am I learning?", "Which language do I study?",
        "What language have I been learning?", "Which language am I studying right now?",
        "What language do I take lessons in?",
    ),
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
        found += [f"Who is {owner}?", f"Which {last} do I have?"]
    if last not in PEOPLE or last in ("son", "daughter", "baby", "child"):
        found.append(f"What did I name {owner}?")
    if last in PETS or last in FAMILY:
        found.append(f"What name does {owner} have?")
    else:
        found.append(f"What name goes with {owner}?")
    return [*found, *_roles(owner)]


def _roles(owner: str) -> list[str]:
    """Questions that belong to the kind of person or thing, and the wider word for it."""
    *before, last = owner.split()
    wide = WIDER.get(last.lower(), last.lower())
    found = list(ROLES.get(wide, ()))
    if wide != last.lower():
        broad = " ".join([*before, wide])
        found += [f"What is {broad} called?", f"What is {broad}'s name?"]
    return found


def _who(match: re.Match[str]) -> list[str]:
    owner = match["owner"]
    return [
        f"What is {owner}'s name?", f"What is {owner} called?", f"What is the name of {owner}?",
        *_roles(owner), f"What is the surname of {owner}?",
    ]  # fmt: skip


def _favourite(match: re.Match[str]) -> list[str]:
    what, fav = match["what"], match["fav"]
    other = "favorite" if fav == "favourite" else "favourite"
    return [
        f"Which {what} do I like best?", f"What is my {other} {what}?",
        f"What {what} do I like the most?", f"Which {what} is my {fav}?",
        *FAVOURITES.get(what.split()[-1].lower(), ()), f"Which {what} do I prefer above all?",
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
    found = [f"In which place {aux} {rest}?", f"In which city {aux} {rest}?"]
    who = re.match(r"(?P<who>my .+) live$", rest)
    if who:
        found += [f"Where is {who['who']}'s home?", f"Where can I find {who['who']}?"]
    return [*found, f"At what place {aux} {rest}?"]


def _when(match: re.Match[str]) -> list[str]:
    aux, rest = match["aux"], match["rest"]
    starts = ("What time", "At what time", "On which day")
    found = [f"{start} {aux} {rest}?" for start in starts]
    trip = re.match(r"(?:my|our) (?:\w+ )?(?P<trip>\w+) (?:leave|depart|go|start|begin|take)", rest)
    return [*found, *(TRIPS.get(trip["trip"], ()) if trip else ())]


def _when_is(match: re.Match[str]) -> list[str]:
    be, rest = match["be"], match["rest"]
    found = [f"What date {be} {rest}?", f"On which day {be} {rest}?", f"What day {be} {rest}?"]
    born = re.match(r"(?P<who>.+)'s birthday$", rest)
    if born:
        who = born["who"]
        found += [f"When was {who} born?", f"On what date was {who} born?",
                  f"What is {who}'s date of birth?", f"When do we celebrate {rest}?"]  # fmt: skip
    return [*found, f"What is the date of {rest}?"]


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
    special = re.match(r"(?P<worn>\w+) size$", what)
    if special:
        worn = special["worn"] + ("" if special["worn"].endswith("s") else "s")
        return [f"What size {worn} do I wear?", f"Which {what} do I have?",
                f"What size {worn} should I buy for myself?", f"What size do I take in {worn}?",
                f"What size of {worn} do I need?"]  # fmt: skip
    opened = re.match(r"(?P<it>.+) (?P<kind>code|combination|pin)$", what)
    if opened:
        it, kind = opened["it"], opened["kind"]
        return [f"Which {kind} opens my {it}?", f"What is the {kind} of my {it}?",
                f"What number do I need for my {it}?", f"How do I open my {it}?",
                f"What {kind} does my {it} have?"]  # fmt: skip
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
