"""A week of chats as a person might have them: facts among other talk, told, corrected, deleted.

Own text. Each fact has a question in words that stand in no message, and the words of which a right
answer holds one.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Told:
    """One fact: its message in a chat, a question for it, and words of which an answer holds one.

    ``until`` is the day on which it is corrected or deleted; from then on it must not come back.
    """

    said: str
    question: str
    accepted: tuple[str, ...]
    until: int | None = None


@dataclass(frozen=True)
class Talk:
    """A conversation: turns of the user and the assistant in turn, facts among them."""

    title: str
    turns: tuple[str | Told, ...]

    def line(self):
        """The conversation as ``import`` reads it."""
        spoken = [turn.said if isinstance(turn, Told) else turn for turn in self.turns]
        messages = [
            {"role": "assistant" if place % 2 else "user", "content": text}
            for place, text in enumerate(spoken)
        ]
        return {"title": self.title, "messages": messages}

    @property
    def facts(self):
        return [turn for turn in self.turns if isinstance(turn, Told)]


@dataclass(frozen=True)
class Day:
    """What is told on one day; `forget` names the talk that is deleted before learning."""

    talks: tuple[Talk, ...]
    forget: str | None = None
    facts: list[Told] = field(init=False)

    def __post_init__(self):
        object.__setattr__(self, "facts", [fact for talk in self.talks for fact in talk.facts])


SISTER = "About my sister"
"""The conversation that is deleted on day 5."""

WEEK = (
    Day((
        Talk("Bread", (
            "Good morning! Why does my bread come out so flat?",
            "The dough may have risen too long, or the oven was not hot enough.",
            Told("Could be the cold. I live in Ghent and the kitchen is freezing in November.",
                 "In which city is my home?", ("ghent",), until=3),
            "Then let it rise somewhere warm, for example beside the heating.",
            Told("The heating belongs to the dog, haha. My dog is called Pumpernickel.",
                 "Which name did I give my dog?", ("pumpernickel",)),
            "A fitting name for a baker's dog!",
        )),
        Talk("Keys", (
            Told("I work as a locksmith. How long does brass last outdoors?",
                 "What do I do for a living?", ("locksmith",)),
            "Decades, if it is cleaned now and then.",
        )),
    )),
    Day((
        Talk(SISTER, (
            "I need an idea for a present that costs less than twenty euros.",
            "A good candle, a small plant or a paperback are hard to get wrong.",
            Told("It is for a birthday. My sister's name is Ottilie, is a mug with it silly?",
                 "How is my sister called?", ("ottilie",), until=5),
            "A mug with a name is a nice idea.",
        )),
        Talk("Evening", (
            Told("What can I cook tonight? My favourite dish is moussaka, but that takes too long.",
                 "Which dish do I like most?", ("moussaka",)),
            "How about fried aubergines with yoghurt? It is nearly as good.",
            Told("Sounds great. I have an hour before rehearsal, I play the oboe.",
                 "Which instrument do I play?", ("oboe",)),
            "Enjoy the rehearsal!",
        )),
    )),
    Day((
        Talk("Boxes everywhere", (
            Told("Big news: I moved to Porto.", "Where is my home now?", ("porto",)),
            "Congratulations! How do you like it so far?",
            "It rains more than I thought. What is a good way to dry a flat?",
            "Air it a few minutes several times a day, and heat a little in between.",
        )),
        Talk("Monday at work", (
            Told("How do I ask for a day off? My boss is called Mrs. Vandermeer and she is strict.",
                 "Who is my boss?", ("vandermeer",)),
            "Ask early, name the day, and say who stands in for you.",
            Told("Fine. Then I can pick up the car, my car is a Skoda Octavia.",
                 "Which car do I drive?", ("skoda", "octavia")),
            "Drive safely!",
        )),
    )),
    Day((
        Talk("中文的一天", (
            "早上好，今天我想练习中文。",
            "好的，我们用中文聊吧。",
            Told("我的猫叫豆包。", "我的猫的名字是什么？", ("豆包",)),
            "很可爱的名字。",
            Told("我对花生过敏，所以吃饭要小心。", "我对什么过敏？", ("花生",)),
            "明白了，买东西的时候看一下配料表。",
            Told("我最喜欢的颜色是绿色。", "哪种颜色是我最喜欢的？", ("绿",)),
            "绿色让人想到春天。",
        )),
    )),
    Day((
        Talk("Teeth", (
            Told("My dentist is Dr. Falkenrath. Is it normal that a filling hurts for a week?",
                 "Who looks after my teeth?", ("falkenrath",)),
            "A few days are normal; after a week it is better to call.",
        )),
        Talk("Plans", (
            Told("My birthday is on the 9th of March. What could one do outdoors then?",
                 "On which day is my birthday?", ("march",)),
            "A walk by the sea with hot soup afterwards.",
            Told("Then I need boots. My shoe size is 43.", "Which shoe size do I wear?", ("43",)),
            "Take half a size more for thick socks.",
        )),
    ), forget=SISTER),
    Day((
        Talk("Family", (
            Told("My brother's name is Anselm and he collects maps. What could I give him?",
                 "What is the name of my brother?", ("anselm",)),
            "An old sea chart would please him.",
            "He has dozens of those. Something smaller?",
            "A magnifying glass with a brass handle.",
        )),
        Talk("Films", (
            Told("My favourite film is Ikiru. Do you know anything like it?",
                 "Tell me which film I love most.", ("ikiru",)),
            "You may like quiet films about old age, for example Late Spring.",
            Told("Thanks! It is a long way from home, I was born in Trondheim.",
                 "In which town was I born?", ("trondheim",)),
            "A beautiful town.",
        )),
    )),
    Day((
        Talk("Sunday", (
            Told("We won! My team is called Red Herons and we play handball.",
                 "What is my team called?", ("heron",)),
            "Well done!",
            Told("My daughter's name is Philippa, she scored twice.",
                 "My daughter has which name?", ("philippa",)),
            "You must be proud.",
            Told("Very. My favourite book is Middlemarch, so now I can read all evening.",
                 "Which book do I like best?", ("middlemarch",)),
            "Have a quiet evening.",
        )),
    )),
)  # fmt: skip

NEVER_TOLD = (
    "What is my accountant's name?", "What is my blood type?", "What is my uncle called?",
    "Which school did I go to?", "What is the name of my horse?", "When did I get married?",
)  # fmt: skip
GENERAL = (("What is the capital of France?", ("paris",)),
           ("Name the author of Hamlet.", ("shakespeare",)),
           ("How many days does a week have?", ("seven", "7")))  # fmt: skip


def holds(answer, accepted):
    """Is one of the accepted words in `answer`?"""
    return any(word in answer.casefold() for word in accepted)


def facts(*, alive):
    """Every fact that is still true at the end (or, with `alive` False, those that are not)."""
    return [fact for day in WEEK for fact in day.facts if (fact.until is None) is alive]
