"""Which tokens a key-value cache holds, whatever holds their keys and values."""

from collections.abc import Callable, Sequence

import torch


class HeldTokens:
    """Base of the caches: ``tokens`` are those whose keys and values are there, in order."""

    def __init__(self) -> None:
        self.tokens: list[int] = []
        self._answered: tuple[int, torch.Tensor] | None = None

    def after(
        self, prompt: Sequence[int], compute: Callable[[int], torch.Tensor | None]
    ) -> torch.Tensor | None:
        """Logits (V,) after `prompt`, or None when `compute` was stopped on the way.

        The same prompt again gets the same logits to the last bit, so that a seed repeats.

        Args:
            prompt: All of its tokens.
            compute: Appends what follows a position of `prompt`; gives the logits after the last.
        """
        at = self.reuse(prompt)
        if self._answered is not None and self._answered[0] == at + 1 == len(prompt):
            self.tokens.append(prompt[-1])
            return self._answered[1].clone()
        self._answered = None
        logits = compute(at)
        if logits is not None:
            self._answered = (len(prompt), logits.clone())
        return logits

    def reuse(self, prompt: Sequence[int]) -> int:
        """Keeps what `prompt` has in common with the stored tokens; returns how many are kept.

        At least the last token of `prompt` is left to compute, because its logits are needed.
        """
        limit = min(len(self.tokens), len(prompt) - 1)
        kept = 0
        while kept < limit and self.tokens[kept] == prompt[kept]:
            kept += 1
        del self.tokens[kept:]
        return kept

    def clear(self) -> None:
        """Forgets everything."""
        self.tokens.clear()
        self._answered = None
