"""Text of a growing answer, piece by piece, never a broken character."""

from engine.model.tokenizer import TextTokenizer

_BROKEN = "\ufffd"


class Detokenizer:
    """Turns token ids into text as they come.

    A token may end inside a UTF-8 character; its text waits until the character is whole. Only
    the last few ids are decoded anew, so the cost of a token does not grow with the answer.
    """

    def __init__(self, tokenizer: TextTokenizer) -> None:
        self._tokenizer = tokenizer
        self._ids: list[int] = []
        self._from = 0
        self._told = 0

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
