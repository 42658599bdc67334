"""One turn of a chat as the model sees it."""

from dataclasses import dataclass, field

from storage.records import Role


@dataclass(frozen=True, slots=True)
class ChatTurn:
    """Who says what."""

    role: Role
    text: str = field(repr=False)
