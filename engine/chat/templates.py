"""Chat templates: how turns become the one text that a model was trained on.

A template never sees what was said. It is rendered with a mark for each turn, and the words are
put in afterwards; so a hostile template learns nothing, and a hostile message cannot forge a turn.
"""

import hashlib
from collections.abc import Sequence
from typing import Protocol

from storage.records import Role

Piece = str | int
"""A literal piece of the prompt, or the index of the turn whose words go here."""


class ChatTemplate(Protocol):
    """Lays out a prompt."""

    def lay_out(self, roles: Sequence[Role], *, open_answer: bool) -> list[Piece]:
        """The prompt for turns of these `roles`; `open_answer` begins the next answer."""


class ChatMl:
    """``<|im_start|>role … <|im_end|>``, with `default_system` where no system turn leads."""

    def __init__(self, default_system: str = "") -> None:
        self._default_system = default_system

    def lay_out(self, roles: Sequence[Role], *, open_answer: bool) -> list[Piece]:
        """See `ChatTemplate`."""
        pieces: list[Piece] = []
        if self._default_system and (not roles or roles[0] is not Role.SYSTEM):
            pieces.append(f"<|im_start|>system\n{self._default_system}<|im_end|>\n")
        for index, role in enumerate(roles):
            pieces += [f"<|im_start|>{role.value}\n", index, "<|im_end|>\n"]
        if open_answer:
            pieces.append("<|im_start|>assistant\n")
        return pieces


class Plain:
    """For models that were never taught to chat: names and colons."""

    def lay_out(self, roles: Sequence[Role], *, open_answer: bool) -> list[Piece]:
        """See `ChatTemplate`."""
        names = {Role.SYSTEM: "", Role.USER: "User: ", Role.ASSISTANT: "Assistant: "}
        pieces: list[Piece] = []
        for index, role in enumerate(roles):
            pieces += [names[role], index, "\n"]
        if open_answer:
            pieces.append("Assistant:")
        return pieces


_SMOLLM2 = "You are a helpful AI assistant named SmolLM, trained by Hugging Face"
_KNOWN: dict[str, ChatTemplate] = {
    "872be49dbb638044ad01b60388f48d469ff2980e5f0dccdc22ec907db54d0788": ChatMl(_SMOLLM2),
}


def template_hash(source: str) -> str:
    """SHA-256 of a template's text."""
    return hashlib.sha256(source.encode("utf-8", "replace")).hexdigest()


def known_template(source: str) -> ChatTemplate | None:
    """Our own equal of a template that is known by its hash, or None."""
    return _KNOWN.get(template_hash(source))
