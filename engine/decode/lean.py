"""The lean decoder: a Llama-family model on CPU with no framework between the products."""

from collections.abc import Callable, Iterator, Sequence

import torch

from engine.decode.adapter import AdapterWeights, damaged
from engine.decode.cache import KeyValueCache
from engine.decode.few import MOST, FewTokens
from engine.decode.guard import check_length, named_failures
from engine.decode.lookup import LookAhead
from engine.decode.many import ManyTokens
from engine.decode.one import OneToken
from engine.decode.pacing import ThreadPacer, thread_limit
from engine.decode.rotary import rotations
from engine.decode.sampling import Sampler, Sampling
from engine.decode.shape import Shape
from engine.decode.stack import Weights
from engine.decode.together import Together

_CHUNK = 512
"""Prompt tokens computed at once; a stop is noticed between chunks."""


class LeanDecoder:
    """Implements `engine.decode.decoder.Decoder`."""

    def __init__(
        self, shape: Shape, weights: Weights, context_length: int, stop_ids: frozenset[int]
    ) -> None:
        self.context_length = context_length
        self.shape = shape
        self.weights = weights
        self._stop_ids = stop_ids
        self._cache = KeyValueCache(
            shape.layers, shape.kv_heads, shape.head_dim, context_length, wide=shape.sandwich_norms
        )
        turns = rotations(shape, context_length)
        self._many = ManyTokens(shape, weights, self._cache, turns)
        self._one = OneToken(shape, weights, self._cache, turns)
        self._few = FewTokens(self._one)
        self._together = Together(shape, weights, turns, stop_ids)
        self.look_ahead = self._few.exact
        self._adapter: AdapterWeights | None = None
        self._strength = 0.0
        self._pacer = ThreadPacer(thread_limit())

    @named_failures
    def use_adapter(self, adapter: AdapterWeights | None, strength: float) -> None:
        """See `Decoder`."""
        if adapter is self._adapter and (strength == self._strength or adapter is None):
            return
        self._forget()
        if adapter is not self._adapter:
            self._load_adapter(adapter)
        for projection in self.weights.projections():
            projection.set_strength(strength)
        self._strength = strength

    def stream(
        self, prompt: Sequence[int], sampling: Sampling, should_stop: Callable[[], bool]
    ) -> Iterator[int]:
        """See `Decoder`."""
        check_length(prompt, self.context_length)
        answer: list[int] = []
        sampler, ahead = Sampler(sampling), LookAhead(prompt, MOST - 1)
        logits = self._prefill(prompt, should_stop)
        while logits is not None and not should_stop():
            token = sampler.choose(logits, answer)
            if token in self._stop_ids:
                return
            answer.append(token)
            yield token
            length = len(prompt) + len(answer)
            done = length >= self.context_length or len(answer) >= sampling.max_tokens
            logits = None if done else self._after(token, length, ahead)

    @named_failures
    def answers(
        self, prompts: Sequence[Sequence[int]], most: int, should_stop: Callable[[], bool]
    ) -> list[list[int]]:
        """See `Decoder`."""
        for prompt in prompts:
            check_length(prompt, self.context_length - most)
        self._pacer.adjust()
        return self._together.answers(prompts, most, should_stop)

    @named_failures
    @torch.inference_mode()
    def logits(self, tokens: Sequence[int]) -> torch.Tensor:
        """See `Decoder`."""
        self._forget()
        chunks = [tokens[at : at + _CHUNK] for at in range(0, len(tokens), _CHUNK)]
        return torch.cat([self.weights.head.many(self._many.run(chunk)) for chunk in chunks])

    @named_failures
    @torch.inference_mode()
    def _prefill(
        self, prompt: Sequence[int], should_stop: Callable[[], bool]
    ) -> torch.Tensor | None:
        """Logits (V,) after `prompt`, or None when stopped on the way."""
        return self._cache.after(prompt, lambda at: self._compute(prompt, at, should_stop))

    def _compute(
        self, prompt: Sequence[int], at: int, should_stop: Callable[[], bool]
    ) -> torch.Tensor | None:
        """Computes `prompt` from position `at` on."""
        while True:
            self._pacer.adjust()
            chunk = prompt[at : at + _CHUNK]
            if len(chunk) == 1:
                return self._one.run(chunk[0])
            hidden = self._many.run(chunk)
            at += len(chunk)
            if at >= len(prompt):
                return self.weights.head.one(hidden[-1:])
            if should_stop():
                return None

    def _after(self, token: int, length: int, ahead: LookAhead) -> torch.Tensor:
        """Logits (V,) after `token`, the newest of `length`; guesses at what follows meanwhile."""
        known = ahead.take(token)
        if known is not None:
            return known
        del self._cache.tokens[length - 1 :]
        guesses = ahead.guess(self.context_length - length) if self.look_ahead else []
        if not guesses:
            return self._step(token)
        return ahead.keep(guesses, self._check([token, *guesses]))

    @named_failures
    @torch.inference_mode()
    def _check(self, tokens: Sequence[int]) -> torch.Tensor:
        self._pacer.adjust()
        return self._few.run(tokens)

    @named_failures
    @torch.inference_mode()
    def _step(self, token: int) -> torch.Tensor:
        self._pacer.adjust()
        return self._one.run(token)

    def _forget(self) -> None:
        self._cache.clear()

    def _load_adapter(self, adapter: AdapterWeights | None) -> None:
        """Hands every stack its share; a misfit leaves no adapter on."""
        modules = {} if adapter is None else adapter.modules()
        stacks = list(self.weights.projections())
        self._adapter = None
        for stack in stacks:
            stack.use_adapter({}, 0.0)
        known = {part.name: (part.rows, s.width) for s in stacks for part in s.parts}
        for name, (first, second) in modules.items():
            if known.get(name) != (second.shape[0], first.shape[1]):
                raise damaged()
        for stack in stacks:
            stack.use_adapter(modules, 0.0 if adapter is None else adapter.scaling)
        self._adapter = adapter
