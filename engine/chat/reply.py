"""The reply loop: from turns to streamed text and figures."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from engine.chat.detokenize import Detokenizer
from engine.chat.stops import StopText
from engine.chat.turns import ChatTurn
from engine.decode.sampling import Sampling
from engine.model.loaded import LoadedModel


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyStats:
    """One answer: its text and figures. Times in seconds, counts in tokens.

    ``tokens_per_s`` is measured from the first token on; 0 for fewer than two tokens.
    ``stopped`` tells that `should_stop` ended the answer.
    """

    text: str = field(repr=False)
    prompt_tokens: int
    tokens: int
    first_token_s: float
    tokens_per_s: float
    stopped: bool


def answer(
    model: LoadedModel,
    turns: Sequence[ChatTurn],
    sampling: Sampling,
    should_stop: Callable[[], bool],
    on_text: Callable[[str], None],
    stop_texts: Sequence[str] = (),
) -> ReplyStats:
    """Answers `turns`, telling each new piece of text to `on_text` on this thread.

    Args:
        model: Its decoder keeps what it computed for the next turn.
        turns: A prompt that fits the context, see `engine.chat.prompt.fit_context`.
        sampling: How to choose tokens, and how many at most.
        should_stop: Asked before each token.
        on_text: Never told a broken character or a stop text.
        stop_texts: The answer ends before the first of these.

    Raises:
        EngineError: ``OUT_OF_MEMORY``, or ``BAD_INPUT`` for a prompt that does not fit.
    """
    prompt = model.prompt_ids(turns)
    telling = _Telling(model, stop_texts, on_text)
    started = time.perf_counter()
    for token in model.decoder.stream(prompt, sampling, should_stop):
        if telling.take(token):
            break
    telling.end()
    times = telling.times
    return ReplyStats(
        text="".join(telling.pieces),
        prompt_tokens=len(prompt),
        tokens=len(times),
        first_token_s=(times[0] if times else time.perf_counter()) - started,
        tokens_per_s=_rate(times),
        stopped=should_stop(),
    )


class _Telling:
    """Turns tokens into text, tells it on, and keeps what was told and when tokens came."""

    def __init__(
        self, model: LoadedModel, stop_texts: Sequence[str], on_text: Callable[[str], None]
    ) -> None:
        self.pieces: list[str] = []
        self.times: list[float] = []
        self._words = Detokenizer(model.tokenizer)
        self._ending = StopText(stop_texts)
        self._on_text = on_text

    def take(self, token: int) -> bool:
        """Tells what `token` completes; True when a stop text ended the answer."""
        self.times.append(time.perf_counter())
        self._tell(self._ending.add(self._words.add(token)))
        return self._ending.reached

    def end(self) -> None:
        """Tells what was held back."""
        self._tell(self._ending.finish(self._words.finish()))

    def _tell(self, text: str) -> None:
        if text:
            self.pieces.append(text)
            self._on_text(text)


def _rate(times: Sequence[float]) -> float:
    span = times[-1] - times[0] if len(times) > 1 else 0.0
    return (len(times) - 1) / span if span > 0 else 0.0
