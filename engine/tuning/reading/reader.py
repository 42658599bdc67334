"""One message read by the model: facts in the same form as those of the rules.

Every value is a part of the message, to the letter. What the model says nothing of, says of a value
that the rules refuse, or would have to make up does not come out.
"""

import re
from collections.abc import Callable, Iterator
from itertools import groupby

from engine.decode.sampling import Sampling
from engine.model.loaded import LoadedModel
from engine.tuning.extraction.candidate import Candidate, question_key
from engine.tuning.extraction.extract import extract
from engine.tuning.extraction.sentences import is_chinese, own_sentences
from engine.tuning.reading.guide import FactGuide, Line
from engine.tuning.reading.prompt import NOTHING, turns
from engine.tuning.reading.relations import relations
from engine.tuning.reading.spans import owners, values
from engine.tuning.reading.spelling import Spelling

MOST_FACTS = 4
"""Facts of one portion."""

_MOST_TOKENS = 96
_PORTION = 600
"""Characters that are read at once; longer messages are read in portions."""

_MOST_PORTIONS = 8
_FIRST_PERSON = re.compile(r"\b(?:I|I['’]\w+|my|mine|me|we|our|us)\b|[我咱俺]", re.IGNORECASE)


class Reader:
    """Reads messages with one model. On the model lane; the adapter should be off.

    Args:
        model: Loaded. One without a token that ends an answer reads nothing.
    """

    def __init__(self, model: LoadedModel) -> None:
        self._model = model
        self._spelling = Spelling(model.tokenizer)

    def read(self, text: str, should_stop: Callable[[], bool]) -> list[Candidate]:
        """The facts that the author of `text`, already redacted, tells; none where it stopped.

        Raises:
            EngineError: ``OUT_OF_MEMORY``.
        """
        found: list[Candidate] = []
        for portion, chinese in _portions(text):
            lines = self._lines(portion, chinese, should_stop)
            if should_stop():
                return []
            found += filter(None, (_candidate(line, portion) for line in lines))
        return list({question_key(one.question): one for one in reversed(found)}.values())[::-1]

    def _lines(
        self, sentences: list[str], chinese: bool, should_stop: Callable[[], bool]
    ) -> list[Line]:
        """What the model notes of a portion."""
        spans = values(sentences, chinese=chinese)
        prompt = self._model.prompt_ids(turns(_joined(sentences, chinese), chinese=chinese))
        room = self._model.context_length - len(prompt) >= _MOST_TOKENS
        if not (spans.all and room and self._model.stop_ids):
            return []
        about = relations(owners(sentences, chinese=chinese), chinese=chinese)
        guide = FactGuide(
            self._spelling, self._model.stop_ids, about, spans,
            nothing=NOTHING[chinese], most=MOST_FACTS,
        )  # fmt: skip
        how = Sampling(
            temperature=0.0, repetition_penalty=1.0, max_tokens=_MOST_TOKENS, guide=guide
        )
        return guide.read(list(self._model.decoder.stream(prompt, how, should_stop)))


def _portions(text: str) -> Iterator[tuple[list[str], bool]]:
    """Own sentences of one language with the user in them, a portion at a time."""
    count = 0
    for chinese, group in groupby(own_sentences(text), is_chinese):
        portion: list[str] = []
        for sentence in [*group, ""]:
            full = sum(map(len, portion)) + len(sentence) > _PORTION
            if portion and (full or not sentence):
                if _FIRST_PERSON.search(_joined(portion, chinese)) and count < _MOST_PORTIONS:
                    count += 1
                    yield portion, chinese
                portion = []
            if sentence and len(sentence) <= _PORTION:
                portion.append(sentence)


def _joined(sentences: list[str], chinese: bool) -> str:
    return ("" if chinese else " ").join(sentences)


def _candidate(line: Line, sentences: list[str]) -> Candidate | None:
    """The fact as the rules would put it; None where they see none or its value is not a copy."""
    if not line.relation.fits(line.value):
        return None
    for sentence in line.relation.sentences:
        found = list(extract(sentence.replace("{}", line.value)))
        if len(found) == 1 and not found[0].retracts and _is_copy(found[0], line, sentences):
            return found[0]
    return None


def _is_copy(made: Candidate, line: Line, sentences: list[str]) -> bool:
    """Is the value, as the rules cleaned it, still a part of the message and of what was noted?"""
    return made.value in line.value and any(made.value in sentence for sentence in sentences)
