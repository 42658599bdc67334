"""Ways to put a text before the model, as token ids of bounded length.

What the last tokens are asked to stand for changes what the vectors there tell, so that members
that read differently framed texts err at different ones (prompt ensembles: Schick and Schütze
2021). No frame knows the task; one names the labels.
"""

from collections.abc import Sequence

from engine.chat.turns import ChatTurn
from engine.model.loaded import LoadedModel
from storage.records import Role

PLAIN, OTHER_WORDS, QUESTION = FRAMES = ("plain", "other_words", "question")
MOST_TOKENS = 256
_MOST_NAMED = 12
_ENDS = {PLAIN: "\n", OTHER_WORDS: "\nIn other words, it is"}


def question_of(words: Sequence[str]) -> str:
    """What the frame `QUESTION` asks about a text: which of a few labels fits, or what it is."""
    if not 2 <= len(words) <= _MOST_NAMED:
        return "What kind of text is this?"
    return f"Is this text {', '.join(words[:-1])} or {words[-1]}?"


class Framer:
    """Frames texts for one model. Any thread; `question` is that of `question_of`."""

    def __init__(self, model: LoadedModel, question: str) -> None:
        self._model = model
        self._question = question

    def ids(self, text: str, frame: str) -> tuple[int, ...]:
        """Token ids of a framed text: its start and its end where it is longer than `MOST_TOKENS`.

        Something closes every text, so that the last token stands for the whole in the same way
        whatever the text ends with.
        """
        tokenizer, text = self._model.tokenizer, text.strip()
        if frame == QUESTION:
            asked = f"{self._clipped(text)}\n\n{self._question}"
            return tuple(self._model.prompt_ids([ChatTurn(Role.USER, asked)]))
        start = [] if tokenizer.bos_token_id is None else [tokenizer.bos_token_id]
        return (*start, *_halves(tokenizer.encode(text)), *tokenizer.encode(_ENDS[frame]))

    def _clipped(self, text: str) -> str:
        ids = self._model.tokenizer.encode(text)
        return text if len(ids) <= MOST_TOKENS else self._model.tokenizer.decode(_halves(ids))


def _halves(ids: list[int]) -> list[int]:
    """`ids`, or the first and the last of them where there are too many."""
    if len(ids) <= MOST_TOKENS:
        return ids
    return [*ids[: MOST_TOKENS // 2], *ids[-(MOST_TOKENS // 2) :]]
