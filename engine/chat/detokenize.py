"""Text of a growing answer, piece by piece, never a broken character."""

from collections.abc import Sequence

from engine.model.tokenizer import TextTokenizer

_BROKEN = "\ufffd"
_TAIL = 8


class Detokenizer:
    """Turns token ids into text as they come.

    A token may end inside a UTF-8 character; its text waits until the character is whole. Only
    the last few ids are decoded anew, so the cost of a token does not grow with the answer.
    `before` are the ids of text that was told earlier and goes on now: some tokenizers write the
    blank before a word only where it does not begin the text.
    """

    def __init__(self, tokenizer: TextTokenizer, before: Sequence[int] = ()) -> None:
        self._tokenizer = tokenizer
        self._ids: list[int] = list(before[-_TAIL:])
        self._from = 0
        self._told = len(self._ids)

    def add(self, token_id: int) -> str:
        """The text that `token_id` completes, maybe empty."""
        self._ids.append(token_id)
        before = self._decode(self._from, self._told)
        now = self._decode(self._from, len(self._ids))
        if now.endswith(_BROKEN) or len(now) <= len(before):
            return ""
        self._from, self._told = self._told, len(self._ids)
        return now[len(before) :]

    def finish(self) -> str:
        """What still waits; an unfinished character is left out."""
        before = self._decode(self._from, self._told)
        now = self._decode(self._from, len(self._ids))
        self._from = self._told = len(self._ids)
        return now[len(before) :].rstrip(_BROKEN)

    def _decode(self, start: int, end: int) -> str:
        return self._tokenizer.decode(self._ids[start:end], skip_special_tokens=True)
