# ruff: noqa: E501 - one pattern a line reads best
"""Things of a household that are the user's though they are only called "the ...": "the rent is 900"."""

import re

from engine.tuning.extraction.words import PETS

_PLACE = r"(?:wi-?fi|guest|home|house|flat|shed|garage|gate|door|alarm|locker|safe|front door|back door|front gate|building|entry|entrance|cellar|bike lock|bike|car|spare|spare car|spare house|lift|office|storage|suitcase|padlock|lock|intercom|key ?box|lockbox|router|allotment|caravan)"
_PART = r"(?:network|code|combination|keys?|lock|alarm|number|box|name|login|account)"
_EVENT = r"(?:appointments?|check-?up|scan|operation|surgery|exams?|interview|wedding|christening|funeral|viva|driving test|house ?warming|inspection|viewing|rehearsal|recital|move|moving day|due date|deadline)"
_ONES = (
    r"(?:rent|deposit|mortgage|landlord|landlady|boiler|router|wi-?fi|network|car|van|bike|motorbike|kids|kid|boys|girls|twins|baby|toddler|bins?|recycling|"
    r"(?:bin|rubbish|garbage|trash|recycling) (?:collection|day)|cleaner|babysitter|nanny|gardener|childminder|fuse ?box|stopcock|(?:\w+ )?meter|first[- ]aid kit|"
    r"dishwasher|washing machine|fridge|freezer|oven|tumble dryer|heat pump|lease|council tax|internet|broadband|(?:car|home|house|travel) insurance|MOT|alarm|"
    r"pram|passports?|torch|parking (?:space|spot)|boat|caravan|allotment|piano|printer|telly|vacuum|lawnmower|rent contract|tenancy|contract|nursery|school)"
)
HOME = re.compile(
    rf"^(?:(?:spare )?keys? (?:to|for|of) the (?:{_ONES}|{_PLACE})|{_ONES}|{_PLACE} {_PART}|(?:[a-z]+(?:'s)? ){{0,2}}{_EVENT}|(?:{'|'.join(sorted(PETS))})s?)(?:'s? (?:name|birthday|number))?$",
    re.IGNORECASE,
)
DEFINITE = re.compile(
    r"^(?:is|are)\s+(?:now\s+|always\s+|still\s+|currently\s+)?(?:called|named|[\d£$€#]|under\b|behind\b|inside\b|beneath\b|hanging\b|kept\b|hidden\b|with (?:my|our|the)\b|due\b|next to\b|"
    r"(?:in|on|at|by) (?:the|my|our|a|an) (?!picture|photo|image|story|way\b|middle|process|moment|phone\b|loose|run\b|end\b|verge|risk|mend)|(?:on|at|in|every) (?:the )?(?:\d|[A-Z])|"
    r"an? [A-Z]|(?!I\b)[A-Z]|next (?=\w+day|week|month)|every\b)|"
    r"^(?:comes?|expires?|runs? out|costs?|goe?s? (?:off|out)\b|have\b|has\b|ends?|opens?|closes?|starts?|leaves?)\b",
)
FICTION = re.compile(r"\b(?:film|movie|book|novel|story|series|show|game|picture|photo|song|episode|chapter|article|cartoon|painting|poem|dream|on average|average|typical(?:ly)?)\b", re.IGNORECASE)
