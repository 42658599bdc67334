"""The last product: from hidden state to logits over the whole vocabulary."""

import torch

_RESCORED = 64


class Head:
    """An 8-bit head for one token whose best candidates are scored again exactly.

    Reading the dense head would take as long as all layers together in a small model, and 8 bits
    alone move the distribution too much (measured on SmolLM2: 1.2e-3 nats). So 8 bits find the
    candidates and their dense rows decide between them (5e-4 nats, the layers' own rounding).

    Args:
        dense: (V, K) bfloat16; may be the embedding itself.
    """

    name = "int8 head with exact candidates"

    def __init__(self, dense: torch.Tensor) -> None:
        self.dense = dense
        scale = dense.abs().amax(dim=1).float().clamp_min(1e-12) / 127
        self._scale = scale.to(torch.bfloat16)
        self._codes = torch.empty(dense.shape, dtype=torch.int8)
        for rows in torch.split(torch.arange(dense.shape[0]), 8192):
            self._codes[rows] = (dense[rows].float() / scale[rows, None]).round_().to(torch.int8)
        self.bytes = self._codes.nbytes + self._scale.nbytes

    def one(self, x: torch.Tensor) -> torch.Tensor:
        """(1, K) float32 to (V,) float32."""
        return self.few(x)[0]

    def few(self, x: torch.Tensor) -> torch.Tensor:
        """(M, K) float32 to (M, V) float32, each row exactly as `one` gives it."""
        found: torch.Tensor = torch._weight_int8pack_mm(x.bfloat16(), self._codes, self._scale)
        logits = found.float()
        for row, hidden in zip(logits, x, strict=True):
            best = torch.topk(row, min(_RESCORED, row.numel())).indices
            row[best] = torch.mv(self.dense[best].float(), hidden)
        return logits

    def many(self, x: torch.Tensor) -> torch.Tensor:
        """(M, K) float32 to (M, V) float32."""
        return torch.nn.functional.linear(x.bfloat16(), self.dense).float()
