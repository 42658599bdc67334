"""Chat templates: how turns become the one text that a model was trained on.

A model file's own template is a program by a stranger. It is rendered once, in a limited child
process, with marks in place of words, and what it does is learned as a table: what stands before
the first turn, between two turns, after the last. From then on only the table is used, so a
hostile template never sees a word, and a hostile message cannot forge a turn.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from engine.chat.render_probes import MARK, PROBES
from engine.contract import EngineError, FailureKind
from storage.records import Role

Piece = str | int
"""A literal piece of the prompt, or the index of the turn whose words go here."""

_SAME = "\n\n"
"""Between two turns of one role, for models that were never shown such a chat."""

_LETTERS = {Role.SYSTEM: "s", Role.USER: "u", Role.ASSISTANT: "a"}


@dataclass(frozen=True, slots=True)
class ChatTemplate:
    """A table of the text around turns.

    Keys are made of roles' first letters: ``^u`` is what stands before a first user turn, ``ua``
    between a user turn and an answer, ``a$`` after a last answer, ``u+`` what opens the answer to
    a last user turn. ``merge_system`` puts the system text in front of the first user turn, for
    models that know no system turn.
    """

    table: Mapping[str, str]
    merge_system: bool = False

    def lay_out(self, roles: Sequence[Role], *, open_answer: bool) -> list[Piece]:
        """The prompt for turns of these `roles`; `open_answer` begins the next answer.

        Raises:
            EngineError: ``BAD_INPUT`` for an order of turns that the model was never shown.
        """
        letters = [_LETTERS[role] for role in roles]
        start = next((i for i, letter in enumerate(letters) if letter != "s"), len(letters))
        pieces: list[Piece] = []
        keys = self._keys(letters, start if self.merge_system else 0, open_answer)
        for position, key in enumerate(keys):
            text = self.table.get(key, _SAME if len(set(key)) < len(key) else None)
            if text is None:
                raise EngineError(
                    FailureKind.BAD_INPUT,
                    "This model cannot follow a chat in this order; start a new chat.",
                )
            pieces.append(text)
            if position == 0 and self.merge_system:
                pieces += [piece for index in range(start) for piece in (index, "\n\n")]
            if position < len(keys) - 1:
                pieces.append(position + (start if self.merge_system else 0))
        return pieces

    @staticmethod
    def _keys(letters: Sequence[str], start: int, open_answer: bool) -> list[str]:
        shown = letters[start:]
        if not shown:
            return []
        between = [first + second for first, second in pairwise(shown)]
        return ["^" + shown[0], *between, shown[-1] + ("+" if open_answer else "$")]


def chat_ml(default_system: str = "") -> ChatTemplate:
    """``<|im_start|>role … <|im_end|>``, with `default_system` where no system turn leads."""
    names = {"s": "system", "u": "user", "a": "assistant"}
    opening = {letter: f"<|im_start|>{name}\n" for letter, name in names.items()}
    lead = f"{opening['s']}{default_system}<|im_end|>\n" if default_system else ""
    table = {f"^{letter}": opening[letter] for letter in "s"}
    table |= {f"^{letter}": lead + opening[letter] for letter in "ua"}
    table |= {a + b: f"<|im_end|>\n{opening[b]}" for a in "sua" for b in "sua"}
    table |= {f"{letter}$": "<|im_end|>\n" for letter in "sua"}
    table |= {f"{letter}+": f"<|im_end|>\n{opening['a']}" for letter in "sua"}
    return ChatTemplate(table)


def plain() -> ChatTemplate:
    """For models that were never taught to chat: names and colons."""
    names = {"s": "", "u": "User: ", "a": "Assistant: "}
    table = {f"^{letter}": name for letter, name in names.items()}
    table |= {a + b: "\n\n" + names[b] for a in "sua" for b in "sua"}
    table |= {f"{letter}$": "\n\n" for letter in "sua"}
    table |= {f"{letter}+": "\n\nAssistant:" for letter in "sua"}
    return ChatTemplate(table)


_SMOLLM2 = "You are a helpful AI assistant named SmolLM, trained by Hugging Face"
_KNOWN = {
    "872be49dbb638044ad01b60388f48d469ff2980e5f0dccdc22ec907db54d0788": chat_ml(_SMOLLM2),
}


def template_hash(source: str) -> str:
    """SHA-256 of a template's text."""
    return hashlib.sha256(source.encode("utf-8", "replace")).hexdigest()


def known_template(source: str) -> ChatTemplate | None:
    """Our own equal of a template that is known by its hash, or None."""
    return _KNOWN.get(template_hash(source))


def learn_template(rendered: Sequence[str | None]) -> ChatTemplate | None:
    """The table behind `rendered`, a text for each of `PROBES`; None when there is no table."""
    pairs = list(zip(PROBES, rendered, strict=True))
    whole = _learn_table(pairs)
    if whole is not None:
        return ChatTemplate(whole)
    without_system = [pair for pair in pairs if "s" not in pair[0][0]]
    table = _learn_table(without_system)
    return None if table is None else ChatTemplate(table, merge_system=True)


def _learn_table(
    pairs: Iterable[tuple[tuple[str, bool], str | None]],
) -> dict[str, str] | None:
    """One text for each key, the same wherever the key occurs; None when that fails."""
    table: dict[str, str] = {}
    for (letters, opened), text in pairs:
        pieces = None if text is None else _cut(text, len(letters))
        if pieces is None:
            return None
        keys = ChatTemplate._keys(letters, 0, opened)
        for key, piece in zip(keys, pieces, strict=True):
            if table.setdefault(key, piece) != piece:
                return None
    return table


def _cut(text: str, count: int) -> list[str] | None:
    """What stands around the marks 0 to `count`; None when one is missing, doubled, displaced."""
    pieces = []
    for index in range(count):
        before, mark, text = text.partition(MARK.format(index))
        if not mark:
            return None
        pieces.append(before)
    pieces.append(text)
    return None if any("Qz" in piece and "zQ" in piece for piece in pieces) else pieces
