"""The blocks of an answer that is still being written, parsing only its unsettled end."""

from ui.chat.markdown import Block, blocks, settled_lines

__all__ = ["GrowingText"]


class GrowingText:
    """Markdown that grows at its end.

    Settled blocks are parsed once, so that the cost of a batch of tokens depends on the length of
    the last block and not on the length of the answer.
    """

    def __init__(self) -> None:
        self._settled: list[Block] = []
        self._tail = ""

    def add(self, text: str) -> None:
        """Appends `text`."""
        self._tail += text
        lines = settled_lines(self._tail)
        if lines:
            cut = _line_start(self._tail, lines)
            self._settled.extend(blocks(self._tail[:cut]))
            self._tail = self._tail[cut:]

    def blocks(self) -> tuple[Block, ...]:
        """All blocks so far."""
        return (*self._settled, *blocks(self._tail))


def _line_start(text: str, line: int) -> int:
    at = 0
    for _ in range(line):
        at = text.index("\n", at) + 1
    return at
