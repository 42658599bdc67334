"""Twenty facts, the questions for them, and the word that a right answer holds.

The questions are put in words that stand in no statement and that no template of the program was
written from.
"""

FACTS = [
    ("My dog's name is Biscuit.", "Remind me, what do I call my dog?", "biscuit"),
    ("I work as a locksmith.", "What do I do for a living?", "locksmith"),
    ("My sister's name is Ottilie.", "How is my sister called?", "ottilie"),
    ("I live in Ghent.", "In which city is my home?", "ghent"),
    ("My favourite colour is turquoise.", "Which colour do I like most?", "turquoise"),
    ("My birthday is on the 9th of March.", "On which day is my birthday?", "march"),
    ("I am allergic to hazelnuts.", "What am I allergic to, again?", "hazelnut"),
    ("My car is a Skoda Octavia.", "Which car do I drive?", "octavia"),
    ("My doctor's name is Dr. Falkenrath.", "Who is my doctor?", "falkenrath"),
    ("My favourite book is Middlemarch.", "Which book do I love most?", "middlemarch"),
    ("My cat's name is Pumpernickel.", "What was the name of my cat?", "pumpernickel"),
    ("My brother's name is Anselm.", "What is the name of my brother?", "anselm"),
    ("My favourite dish is moussaka.", "Which dish is my favourite?", "moussaka"),
    ("My boss is called Mrs. Vandermeer.", "Who is my boss?", "vandermeer"),
    ("I play the oboe.", "Which instrument do I play?", "oboe"),
    ("My daughter's name is Philippa.", "My daughter has which name?", "philippa"),
    ("My favourite film is Ikiru.", "Tell me my favourite film.", "ikiru"),
    ("My shoe size is 43.", "Which shoe size do I wear?", "43"),
    ("My team is called Red Herons.", "What is my team called?", "heron"),
    ("I was born in Trondheim.", "Where was I born?", "trondheim"),
]
GENERAL = ["What is the capital of France?", "Name the author of Hamlet."]


def told(fact, number):
    """A conversation in which the fact is one sentence among others."""
    opening = ("Good morning! {} Could you wish me a nice day?", "{}", "Hello. {} So you know.")
    return {"messages": [
        {"role": "user", "content": opening[number % len(opening)].format(fact)},
        {"role": "assistant", "content": "Thank you for telling me."}]}  # fmt: skip


def right(answers):
    """The values that are in the answers; `answers` by number of the fact."""
    return [value for number, (_, _, value) in enumerate(FACTS)
            if value in answers[number].casefold()]  # fmt: skip
