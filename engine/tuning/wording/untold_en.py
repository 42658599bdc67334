"""Relations put together from lists, far more than any user tells: what the assistant declines.

Each told thing stands among many of its kind that were not told (a favourite drink among eighty
favourites), so that only the very thing that was asked for brings out a value.
"""

from collections.abc import Iterator

from engine.tuning.wording.item import Item

_FAMILY = (
    "uncle", "aunt", "cousin", "nephew", "niece", "grandmother", "grandfather", "mother", "father",
    "sister", "brother", "son", "daughter", "wife", "husband", "best friend", "neighbour",
    "roommate", "mother-in-law", "godmother", "boyfriend", "girlfriend", "stepfather", "son-in-law",
    "father-in-law", "stepmother", "godfather", "grandson", "granddaughter", "flatmate", "ex-wife",
)  # fmt: skip
_ROLES = (
    "boss", "dentist", "doctor", "landlord", "accountant", "lawyer", "hairdresser", "teacher",
    "coach", "therapist", "mechanic", "tutor", "colleague", "vet", "plumber", "gardener", "manager",
    "piano teacher", "barber", "assistant", "optician", "babysitter", "driving instructor",
    "supervisor", "tailor", "pharmacist", "swimming coach", "trainer", "editor",
)  # fmt: skip
_ANIMALS = (
    "hamster", "cat", "dog", "parrot", "horse", "goldfish", "rabbit", "turtle", "puppy", "kitten",
    "guinea pig", "canary", "pony", "snake", "lizard", "goat",
)  # fmt: skip
_FAVOURITES = (
    "actor", "album", "app", "bakery", "beach", "beer", "bird", "biscuit", "board game", "brand",
    "breakfast", "café", "car", "card game", "cartoon", "chocolate", "club", "coffee", "comedian",
    "composer", "country", "cuisine", "dance", "day of the week", "director", "dish", "fabric",
    "hobby", "jacket", "juice", "magazine", "meal", "month", "mountain", "museum", "musician",
    "newspaper", "opera", "park", "pasta", "perfume", "pizza", "place", "planet", "podcast", "poem",
    "poet", "radio station", "river", "salad", "sandwich", "scent", "series", "shop", "snack",
    "soup", "spice", "sweet", "toy", "tree", "vegetable", "video game", "website", "wine", "word",
    "writer",
)  # fmt: skip
_NUMBERS = (
    "passport number", "bank account number", "customer number", "employee number", "tax number",
    "ticket number", "order number", "insurance number", "phone number", "fax number",
    "library card number", "driving licence number", "booking number", "student number",
    "flat number", "gate number", "jersey number", "policy number", "office number", "desk number",
    "phone code", "card code", "laptop password", "email password", "school locker code",
    "postbox code", "lift code", "tablet code", "shed code", "cellar code", "bike code",
)  # fmt: skip
_THINGS = (
    "car", "bike", "coat", "kitchen", "sofa", "house", "bag", "umbrella", "van", "jacket", "hat",
    "bedroom", "tent", "boat", "phone", "scooter", "suitcase", "helmet", "mug", "scarf", "piano",
)  # fmt: skip
_OWNED = (
    "email address", "street", "district", "phone provider", "internet provider", "car brand",
    "laptop model", "camera", "watch", "printer", "perfume", "shampoo", "airline", "supermarket",
    "pharmacy", "church", "school", "kindergarten", "club", "choir", "orchestra", "thesis topic",
    "first car", "first school", "first pet", "motto", "ringtone", "username", "starting salary",
    "rent", "pension", "blood pressure", "eyesight", "trouser size", "bra size", "waist size",
    "jacket size", "skirt size", "ski length", "bust size", "hair colour", "skin type", "accent",
    "religion", "political party", "football team", "degree", "department", "job title",
    "floor", "notice period", "working hours", "lunch break", "bedtime", "honeymoon destination",
    "wedding venue", "witness", "middle initial", "maiden name", "stage name", "signature dish",
)  # fmt: skip
_REACHED = ("phone number", "email address", "surname")
_SCHOOLED = ("school", "university", "college")
_WHERE = (
    "live", "work", "go to school", "come from", "study", "spend the summer", "go on holiday",
    "park the car", "play tennis",
)  # fmt: skip
_WHAT = ("collect", "study", "play", "drive", "teach", "sell", "write", "like", "dislike", "repair")
_ENDING = (
    "passport", "lease", "visa", "gym membership", "insurance", "contract", "driving licence",
    "subscription", "season ticket", "internship",
)  # fmt: skip
_STARTING = (
    "class", "shift", "course", "meeting", "concert", "holiday", "treatment", "exam", "interview",
    "rehearsal", "lecture", "training",
)  # fmt: skip
_HABITS = (
    "What time do I go to bed?", "What time do I have lunch?", "What do I have for breakfast?",
    "Where do I buy my bread?", "Where do I keep my passport?", "Where do I do my shopping?",
    "Where did I learn to swim?", "Where did I get married?", "Where did I buy my car?",
    "Where did I meet my wife?", "Where did I hide the presents?", "When did I move here?",
    "When did I get married?", "When did I finish school?", "When did I learn to drive?",
    "What am I reading?", "What am I saving for?", "What am I building?", "What am I knitting?",
    "What do I fear most?", "What do I drink in the evening?", "What do I play on Sundays?",
    "What did I order last time?", "What did I cook yesterday?", "What did I forget at home?",
    "What did I give my mother?", "What did I lose last week?", "Where do I go running?",
    "Where do I take dance lessons?", "When do I water the plants?", "When do I visit my parents?",
    "When do I take my pills?", "What do I teach?", "What do I play?", "What do I sell?",
)  # fmt: skip


def made_up() -> Iterator[Item]:
    """Every relation that the lists give, in a fixed order; some stand in the file as well."""
    yield from _about_others()
    for what in (*(f"favourite {one}" for one in _FAVOURITES), *_NUMBERS, *_OWNED):
        yield _noun(f"my {what}")
    for thing in _THINGS:
        yield Item(f"What colour is my {thing}?", f"my {thing}'s colour")
    for what in _ENDING:
        yield Item(f"When does my {what} end?")
    for what in _STARTING:
        yield Item(f"When does my {what} start?")
    for question in _HABITS:
        yield Item(question)


def _about_others() -> Iterator[Item]:
    """People and animals around the user."""
    for who in (*_FAMILY, *_ROLES, *_ANIMALS):
        yield _noun(f"my {who}'s name")
    for who in (*_FAMILY, *_ANIMALS):
        yield Item(f"How old is my {who}?", f"my {who}'s age")
        yield Item(f"When is my {who}'s birthday?", f"my {who}'s birthday")
    for place, who in enumerate(_FAMILY):
        yield _noun(f"my {who}'s job")
        yield Item(f"Which {_SCHOOLED[place % 3]} did my {who} go to?")
        yield Item(f"Where does my {who} {_WHERE[place % len(_WHERE)]}?")
        yield Item(f"What does my {who} {_WHAT[place % len(_WHAT)]}?")
    for place, who in enumerate((*_FAMILY, *_ROLES)):
        yield _noun(f"my {who}'s {_REACHED[place % 3]}")
    for animal in _ANIMALS:
        yield Item(f"What breed is my {animal}?", f"my {animal}'s breed")


def _noun(noun: str) -> Item:
    return Item(f"What is {noun}?", noun)
