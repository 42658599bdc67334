"""Turns a Hugging Face model's linear modules into 4-bit NF4 on the GPU (bitsandbytes)."""

from typing import Any

import torch

from engine.contract import EngineError, FailureKind


def to_nf4(model: Any) -> None:
    """Quantizes every linear module but the head and moves the model to the GPU, in place.

    Modules move one by one, so the GPU never holds more than the quantized model and one matrix.

    Raises:
        EngineError: ``UNSUPPORTED_MODEL`` when bitsandbytes cannot be used here.
    """
    try:
        import bitsandbytes as bnb
    except (ImportError, OSError, RuntimeError):
        raise EngineError(
            FailureKind.UNSUPPORTED_MODEL,
            "The GPU libraries cannot be used here; choose the CPU in the settings.",
        ) from None
    head = model.get_output_embeddings()
    linear = [
        (name, module)
        for name, module in model.named_modules()
        if isinstance(module, torch.nn.Linear) and module is not head
    ]
    for name, module in linear:
        parent, _, last = name.rpartition(".")
        setattr(model.get_submodule(parent), last, _small(bnb, module).to("cuda"))
    model.to("cuda")


def _small(bnb: Any, module: torch.nn.Linear) -> Any:
    """The NF4 twin of `module`, quantized when it moves to the GPU."""
    has_bias = module.bias is not None
    small = bnb.nn.Linear4bit(
        module.in_features, module.out_features, bias=has_bias, quant_type="nf4",
        compute_dtype=torch.bfloat16, device="meta",
    )  # fmt: skip
    small.weight = bnb.nn.Params4bit(
        module.weight.data.contiguous(), requires_grad=False, quant_type="nf4"
    )
    if has_bias:
        small.bias = torch.nn.Parameter(module.bias.data, requires_grad=False)
    return small
