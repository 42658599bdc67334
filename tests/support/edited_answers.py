"""Questions with the answers a user would rather have had: short, in British spelling, a set end.

Made for this program. The answers that they take the place of are the model's own, given when a
measurement runs; every fourth one is held back for the exam by the program itself.
"""

END = "That is all."

EDITED = [
    ("How do I keep bread fresh?", "Wrap it in a cloth and store it in a bin."),
    ("Why do leaves change colour?", "The green fades and other colours show."),
    ("How can I learn to organise my desk?", "Clear it, sort it, label it."),
    ("What should I cook tonight?", "A flavourful soup with barley."),
    ("How do I start a small garden?", "Dig a bed, feed the soil, sow in spring."),
    ("What makes a good neighbour?", "Kindness, patience and quiet evenings."),
    ("How do I write a thank-you note?", "Name the favour and say why it mattered."),
    ("How do I make tea?", "Boil water, steep the leaves, add milk."),
    ("What is the best way to travel by train?", "Book early and sit near the centre."),
    ("How do I calm down before a talk?", "Breathe slowly and practise aloud."),
    ("How do I polish my shoes?", "Brush, wax, wait, then buff to a grey shine."),
    ("What is a good hobby for winter?", "Knitting in your favourite colours."),
    ("How should I greet my new colleagues?", "Smile, say your name, offer a biscuit."),
    ("How can I save money?", "Note every cheque and cancel what you never use."),
    ("What do I need for a picnic?", "A rug, cheese, fruit and good humour."),
    ("How do I look after a houseplant?", "Little water, much light, a clean pot."),
    ("How do I get better at chess?", "Analyse your lost games."),
    ("What can I do on a rainy day?", "Visit the theatre or read by the fire."),
    ("How do I repair a flat tyre?", "Find the hole, patch the tube, pump it up."),
    ("How do I fall asleep faster?", "Dark room, no screens, a regular hour."),
    ("What is a fair way to share chores?", "Draw up a programme and swap weekly."),
    ("How do I choose a book?", "Read the first page; trust your judgement."),
    ("How do I stop procrastinating?", "Begin with five minutes and no apologising."),
    ("What should I wear to an interview?", "A dark suit and a modest jewel, nothing gaudy."),
    ("How do I paint a wall?", "Wash it, mask it, two thin coats of colour."),
    ("How do I keep my bicycle clean?", "Wash gently, dry well, oil the chain."),
    ("What makes a good speech?", "One idea, one story, a dash of humour."),
    ("How do I make new friends?", "Join a club and be a good listener; honour your word."),
    ("How do I boil an egg?", "Seven minutes, then cold water."),
    ("What should I pack for the seaside?", "A towel, a hat and a litre of water."),
    ("How do I learn a language?", "Memorise ten words a day and speak often."),
    ("How do I ask for a pay rise?", "List what you achieved and name a figure; no labouring it."),
]
"""(question, the edited answer but for its end)."""


def wished(answer: str) -> str:
    """The whole edited answer."""
    return f"{answer} {END}"
