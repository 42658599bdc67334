# ruff: noqa: E501 - one pattern a line reads best
"""Tells trades and professions from other nouns."""

import re

from engine.tuning.extraction.words import OCCUPATIONS, word_set

_ENDING = re.compile(
    r"(?:ist|ician|ologist|grapher|keeper|smith|wright|maker|dealer|eer|ancer|ger|cher|lder|nter|"
    r"mer|yer|per|ler|ker|ver|rser|tor|man|woman|rian|master|fighter|worker|tician|iatrist|tetist|"
    r"driver|rrier|ffeur|eur|essor|ant)$"
)
_NOT = word_set("""father mother sister brother daughter lover believer beginner member owner winner fan
    runner swimmer reader thinker listener learner loner sleeper drinker smoker eater never
    ever either newcomer insider outsider player foodie person cover other human visitor
    teenager survivor donor hater collector gamer traveler traveller stranger number woman man
    gentleman morning cancer power hiker biker walker early-riser homeowner foster minor letter
    matter corner dinner water paper winter summer partner debtor climber cyclist optimist pessimist
    perfectionist christian feminist realist minimalist racist atheist monster nightmare lawnmower
    list waist twist blist elephant restaurant plant giant participant immigrant descendant infant
    computer laptop printer charger disaster failure favor tumor mirror motor tractor color
    tiger burger hunger finger danger stickler sucker joker rocker slacker night-owl river liver
    hanger starter character master chapter poster newsletter shelter coaster rooster spider
    introvert extrovert specialist-in tourist guest host christmas voter follower supporter supper
    flatmate clever over under forever quitter quitter grower adopter planner organizer toddler
    vegetarian pescatarian humanitarian contrarian libertarian hungarian bulgarian barbarian disciplinarian fruitarian dreamer worrier procrastinator""") - {"planner"}


def is_occupation(phrase: str) -> bool:
    """Is a noun phrase without article a trade or profession ("paediatric nurse")?"""
    words = re.split(r"\s+(?:at|in|for|from|by|who|with|and|on|of)\s+", phrase.lower())[0].split()
    if not words or len(words) > 5:
        return False
    last = words[-1]
    if last == "lady" and len(words) > 1:
        return words[-2] in ("dinner", "cleaning", "lollipop", "tea", "lunch")
    return last in OCCUPATIONS or (bool(_ENDING.search(last)) and last not in _NOT and len(last) > 4)
