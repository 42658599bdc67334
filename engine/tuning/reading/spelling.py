"""What each token of a vocabulary spells, in bytes, and which tokens begin a given text."""

import json
import re
from collections.abc import Iterable, Sequence

from engine.model.tokenizer import TextTokenizer

_BYTE = re.compile(r"<0x([0-9A-Fa-f]{2})>")
_LONGEST = 32
"""Bytes of a token that is looked for; longer ones are runs of spaces and rules."""


class Spelling:
    """The vocabulary of a model by bytes. Safe to use from several threads.

    Two kinds are known: byte-level (GPT-2: every byte has a letter that stands for it) and pieces
    with a mark for the space and byte tokens (SentencePiece). Tokens work on bytes and not on
    characters because a rare character may take several tokens.
    """

    def __init__(self, tokenizer: TextTokenizer) -> None:
        self._ids: dict[bytes, int] = {}
        self._spelled: dict[int, bytes] = {}
        letters = _letters() if _is_byte_level(tokenizer) else None
        for number in range(tokenizer.vocab_size):
            token = tokenizer.token(number)
            if not token or number in tokenizer.special_ids:
                continue
            spelled = _piece(token) if letters is None else _byte_level(token, letters)
            if spelled:
                self._spelled[number] = spelled
                self._ids.setdefault(spelled, number)

    def token(self, text: bytes) -> int | None:
        """The token that spells exactly `text`."""
        return self._ids.get(text)

    def text(self, ids: Sequence[int]) -> bytes:
        """What `ids` spell; special tokens spell nothing."""
        return b"".join(self._spelled.get(number, b"") for number in ids)

    def beginnings(self, texts: Iterable[bytes]) -> set[int]:
        """The tokens that spell the beginning, or all, of one of `texts`."""
        starts = {text[:_LONGEST] for text in texts}
        pieces = {start[:end] for start in starts for end in range(1, len(start) + 1)}
        return {self._ids[piece] for piece in pieces if piece in self._ids}


def _is_byte_level(tokenizer: TextTokenizer) -> bool:
    decoder = json.loads(tokenizer.to_json()).get("decoder") or {}
    steps = decoder.get("decoders", [decoder])
    return any(step.get("type") == "ByteLevel" for step in steps)


def _letters() -> dict[str, int]:
    """The byte behind each letter of a byte-level vocabulary (the GPT-2 byte encoder)."""
    plain = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    other = [number for number in range(256) if number not in plain]
    moved = {chr(256 + place): number for place, number in enumerate(other)}
    return {chr(number): number for number in plain} | moved


def _byte_level(token: str, letters: dict[str, int]) -> bytes:
    if not all(letter in letters for letter in token):
        return b""
    return bytes(letters[letter] for letter in token)


def _piece(token: str) -> bytes:
    found = _BYTE.fullmatch(token)
    if found:
        return bytes([int(found.group(1), 16)])
    return token.replace("▁", " ").encode()
