"""A tiny random Llama, the same weights for the reference and for the lean code."""

from typing import Any

import torch
from transformers import LlamaConfig, LlamaForCausalLM

VOCABULARY = 96


def tiny_llama(seed: int = 3) -> LlamaForCausalLM:
    """Float32 compute on weights that bfloat16 holds exactly."""
    torch.manual_seed(seed)
    config = LlamaConfig(
        vocab_size=VOCABULARY, hidden_size=64, intermediate_size=96, num_hidden_layers=3,
        num_attention_heads=4, num_key_value_heads=2, head_dim=16, tie_word_embeddings=True,
        initializer_range=0.2, max_position_embeddings=256,
    )  # fmt: skip
    model = LlamaForCausalLM(config).eval()
    for parameter in model.parameters():
        parameter.data = parameter.data.bfloat16().float()
    return model


class TinyWeights:
    """Implements `engine.model.weights.WeightSource` over a model in memory."""

    def __init__(self, model: LlamaForCausalLM) -> None:
        self._state = model.state_dict()
        self.config: dict[str, Any] = {**model.config.to_dict(), "rope_theta": 10000.0}

    def names(self) -> frozenset[str]:
        return frozenset(self._state)

    def dense(self, name: str) -> torch.Tensor:
        return self._state[name].clone()

    def packed(self, name: str) -> None:
        assert name in self._state
