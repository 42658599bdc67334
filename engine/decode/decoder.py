"""What a decoder is to the rest of the engine."""

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

import torch

from engine.decode.adapter import AdapterWeights
from engine.decode.sampling import Sampling


class Decoder(Protocol):
    """Turns token ids into the next ones. Not safe for two threads at once."""

    context_length: int
    """Tokens that fit, prompt and answer together."""

    def use_adapter(self, adapter: AdapterWeights | None, strength: float) -> None:
        """Applies `adapter` from now on, scaled by `strength`; None switches it off.

        Raises:
            EngineError: ``ADAPTER_DAMAGED`` when it does not fit this model.
        """

    def stream(
        self, prompt: Sequence[int], sampling: Sampling, should_stop: Callable[[], bool]
    ) -> Iterator[int]:
        """Yields answer token ids one by one.

        Ends before a stop id, after ``sampling.max_tokens``, at the end of the context, or when
        `should_stop` says so. What an earlier call computed for a common beginning of the prompt
        is used again.

        Raises:
            EngineError: ``OUT_OF_MEMORY``, or ``BAD_INPUT`` for a prompt that does not fit.
        """

    def answers(
        self, prompts: Sequence[Sequence[int]], most: int, should_stop: Callable[[], bool]
    ) -> list[list[int]]:
        """Greedy answers of up to `most` tokens to some `prompts`, each without its stop token.

        Meant for short prompts, a batch at a time; a stop leaves the answers as far as they got.

        Raises:
            EngineError: ``OUT_OF_MEMORY``, or ``BAD_INPUT`` for a prompt that does not fit.
        """

    def logits(self, tokens: Sequence[int]) -> torch.Tensor:
        """(T, V) float32: next-token logits after each of `tokens`, with the adapter in use."""
