"""Hugging Face models whose linear modules are 4-bit NF4 (bitsandbytes): to answer and to train."""

from typing import Any

import torch

from engine.decode.cuda.nf4 import bnb_functional
from engine.decode.cuda.weights import GpuWeights


def to_nf4(model: Any) -> None:
    """Quantizes every linear module but the head and moves the model to the GPU, in place.

    Modules move one by one, so the GPU never holds more than the quantized model and one matrix.

    Raises:
        EngineError: ``UNSUPPORTED_MODEL`` when bitsandbytes cannot be used here.
    """
    bnb_functional()
    import bitsandbytes as bnb

    head = model.get_output_embeddings()
    linear = [
        (name, module)
        for name, module in model.named_modules()
        if isinstance(module, torch.nn.Linear) and module is not head
    ]
    for name, module in linear:
        weight = bnb.nn.Params4bit(
            module.weight.data.contiguous(), requires_grad=False, quant_type="nf4"
        )
        _put(model, name, _linear4bit(bnb, module, weight).to("cuda"))
    model.to("cuda")


def share_nf4(model: Any, weights: GpuWeights) -> None:
    """Puts the decoder's own NF4 weights into the linear modules of `model`, without a copy.

    Training through these modules (QLoRA) so needs no second set of weights.

    Args:
        model: Its linear modules may still be without memory.
        weights: Of the same model; biases stay the modules' own.
    """
    bnb_functional()
    import bitsandbytes as bnb

    for stack in weights.stacks():
        for name, packed, state in stack.slices():
            weight = bnb.nn.Params4bit(
                packed, requires_grad=False, quant_state=state, blocksize=state.blocksize,
                compress_statistics=state.nested, quant_type="nf4", bnb_quantized=True,
            )  # fmt: skip
            small = _linear4bit(bnb, model.get_submodule(name), weight)
            small.quant_state = state
            # On a CPU bitsandbytes would lay the bytes out anew, under the decoder's feet.
            small.support_avx512bf16_for_cpu = False
            _put(model, name, small)


def _linear4bit(bnb: Any, module: torch.nn.Linear, weight: Any) -> Any:
    """The NF4 twin of `module` on `weight`, which may be quantized when it moves to the GPU."""
    has_bias = module.bias is not None
    small = bnb.nn.Linear4bit(
        module.in_features, module.out_features, bias=has_bias, quant_type="nf4",
        compute_dtype=torch.bfloat16, device="meta",
    )  # fmt: skip
    small.weight = weight
    if has_bias:
        small.bias = torch.nn.Parameter(module.bias.data, requires_grad=False)
    return small


def _put(model: Any, name: str, module: torch.nn.Module) -> None:
    parent, _, last = name.rpartition(".")
    setattr(model.get_submodule(parent), last, module)
