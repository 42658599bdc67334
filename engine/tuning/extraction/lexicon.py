# ruff: noqa: E501 - one pattern a line reads best
"""Closed word classes of English that clause parsing leans on."""

import re

from engine.tuning.extraction.words import COLOURS, PEOPLE, PETS, PLURAL_PEOPLE, word_set

BE = word_set("am is are was were")
HAVE = word_set("have has had")
DO = word_set("do does did")
MODAL = word_set("will would can could should may might must shall")
AUX = BE | HAVE | DO | MODAL
PRONOUNS = word_set("I we you he she it they this that these those there who which")
DETERMINERS = word_set("my our your his her its their the a an some any both all half this that these those")
ADVERBS = word_set(
    """also usually always often sometimes really just recently currently still normally generally
    mostly mainly actually finally once both all already typically occasionally regularly rarely
    secretly originally proudly happily only even now then never ever long absolutely totally
    definitely certainly truly simply probably officially primarily basically literally quite very
    so pretty deathly severely highly slightly mildly terribly extremely kinda sort-of seriously
    almost nearly about ca approximately exactly roughly around partly part-time full-time
    technically unfortunately sadly luckily soon later frequently seldom constantly
    personally no-longer especially particularly exclusively mildly temporarily permanently newly"""
)
PREPOSITIONS = word_set(
    """at in on to from with for about by near of into under around through against without after
    before during until till since over as like along across outside inside onto behind beside
    between among above below beyond towards toward opposite despite except per via than off"""
)
PLACE_PREPOSITIONS = word_set(
    """at in on near outside inside under behind beside between above below opposite across by
    around over into onto along"""
)
BREAKERS = word_set(
    """who which that because although though since while whereas unless if when whenever until
    where so but yet whose whom and or as than"""
)
PARTICLES = word_set("up out off down away back together alone well hard home there here abroad online")
GIVEN_NAMES_NOT = word_set("I")

NAME = (
    r"(?:(?:Dr|Mr|Mrs|Ms|Miss|Prof|Sir|Professor|Doctor|Aunt|Auntie|Uncle|Sister|Father|Captain)\.?\s+)?"
    r"[A-ZÀ-Þ][\w'’-]*(?:\s+(?:(?:de|van|von|der|den|da|di|del|la|bin|al|of|the|du|dos|af|ter)\s+){0,2}"
    r"[A-ZÀ-Þ][\w'’-]*\.?){0,3}"
)
NOT_NAMES = re.compile(
    r"^(?:I|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|March|April|"
    r"May|June|July|August|September|October|November|December|Christmas|Easter|The|A|An|My|Our|"
    r"OK|TV|Today|Tomorrow|Yesterday|This|That|It|He|She|They|We|You|Here|There|What|Which|Who|English|French|German|Spanish|No|Yes)\b"
)
BEINGS = "|".join(sorted(PEOPLE | PETS, key=len, reverse=True))
POSSESSION = r"(?:have(?! (?:been|just|also|always|recently|\w+ed|\w+ing|seen|read|heard)\b)|own|adopted|got|bought|rescued|live with|run|am writing|wrote|founded|started(?! \w+ing)|keep|share a flat with|opened|manage|inherited)"
_KEPT = word_set(
    """older younger big little elder eldest youngest oldest twin best half step late ex first
    second third middle only old adopted great maternal paternal foster new former closest
    ex-best desk bench dance piano guitar yoga swimming violin driving family personal chess tennis boxing
    maths math music singing french english german spanish language football riding ski
    head line project team thesis phd doctoral"""
)


def short_noun(phrase: str) -> str:
    """A person or pet as one would ask for it: "three-year-old daughter" gives "daughter"."""
    words = phrase.split()
    last = words[-1].lower()
    if last not in PEOPLE | PETS and last.removesuffix("s") not in PETS:
        return phrase
    if words[-1].isupper():
        last = words[-1]
    kept = [word.lower() for word in words[:-1] if word.lower() in _KEPT or word.endswith("'s")]
    if last in PETS or last.removesuffix("s") in PETS:
        kept = [word for word in words[:-1] if word.lower() in ("guide", "golden", "border", "guinea",
                "german", "shih", "stick", "new", "old", "late") or word.endswith("'s")]  # fmt: skip
    return " ".join([*kept, last])


def is_plural(noun: str) -> bool:
    """Does a noun phrase speak of several?"""
    last = re.split(r"\s+(?:of|at|in|from|with|for|on)\s+", noun.strip())[0].split()[-1].lower()
    if " and " in noun:
        return True
    if last in PLURAL_PEOPLE:
        return True
    return last.endswith("s") and not last.endswith(("ss", "us", "is", "'s")) and last not in (
        "boss", "class", "bus", "glass", "dress", "address", "gps", "campus", "business", "series",
    )  # fmt: skip


def is_colour(value: str) -> bool:
    """Is it a colour, perhaps shaded ("dark green")?"""
    words = value.lower().replace("-", " ").split()
    return 0 < len(words) <= 4 and words[-1] in COLOURS
