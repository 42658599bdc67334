"""Keeps an answer to lines of ``my <relation>: <span of the message>``, or to ``none``.

No relation and no value comes twice. And a line counts only when the model would have said it by
itself: where the guide had to put words into its mouth, they are not the model's.

Every stage of a line is a choice among finitely many texts that are known before the model says a
word. That needs no grammar engine: the next token must spell the beginning of what is left of one
of them. llguidance 1.9.1 was tried and does it as well (substring grammars, 0.1 ms a token after
0.3 s to take the vocabulary in); it would have been one more native library on three systems in the
place of a hundred lines.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from engine.tuning.reading.relations import Relation
from engine.tuning.reading.spans import Spans
from engine.tuning.reading.spelling import Spelling

_NEXT = b"\n"
_SPACE = b" "


@dataclass(frozen=True, slots=True)
class Line:
    """One whole line: what it is about, and the value as it stands in the message."""

    relation: Relation
    value: str


class FactGuide:
    """Implements `engine.decode.sampling.Guide` for one message.

    Args:
        spelling: Of the model's vocabulary.
        stop_ids: Tokens that end an answer; at least one.
        relations: What may be told.
        spans: What may be copied.
        nothing: The answer that says that there is no fact ("none").
        most: Lines at most.
    """

    def __init__(
        self, spelling: Spelling, stop_ids: frozenset[int], relations: Sequence[Relation],
        spans: Spans, *, nothing: str, most: int,
    ) -> None:  # fmt: skip
        self._spelling = spelling
        self._stop = sorted(stop_ids)
        newline = spelling.token(_NEXT)
        self._ends = frozenset(stop_ids if newline is None else {*stop_ids, newline})
        self._heads = {relation.head.encode(): relation for relation in relations}
        self._values = {text.encode() for text in spans.all}
        self._longest = {text.encode() for text in spans.longest}
        self._nothing = nothing.encode()
        self._most = most
        self._forced: set[int] = set()

    def __call__(self, answer: Sequence[int], wanted: int) -> list[int]:
        """The ids that may follow `answer`; takes note where `wanted` is none of them.

        Wanting something else after a whole value is to have come to its end.
        """
        allowed = self.allowed(answer)
        if wanted in allowed:
            return allowed
        ends = [number for number in allowed if number in self._ends]
        if not ends:
            self._forced.add(len(self._lines(answer)) - 1)
        return ends or allowed

    def allowed(self, answer: Sequence[int]) -> list[int]:
        """The ids with which `answer` stays well-formed."""
        *done, part = self._lines(answer)
        if not done and part == self._nothing:
            return self._stop
        texts = list(self._rest(part, done))
        if not answer:
            texts += [_SPACE + text for text in texts]
        allowed = self._spelling.beginnings(texts)
        if self._value(part) in self._values - self._told(done):
            last = len(done) + 1 >= self._most
            allowed.update(self._stop if last else self._ends)
        return sorted(allowed) or self._stop

    def read(self, answer: Sequence[int]) -> list[Line]:
        """The whole lines of an answer that were the model's own; one cut off says nothing."""
        return [
            Line(self._heads[self._head(line)], self._value(line).decode())
            for number, line in enumerate(self._lines(answer))
            if number not in self._forced and self._value(line) in self._values
        ]

    def _lines(self, answer: Sequence[int]) -> list[bytes]:
        """The answer by lines; some vocabularies begin every text with a space."""
        first, *others = self._spelling.text(answer).split(_NEXT)
        return [first.removeprefix(_SPACE), *others]

    def _head(self, line: bytes) -> bytes:
        """The relation's part of a line; empty while it is not complete."""
        return next((head for head in self._heads if line.startswith(head)), b"")

    def _value(self, line: bytes) -> bytes:
        """The value as far as the line has one."""
        head = self._head(line)
        return line[len(head) :].removeprefix(self._heads[head].gap.encode()) if head else b""

    def _told(self, done: Sequence[bytes]) -> set[bytes]:
        return {self._value(line) for line in done}

    def _rest(self, part: bytes, done: Sequence[bytes]) -> Iterable[bytes]:
        """What may still follow in the line `part`, after the lines `done`."""
        head = self._head(part)
        if head:
            gap = self._heads[head].gap.encode()
            whole = [head + gap + value for value in self._longest - self._told(done)]
        else:
            said = {self._head(line) for line in done}
            whole = [one for one in self._heads if one not in said]
            whole += [] if done else [self._nothing]
        return (text[len(part) :] for text in whole if text.startswith(part) and text != part)
