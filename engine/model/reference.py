"""The Hugging Face model over the weights that the decoder runs: for training and for checks."""

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import torch

from engine.model.weights import WeightSource

if TYPE_CHECKING:
    from transformers import PreTrainedModel


def build_reference(
    source: WeightSource, shared: Mapping[str, torch.Tensor]
) -> "PreTrainedModel":
    """Builds the class that ``source.config`` names and assigns its weights in bfloat16.

    Args:
        source: Weights that are not in `shared` are read from here.
        shared: Tensors by parameter name that are used as they are, without a copy.
    """
    for name, value in _OFFLINE.items():
        os.environ.setdefault(name, value)
    import transformers

    settings: dict[str, Any] = dict(source.config)
    kind = settings.pop("model_type")
    config = transformers.AutoConfig.for_model(kind, **settings)
    with torch.device("meta"):
        model = transformers.AutoModelForCausalLM.from_config(config, dtype=torch.bfloat16)
    tensors = {
        name: shared[name] if name in shared else source.dense(name).bfloat16()
        for name in model.state_dict()
        if name in source.names()
    }
    model.load_state_dict(tensors, strict=False, assign=True)
    model.tie_weights()
    _fill_buffers(model, config)
    _check_complete(model)
    for parameter in model.parameters():
        parameter.requires_grad_(requires_grad=False)
    return model.eval()


_OFFLINE = {"HF_HUB_OFFLINE": "1", "USE_HUB_KERNELS": "NO", "TOKENIZERS_PARALLELISM": "false"}


def _fill_buffers(model: Any, config: Any) -> None:
    """Gives the rotary tables real values: built on the meta device, they have none."""
    for module in model.modules():
        if hasattr(module, "inv_freq"):
            with torch.device("cpu"):
                fresh = type(module)(config=config)
            module.load_state_dict(fresh.state_dict(), assign=True, strict=False)
            for name, buffer in fresh.named_buffers():
                module.register_buffer(name, buffer, persistent=False)


def _check_complete(model: Any) -> None:
    left = [n for n, p in (*model.named_parameters(), *model.named_buffers()) if p.is_meta]
    if left:
        raise RuntimeError(f"{len(left)} weights of the reference were not assigned")
