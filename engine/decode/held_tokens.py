"""Which tokens a key-value cache holds, whatever holds their keys and values."""

from collections.abc import Sequence


class HeldTokens:
    """Base of the caches: ``tokens`` are those whose keys and values are there, in order."""

    def __init__(self) -> None:
        self.tokens: list[int] = []

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
