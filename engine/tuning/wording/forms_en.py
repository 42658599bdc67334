"""English frames around a question.

Facts and never-told things share them, so that no frame gives away which of the two it holds.

``{Q}`` is the direct question with a capital, ``{q}`` without, ``{e}`` the same as a clause
("where I live"), ``{n}`` the noun phrase ("my dog's name").
"""

TRAINED = (
    "{Q}?",
    "{Q}?",
    "{Q}?",
    "Hi! {Q}?",
    "Do you know {e}?",
    "Can you tell me {e}?",
    "Tell me {e}.",
    "Please tell me {e}.",
    "Do you remember {e}?",
    "I forgot {e}. Can you help?",
    "I forgot: {q}?",
    "Hey, I can't recall {e}.",
    "Quick question: {q}?",
    "Could you remind me {e}?",
    "What did I tell you about {n}?",
    "Tell me {n}.",
    "Do you know {n}?",
    "I need {n} for a form.",
    "What did I say {n} was?",
    "Someone asked me {e}. What do I say?",
    "So, {q}, again?",
    "I told you once {e}. What was it?",
)
LEADS = (
    "I'm filling in a form. ",
    "A friend wants to know this. ",
    "It slipped my mind. ",
    "Sorry to ask again. ",
    "Help me out here. ",
    "One more thing. ",
    "I'm making a list. ",
    "I'm on the phone and they ask me: ",
    "I'm standing in a shop right now. ",
    "Before I leave the house: ",
    "We talked about this before. ",
    "Okay, next question. ",
)
TAILS = (" Thanks!", " I really can't remember.", " You should know.", " Please.", " I told you.")
HELD_OUT = (
    "Remind me, {q}?",
    "Any idea {e}?",
    "I would like to know {e}.",
    "Have I told you {e}?",
    "My memory fails me. {Q}?",
    "Could you look up {e} for me?",
    "Just checking, {q}?",
    "What have you got down as {n}?",
)
