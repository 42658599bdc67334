"""The fallback decoder: any Hugging Face causal model, on CPU or CUDA, token by token."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import torch

from engine.decode.adapter import AdapterWeights
from engine.decode.guard import check_length, named_failures
from engine.decode.sampling import Sampler, Sampling
from engine.decode.side_path import SidePaths

_CHUNK = 512


class ReferenceDecoder:
    """Implements `engine.decode.decoder.Decoder` on a Hugging Face model in eval mode."""

    def __init__(self, model: Any, context_length: int, stop_ids: frozenset[int]) -> None:
        self.context_length = context_length
        self._model = model
        self._stop_ids = stop_ids
        self._side = SidePaths(model)
        self._adapter: AdapterWeights | None = None
        self._strength = 0.0
        self._tokens: list[int] = []
        self._cache: Any = None

    @named_failures
    def use_adapter(self, adapter: AdapterWeights | None, strength: float) -> None:
        """See `Decoder`."""
        if adapter is self._adapter and (strength == self._strength or adapter is None):
            return
        self._forget()
        if adapter is not self._adapter:
            self._adapter = None
            self._side.use(adapter, self._model.device, self._model.dtype)
            self._adapter = adapter
        self._side.set_strength(strength)
        self._strength = strength

    def stream(
        self, prompt: Sequence[int], sampling: Sampling, should_stop: Callable[[], bool]
    ) -> Iterator[int]:
        """See `Decoder`."""
        check_length(prompt, self.context_length)
        answer: list[int] = []
        sampler = Sampler(sampling)
        logits = self._prefill(prompt, should_stop)
        while logits is not None and not should_stop():
            token = sampler.choose(logits, answer)
            if token in self._stop_ids:
                return
            answer.append(token)
            yield token
            full = len(self._tokens) + 1 >= self.context_length
            done = full or len(answer) >= sampling.max_tokens
            logits = None if done else self._extend([token])[-1]

    def answers(
        self, prompts: Sequence[Sequence[int]], most: int, should_stop: Callable[[], bool]
    ) -> list[list[int]]:
        """See `Decoder`; one after the other here."""
        greedy = Sampling(temperature=0.0, repetition_penalty=1.0, max_tokens=most)
        return [list(self.stream(prompt, greedy, should_stop)) for prompt in prompts]

    @named_failures
    def logits(self, tokens: Sequence[int]) -> torch.Tensor:
        """See `Decoder`."""
        self._forget()
        chunks = [tokens[at : at + _CHUNK] for at in range(0, len(tokens), _CHUNK)]
        return torch.cat([self._extend(chunk, keep=len(chunk)) for chunk in chunks])

    def _prefill(
        self, prompt: Sequence[int], should_stop: Callable[[], bool]
    ) -> torch.Tensor | None:
        """Logits (V,) after `prompt`, or None when stopped on the way."""
        at = self._reuse(prompt)
        while True:
            chunk = prompt[at : at + _CHUNK]
            logits = self._extend(chunk)[-1]
            at += len(chunk)
            if at >= len(prompt):
                return logits
            if should_stop():
                return None

    @named_failures
    @torch.inference_mode()
    def _extend(self, tokens: Sequence[int], keep: int = 1) -> torch.Tensor:
        """Computes `tokens` after the cached ones; logits (keep, V) float32 on CPU of the last."""
        ids = torch.tensor([list(tokens)], device=self._model.device)
        try:
            done = self._model(
                input_ids=ids, past_key_values=self._cache, use_cache=True, logits_to_keep=keep
            )
        except BaseException:
            self._forget()
            raise
        self._cache = done.past_key_values
        self._tokens.extend(tokens)
        logits: torch.Tensor = done.logits[0].float().cpu()
        return logits

    def _reuse(self, prompt: Sequence[int]) -> int:
        """Cuts the cache back to what `prompt` shares with it; returns how many tokens that is."""
        limit = min(len(self._tokens), len(prompt) - 1)
        kept = 0
        while kept < limit and self._tokens[kept] == prompt[kept]:
            kept += 1
        if kept == len(self._tokens):
            return kept
        if kept == 0 or not self._crop(kept):
            self._forget()
            return 0
        del self._tokens[kept:]
        return kept

    def _crop(self, length: int) -> bool:
        """Whether the cache could be cut to `length`; sliding and recurrent ones cannot."""
        layers = getattr(self._cache, "layers", None)
        if not layers or any(getattr(layer, "is_sliding", False) for layer in layers):
            return False
        try:
            self._cache.crop(length)
        except (AttributeError, NotImplementedError, ValueError):
            return False
        return True

    def _forget(self) -> None:
        self._tokens, self._cache = [], None
