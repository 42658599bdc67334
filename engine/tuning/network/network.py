"""What the trainer trains: an adapter over a frozen model."""

from dataclasses import replace
from typing import Protocol

import torch

from engine.decode.adapter import AdapterWeights
from engine.decode.lean import LeanDecoder
from engine.decode.shape import Shape
from engine.model.loaded import LoadedModel
from engine.tuning.network.batch import PackedBatch


class Network(Protocol):
    """A frozen model with a trainable adapter. Used by one thread."""

    def parameters(self) -> list[torch.Tensor]:
        """The adapter's tensors, always in the same order."""

    @property
    def vocabulary(self) -> int:
        """How many logits a row has."""

    def hidden(self, *batches: PackedBatch, tuned: bool) -> torch.Tensor:
        """What the head makes logits of, (R, hidden), at the rows of `log_odds`."""

    def head(self, hidden: torch.Tensor) -> torch.Tensor:
        """Logits (R, V) of `hidden`, in the head's own precision."""

    def log_odds(self, *batches: PackedBatch, tuned: bool) -> torch.Tensor:
        """Logits (R, V) float32 at the batches' rows; with gradients where torch records them.

        Args:
            batches: What to compute, at least one; their rows come in this order.
            tuned: With the adapter, or the frozen model alone.
        """

    def adapter(self) -> AdapterWeights:
        """A copy of the adapter as it stands."""

    def load(self, adapter: AdapterWeights) -> None:
        """Takes the tensors of an adapter of the same rank and model."""


def build_network(
    model: LoadedModel, *, rank: int, alpha: float, seed: int, upper: float = 1.0
) -> Network:
    """The fast network where it covers what the lean decoder runs, else PEFT on the reference.

    Args:
        model: Stays frozen.
        rank: Of the adapter.
        alpha: Its scaling is alpha / rank.
        seed: Of its first values.
        upper: The share of the layers, from the top, that get an adapter.
    """
    if isinstance(model.decoder, LeanDecoder) and _is_covered(model.decoder.shape):
        from engine.tuning.network.lean import LeanNetwork

        decoder = model.decoder
        below = round(decoder.shape.layers * (1 - upper))
        return LeanNetwork(
            decoder.shape, decoder.weights, rank=rank, alpha=alpha, seed=seed, first_layer=below
        )
    from engine.tuning.network.peft import PeftNetwork

    return PeftNetwork(
        model.reference(), rank=rank, alpha=alpha, seed=seed, upper=upper,
        quiet=lambda: model.decoder.use_adapter(None, 0.0),
    )  # fmt: skip


def _is_covered(shape: Shape) -> bool:
    """Llama, and what Mistral (windows), Qwen2 (biases) and Qwen3 (head norms) add to it."""
    return replace(shape, windows=(), qkv_bias=False, head_norms=False).plain_llama


def load_into(network: Network, adapter: AdapterWeights) -> None:
    """Loads an adapter that may cover fewer modules than `network` does; the others stay still."""
    tensors = {
        name: adapter.tensors.get(name, torch.zeros_like(tensor))
        for name, tensor in network.adapter().tensors.items()
    }
    network.load(AdapterWeights(adapter.rank, adapter.alpha, tensors))
