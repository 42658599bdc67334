"""A loaded model: what chat and tuning work with."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import torch

from engine.chat.turns import ChatTurn
from engine.contract import ModelInfo
from engine.decode.decoder import Decoder
from engine.decode.guard import named_failures
from engine.model.open_source import OpenedModel
from storage.records import ModelRecord

if TYPE_CHECKING:
    from transformers import PreTrainedModel


class LoadedModel:
    """One model in memory. Used by one thread at a time (the model lane)."""

    def __init__(
        self,
        *,
        info: ModelInfo,
        record: ModelRecord,
        opened: OpenedModel,
        decoder: Decoder,
        shared: Mapping[str, torch.Tensor] | None = None,
        reference: "PreTrainedModel | None" = None,
    ) -> None:
        self.info = info
        self.record = record
        self.tokenizer = opened.tokenizer
        self.stop_ids = opened.stop_ids
        self.decoder = decoder
        self._template = opened.template
        self._source = opened.source
        self._shared = shared or {}
        self._reference = reference

    @property
    def context_length(self) -> int:
        """Tokens that fit, prompt and answer together."""
        return self.decoder.context_length

    def prompt_ids(
        self, turns: Sequence[ChatTurn], add_generation_prompt: bool = True
    ) -> list[int]:
        """Token ids of `turns` in the model's chat format; ready for an answer by default."""
        roles = [turn.role for turn in turns]
        pieces = self._template.lay_out(roles, open_answer=add_generation_prompt)
        words = [turn.text for turn in turns]
        start = [self.tokenizer.bos_token_id] if self._needs_bos(pieces) else []
        return [i for i in start if i is not None] + self._encode(pieces, words)

    @named_failures
    def reference(self) -> "PreTrainedModel":
        """The Hugging Face model over the same dequantized weights, bfloat16, eval mode.

        Built at the first call; shares its large tensors with the decoder.
        """
        if self._reference is None:
            from engine.model.reference import build_reference

            self._reference = build_reference(self._source, self._shared)
        return self._reference

    def _needs_bos(self, pieces: Sequence[str | int]) -> bool:
        if not self.tokenizer.add_bos or self.tokenizer.bos_token_id is None:
            return False
        first = pieces[0] if pieces else ""
        mark = self.tokenizer.token(self.tokenizer.bos_token_id)
        return not (isinstance(first, str) and mark is not None and first.startswith(mark))

    def _encode(self, pieces: Sequence[str | int], words: Sequence[str]) -> list[int]:
        """All in one go where no message spells a special token, else piece by piece."""
        if not any(self.tokenizer.spells_special(text) for text in words):
            whole = "".join(words[p] if isinstance(p, int) else p for p in pieces)
            return self.tokenizer.encode(whole, parse_special=True)
        ids: list[int] = []
        for piece in pieces:
            if isinstance(piece, int):
                ids += self.tokenizer.encode(words[piece])
            else:
                ids += self.tokenizer.encode(piece, parse_special=True)
        return ids
