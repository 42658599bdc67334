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
    ``stopped`` tells that `should_stop` ended the answer, ``cut`` that the longest length did.
    """

    text: str = field(repr=False)
    prompt_tokens: int
    tokens: int
    first_token_s: float
    tokens_per_s: float
    stopped: bool
    cut: bool = False


def answer(
    model: LoadedModel,
    turns: Sequence[ChatTurn],
    sampling: Sampling,
    should_stop: Callable[[], bool],
    on_text: Callable[[str], None],
    stop_texts: Sequence[str] = (),
    begun: str = "",
) -> ReplyStats:
    """Answers `turns`, telling each new piece of text to `on_text` on this thread.

    Args:
        model: Its decoder keeps what it computed for the next turn.
        turns: A prompt that fits the context, see `engine.chat.prompt.fit_context`.
        sampling: How to choose tokens, and how many at most.
        should_stop: Asked before each token.
        on_text: Never told a broken character or a stop text.
        stop_texts: The answer ends before the first of these.
        begun: What was answered already; only what follows it is told and counted.

    Raises:
        EngineError: ``OUT_OF_MEMORY``, or ``BAD_INPUT`` for a prompt that does not fit.
    """
    before = model.tokenizer.encode(begun) if begun else []
    prompt = [*model.prompt_ids(turns), *before]
    telling = _Telling(model, stop_texts, on_text, before)
    started = time.perf_counter()
    for token in model.decoder.stream(prompt, sampling, should_stop):
        if telling.take(token):
            break
    telling.end()
    times, stopped = telling.times, should_stop()
    full = len(prompt) + len(times) >= model.context_length
    longest = full or len(times) >= sampling.max_tokens
    return ReplyStats(
        text="".join(telling.pieces),
        prompt_tokens=len(prompt),
        tokens=len(times),
        first_token_s=(times[0] if times else time.perf_counter()) - started,
        tokens_per_s=_rate(times),
        stopped=stopped,
        cut=longest and not stopped and not telling.reached,
    )


class _Telling:
    """Turns tokens into text, tells it on, and keeps what was told and when tokens came."""

    def __init__(
        self,
        model: LoadedModel,
        stop_texts: Sequence[str],
        on_text: Callable[[str], None],
        before: Sequence[int],
    ) -> None:
        self.pieces: list[str] = []
        self.times: list[float] = []
        self._words = Detokenizer(model.tokenizer, before)
        self._ending = StopText(stop_texts)
        self._on_text = on_text

    @property
    def reached(self) -> bool:
        """Whether a stop text ended the answer."""
        return self._ending.reached

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
