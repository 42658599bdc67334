"""A loaded model: what chat and tuning work with."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
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
        make_reference: "Callable[[], PreTrainedModel] | None" = None,
        trouble: Callable[[], str] = lambda: "",
    ) -> None:
        self._info = info
        self._trouble = trouble
        self.record = record
        self.tokenizer = opened.tokenizer
        self.stop_ids = opened.stop_ids
        self.decoder = decoder
        self._template = opened.template
        self._source = opened.source
        self._shared = shared or {}
        self._reference = reference
        self._make_reference = make_reference

    @property
    def info(self) -> ModelInfo:
        """What runs the model, and what has slowed it down since it was loaded."""
        return replace(self._info, fallback_reason=self._info.fallback_reason or self._trouble())

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

        Built at the first call; shares its large tensors with the decoder. On a GPU its linear
        modules are the decoder's NF4 weights themselves.
        """
        if self._reference is None:
            make = self._make_reference or self._shared_reference
            self._reference = make()
        return self._reference

    def _shared_reference(self) -> "PreTrainedModel":
        from engine.model.reference import build_reference

        return build_reference(self._source, self._shared)

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
