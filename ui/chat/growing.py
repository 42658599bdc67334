"""The blocks of an answer that is still being written, parsing only its unsettled end."""

import re
from itertools import islice

from ui.chat.markdown import Block, blocks, settled_lines

__all__ = ["GrowingText"]

_LINE_END = re.compile(r"\r\n?|\n")
"""What the parser takes for the end of a line."""


class GrowingText:
    """Markdown that grows at its end.

    Settled blocks are parsed once, so that the cost of a batch of tokens depends on the length of
    the last block and not on the length of the answer.
    """

    def __init__(self) -> None:
        self._settled: list[Block] = []
        self._tail = ""

    def add(self, text: str) -> None:
        """Appends `text`; it is parsed when the blocks are asked for."""
        self._tail += text

    def blocks(self) -> tuple[Block, ...]:
        """All blocks so far."""
        lines = settled_lines(self._tail)
        if lines:
            cut = _line_start(self._tail, lines)
            self._settled.extend(blocks(self._tail[:cut]))
            self._tail = self._tail[cut:]
        return (*self._settled, *blocks(self._tail))


def _line_start(text: str, line: int) -> int:
    """Where line `line` begins, counted from 0; at least one line goes before it."""
    return next(islice(_LINE_END.finditer(text), line - 1, None)).end()
