"""A few chats, examples, memories and an adapter, so that a demonstration has something to show."""

from engine.fakery.collecting import collect
from engine.fakery.world import World
from storage.records import Role

__all__ = ["fill"]

_CHATS = (
    ("Planning the garden", (
        ("What grows well in the shade?", "Ferns, hostas and **hellebores** do well in shade."),
        ("My gardener is called Tobias.", "Good to know! I will keep Tobias in mind."),
    )),
    ("A function to sort names", (
        ("Sort a list of names in Python.", "```python\nnames.sort(key=str.casefold)\n```"),
    )),
    ("周末去哪儿", (
        ("我的猫叫团团。周末带它去哪儿？", "可以带**团团**去附近安静的公园。"),
    )),
)  # fmt: skip


def fill(world: World) -> None:
    """Puts the sample data into an empty world."""
    for title, turns in _CHATS:
        owner = world.add_conversation(title, consent=True)
        parent: str | None = None
        for asked, answered in turns:
            parent = world.add_message(owner.id, parent, Role.USER, asked).id
            parent = world.add_message(owner.id, parent, Role.ASSISTANT, answered).id
    world.settings["learning_consent"] = True
    collect(world)
    world.remember("You prefer short answers.")
    world.note("profile_created")
