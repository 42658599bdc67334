"""The parts of the GPU benchmark that need no GPU: made-up weights fit the model's class."""

import torch

from engine.decode.reference import ReferenceDecoder
from engine.model.reference import build_reference
from tests.bench import gpu


def test_random_weights_make_a_model_that_decodes() -> None:
    shape = {"hidden_size": 64, "intermediate_size": 96, "num_hidden_layers": 2,
             "num_attention_heads": 4, "num_key_value_heads": 2, "tie_word_embeddings": False,
             "vocab_size": 300}  # fmt: skip
    model = build_reference(gpu.RandomWeights(gpu._COMMON | shape), {})
    decoder = ReferenceDecoder(model, gpu._CONTEXT, frozenset())
    spans = [gpu._decode(decoder, adapter)["s"] for adapter in (None, gpu._adapter(model))]
    assert min(spans) > 0
    assert gpu._unread(model) == 2 * 300 * 64
    assert torch.isfinite(decoder.logits([1, 2, 3])).all()
