"""The layers over some new tokens, with everything that changes held in tensors on the device.

The same code computes prompts, single tokens and guessed tokens. It asks the device nothing and
takes no number from the host that changes from token to token, so it can be captured as a graph.
"""

import torch
from torch.nn import functional

from engine.decode.cuda.attention import attend, visible
from engine.decode.cuda.cache import StaticCache
from engine.decode.cuda.side_buffers import SideBuffers
from engine.decode.cuda.weights import GpuLayer, GpuWeights
from engine.decode.rotary import rotations
from engine.decode.shape import Shape

_STACKS = 4


class Forward:
    """Runs tokens through the layers.

    Args:
        shape: Of the model.
        weights: Its weights.
        cache: Filled and read.
        side: The adapter beside the stacks of `weights`.
    """

    def __init__(
        self, shape: Shape, weights: GpuWeights, cache: StaticCache, side: SideBuffers
    ) -> None:
        self._shape = shape
        self._weights = weights
        self._cache = cache
        self._side = side
        device = weights.embedding.device
        self._turned = shape.heads + shape.kv_heads
        self._turns = {
            kind: tuple(one.to(device) for one in _waves(turns, shape.turned_width))
            for kind, turns in rotations(shape, cache.places).items()
        }
        self._partner = _partners(shape.head_dim, shape.turned_width).to(device)

    def run(self, tokens: torch.Tensor, places: torch.Tensor, bucket: int) -> torch.Tensor:
        """(M, hidden) bfloat16 after the last norm, of `tokens` (M,) that stand at `places` (M,).

        Args:
            tokens: Ids on the device.
            places: Their positions on the device, one after another.
            bucket: How many places of the cache are looked at; the last of `places` is below it.
        """
        shape, kind = self._shape, self._cache.data.dtype
        x = functional.embedding(tokens, self._weights.embedding).float()
        if shape.embedding_scale != 1.0:
            x = x * shape.embedding_scale
        rows = self._cache.rows(places)
        asking = places.repeat(shape.heads // shape.kv_heads)
        masks = {size: visible(asking, bucket, size, kind) for size in set(shape.windows) or {0}}
        turns = {name: self._turns_at(name, places) for name in self._turns}
        for index, layer in enumerate(self._weights.layers):
            query = self._take(index, layer, x, rows, turns[shape.turn_kind(index)])
            keys, values = self._cache.seen(index, bucket)
            mask = masks[shape.window(index)]
            seen = attend(query, keys, values, mask, shape.attention_scale).bfloat16()
            out = self._side.product(_STACKS * index + 1, seen, None)
            x = x + self._normed(out, layer.attention_out_norm)
            x = x + self._normed(self._think(index, layer, x), layer.mlp_out_norm)
        return self._rms(x, self._weights.norm).bfloat16()

    def _take(
        self, index: int, layer: GpuLayer, x: torch.Tensor, rows: torch.Tensor,
        turns: tuple[torch.Tensor, torch.Tensor],
    ) -> torch.Tensor:  # fmt: skip
        """(M, heads, D) turned queries; keys and values go to `rows` of the cache."""
        shape, (cos, sin) = self._shape, turns
        normed = self._rms(x, layer.input_norm).bfloat16()
        qkv = self._side.product(_STACKS * index, normed, layer.qkv_bias)
        heads = qkv.view(x.shape[0], -1, shape.head_dim)
        if layer.head_norms is not None:
            tops = self._rms(heads[:, : self._turned].float(), None) * layer.head_norms
            heads = torch.cat((tops, heads[:, self._turned :]), dim=1)
        turned = torch.empty(heads.shape, dtype=self._cache.data.dtype, device=x.device)
        torch.addcmul(heads * cos, heads.index_select(2, self._partner), sin, out=turned)
        self._cache.write(index, rows, turned[:, shape.heads :])
        return turned[:, : shape.heads]

    def _turns_at(self, kind: str, places: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Cosines and sines (M, heads + 2 kv_heads, D) of `places`; values turn by nothing."""
        cos, sin = (table[places, None].expand(-1, self._turned, -1) for table in self._turns[kind])
        still = cos.new_zeros(places.shape[0], self._shape.kv_heads, cos.shape[2])
        return torch.cat((cos, still + 1), dim=1), torch.cat((sin, still), dim=1)

    def _think(self, index: int, layer: GpuLayer, x: torch.Tensor) -> torch.Tensor:
        normed = self._rms(x, layer.mlp_norm).bfloat16()
        gate, up = self._side.product(_STACKS * index + 2, normed, None).chunk(2, dim=1)
        if self._shape.gelu:
            inner = functional.gelu(gate, approximate="tanh") * up
        else:
            inner = functional.silu(gate) * up
        return self._side.product(_STACKS * index + 3, inner, None)

    def _normed(self, y: torch.Tensor, norm: torch.Tensor | None) -> torch.Tensor:
        """What half a block adds, normed where the family norms it."""
        return y if norm is None else self._rms(y.float(), norm)

    def _rms(self, x: torch.Tensor, weight: torch.Tensor | None) -> torch.Tensor:
        """RMS norm over the last axis of float32 `x`."""
        return functional.rms_norm(x, (x.shape[-1],), weight, self._shape.norm_eps)


def _waves(turns: torch.Tensor, turned: int) -> tuple[torch.Tensor, torch.Tensor]:
    """(places, head_dim) cosines and sines for (places, head_dim / 2) complex `turns`.

    Hugging Face pairs feature f with f + turned / 2; the sine of the first of a pair is negative.
    """
    count, still = turned // 2, 2 * turns.shape[1] - turned
    real, imaginary = (part[:, :count].float() for part in (turns.real, turns.imag))
    rest = turns.new_zeros(turns.shape[0], still).real
    cos = torch.cat((real, real, rest + 1), dim=1)
    sin = torch.cat((-imaginary, imaginary, rest), dim=1)
    return cos.contiguous(), sin.contiguous()


def _partners(width: int, turned: int) -> torch.Tensor:
    """(width,) the feature that each is paired with; those that do not turn, with themselves."""
    features = torch.arange(width)
    paired = (features + turned // 2) % turned
    return torch.where(features < turned, paired, features)
