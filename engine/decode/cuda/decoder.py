"""The GPU decoder: captured steps over NF4 weights and a static cache."""

from collections.abc import Callable, Iterator, Sequence

import torch

from engine.decode.adapter import AdapterWeights
from engine.decode.cuda.cache import StaticCache, bucket_for
from engine.decode.cuda.forward import Forward
from engine.decode.cuda.graphs import CudaRecorder, Graphs, Recorder
from engine.decode.cuda.sampling import DeviceSampler
from engine.decode.cuda.side_buffers import SideBuffers
from engine.decode.cuda.weights import GpuWeights
from engine.decode.guard import check_length, named_failures
from engine.decode.lookup import LookAhead
from engine.decode.sampling import Sampling
from engine.decode.shape import Shape

PROMPT_CHUNK = 512
"""Prompt tokens computed at once; a stop is noticed between chunks."""

FEW, SOME = 4, 8
"""Tokens of a look-ahead step: few where a little is guessed, some where more is."""


class GpuDecoder:
    """Implements `engine.decode.decoder.Decoder`.

    Args:
        shape: Of the model.
        weights: On one device.
        context_length: Tokens that fit.
        stop_ids: Tokens that end an answer.
        recorder: Captures steps; left out, CUDA graphs on a GPU and nothing elsewhere.
    """

    def __init__(
        self, shape: Shape, weights: GpuWeights, context_length: int, stop_ids: frozenset[int],
        recorder: Recorder | None = None,
    ) -> None:  # fmt: skip
        device = weights.embedding.device
        self.context_length = context_length
        self.shape = shape
        self.weights = weights
        self._stop_ids = stop_ids
        self._cache = StaticCache(
            shape.layers, shape.kv_heads, shape.head_dim, context_length, device,
            wide=shape.sandwich_norms,
        )  # fmt: skip
        self._side = SideBuffers(list(weights.stacks()), device)
        self._forward = Forward(shape, weights, self._cache, self._side)
        if recorder is None and device.type == "cuda":
            recorder = CudaRecorder(device)
        self._plain, self._tuned = Graphs(recorder), Graphs(recorder)
        self._tokens = torch.zeros(SOME, dtype=torch.int64, device=device)
        self._start = torch.zeros((), dtype=torch.int64, device=device)
        self._steps = torch.arange(SOME, device=device)
        self._adapter: AdapterWeights | None = None
        self._strength = 0.0
        self.look_ahead = True

    @property
    def trouble(self) -> str:
        """Why tokens take longer than they should; empty when they do not."""
        return self._plain.trouble or self._tuned.trouble

    @property
    def path_taken(self) -> str:
        """Which code runs the products, in words."""
        steps = "steps launched one by one" if self.trouble else "captured steps"
        return f"GPU decoder, NF4 layers, {self.weights.head.name}, {steps}"

    @property
    def bytes(self) -> int:
        """Memory of weights, cache and adapter."""
        return self.weights.bytes() + self._cache.data.nbytes + self._side.bytes

    def bytes_a_token(self, length: int) -> int:
        """What the token after `length` others has to read: weights, its bucket, an adapter."""
        share = bucket_for(length + 1, self._cache.places) / self._cache.places
        adapter = self._side.bytes if self._side.on else 0
        return self.weights.bytes_a_token() + int(self._cache.data.nbytes * share) + adapter

    @named_failures
    @torch.inference_mode()
    def warm_up(self) -> None:
        """Captures the first step, so that an answer need not wait and trouble is known early."""
        self._forget()
        self._step([0])
        self._forget()

    @named_failures
    def use_adapter(self, adapter: AdapterWeights | None, strength: float) -> None:
        """See `Decoder`. Graphs stay; see `SideBuffers` for the exception."""
        if adapter is self._adapter and (strength == self._strength or adapter is None):
            return
        self._forget()
        self._adapter = None
        if self._side.take(adapter, strength):
            self._tuned.clear()
        self._adapter, self._strength = adapter, strength

    def stream(
        self, prompt: Sequence[int], sampling: Sampling, should_stop: Callable[[], bool]
    ) -> Iterator[int]:
        """See `Decoder`."""
        check_length(prompt, self.context_length)
        sampler = DeviceSampler(sampling, self.shape.vocab, self._tokens.device)
        ahead, said = LookAhead(prompt, SOME - 1), 0
        logits = self._prefill(prompt, should_stop)
        while logits is not None and not should_stop():
            token = sampler.choose(logits)
            if token in self._stop_ids:
                return
            said += 1
            yield token
            length = len(prompt) + said
            done = length >= self.context_length or said >= sampling.max_tokens
            logits = None if done else self._after(token, length, ahead)

    def answers(
        self, prompts: Sequence[Sequence[int]], most: int, should_stop: Callable[[], bool]
    ) -> list[list[int]]:
        """See `Decoder`; one after the other, what they begin with computed once."""
        for prompt in prompts:
            check_length(prompt, self.context_length - most)
        greedy = Sampling(temperature=0.0, repetition_penalty=1.0, max_tokens=most)
        return [list(self.stream(prompt, greedy, should_stop)) for prompt in prompts]

    @named_failures
    @torch.inference_mode()
    def logits(self, tokens: Sequence[int]) -> torch.Tensor:
        """See `Decoder`; on the CPU."""
        self._forget()
        chunks = [tokens[at : at + PROMPT_CHUNK] for at in range(0, len(tokens), PROMPT_CHUNK)]
        return torch.cat([self.weights.head(self._read(chunk)).cpu() for chunk in chunks])

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
            chunk = prompt[at : at + PROMPT_CHUNK]
            at += len(chunk)
            if len(chunk) == 1:
                return self._step(chunk)[0]
            hidden = self._read(chunk)
            if at >= len(prompt):
                return self.weights.head(hidden[-1:])[0]
            if should_stop():
                return None

    def _read(self, tokens: Sequence[int]) -> torch.Tensor:
        """Appends a run of `tokens`; (M, hidden) bfloat16 after the last norm."""
        start, device = len(self._cache.tokens), self._tokens.device
        places = torch.arange(start, start + len(tokens), device=device)
        ids = torch.tensor(tokens, device=device)
        hidden = self._forward.run(ids, places, self._cache.reach(start + len(tokens)))
        self._cache.tokens.extend(tokens)
        return hidden

    def _after(self, token: int, length: int, ahead: LookAhead) -> torch.Tensor:
        """Logits (V,) after `token`, the newest of `length`; guesses at what follows meanwhile."""
        known = ahead.take(token)
        if known is not None:
            return known
        del self._cache.tokens[length - 1 :]
        room = min(self.context_length, self._cache.places - SOME) - length
        most = min(room, SOME - 1 if ahead.sure else FEW - 1)
        guesses = ahead.guess(most) if self.look_ahead and most > 0 else []
        if not guesses:
            return self._checked([token])[0]
        return ahead.keep(guesses, self._checked([token, *guesses]))

    @named_failures
    @torch.inference_mode()
    def _checked(self, tokens: Sequence[int]) -> torch.Tensor:
        return self._step(tokens)

    def _step(self, tokens: Sequence[int]) -> torch.Tensor:
        """Appends up to `SOME` tokens by a captured step; (M, V) float32 logits after each.

        They hold until the next step of as many rows. Rows to spare compute what nobody reads:
        their places are masked until tokens of their own come to lie there.
        """
        start, count = len(self._cache.tokens), len(tokens)
        rows = next(size for size in (1, FEW, SOME) if size >= count)
        for number, token in enumerate(tokens):
            self._tokens[number].fill_(token)
        self._start.fill_(start)
        bucket = bucket_for(start + rows, self._cache.places)

        def work() -> torch.Tensor:
            places = self._start + self._steps[:rows]
            hidden = self._forward.run(self._tokens[:rows], places, bucket)
            return self.weights.head(hidden)

        graphs = self._tuned if self._side.on else self._plain
        logits = graphs.run((rows, bucket), work)
        self._cache.tokens.extend(tokens)
        return logits[:count]

    def _forget(self) -> None:
        self._cache.clear()
