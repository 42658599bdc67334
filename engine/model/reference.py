"""The Hugging Face model over the weights that the decoder runs: for training and for checks."""

import copy
import os
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import torch

from engine.contract import EngineError, FailureKind
from engine.model.weights import WeightSource

if TYPE_CHECKING:
    from transformers import PreTrainedModel

    from engine.decode.cuda.weights import GpuWeights

_OFFLINE = {"HF_HUB_OFFLINE": "1", "USE_HUB_KERNELS": "NO", "TOKENIZERS_PARALLELISM": "false"}


def build_reference(
    source: WeightSource, shared: Mapping[str, torch.Tensor], *, device: str = "cpu"
) -> "PreTrainedModel":
    """Builds the class that ``source.config`` names and assigns its weights in bfloat16.

    Args:
        source: Weights that are not in `shared` are read from here.
        shared: Tensors by parameter name that are used as they are, without a copy.
        device: ``cpu``; or ``cuda``, where linear modules become 4-bit NF4.

    Raises:
        EngineError: ``UNSUPPORTED_MODEL`` when the class is unknown or weights are missing.
    """
    model = _empty(source)
    _fill(model, source, shared, model.state_dict())
    _finish(model, source)
    if device == "cuda":
        from engine.model.nf4 import to_nf4

        to_nf4(model)
    return model.eval()


def build_reference_on(weights: "GpuWeights", source: WeightSource) -> "PreTrainedModel":
    """The class that ``source.config`` names over the GPU decoder's NF4 weights, without a copy.

    Raises:
        EngineError: ``UNSUPPORTED_MODEL`` when the class is unknown or weights are missing.
    """
    from engine.model.nf4 import share_nf4

    model, device = _empty(source), weights.embedding.device
    tables = {
        "model.embed_tokens.weight": weights.embedding, "lm_head.weight": weights.head.dense
    }  # fmt: skip
    packed = {f"{part.name}.weight" for stack in weights.stacks() for part in stack.parts}
    _fill(model, source, tables, model.state_dict().keys() - packed, device)
    share_nf4(model, weights)
    _finish(model, source)
    for module in model.modules():
        for name, buffer in module.named_buffers(recurse=False):
            setattr(module, name, buffer.to(device))
    return model.eval()


def _fill(
    model: Any, source: WeightSource, shared: Mapping[str, torch.Tensor], names: Iterable[str],
    device: torch.device | str = "cpu",
) -> None:  # fmt: skip
    """Assigns those parameters of `names` that `source` has, in bfloat16."""
    known = source.names()
    tensors = {
        name: shared[name] if name in shared else source.dense(name).bfloat16().to(device)
        for name in names
        if name in known
    }
    model.load_state_dict(tensors, strict=False, assign=True)


def _finish(model: Any, source: WeightSource) -> None:
    model.tie_weights()
    _stretch_positions(model, source.config.get("rope_factors"))
    _check_complete(model)
    model.requires_grad_(requires_grad=False)


def _empty(source: WeightSource) -> Any:
    """The model without memory for its weights; tables that no file holds are computed."""
    for name, value in _OFFLINE.items():
        os.environ.setdefault(name, value)
    import accelerate
    import transformers

    settings = copy.deepcopy({k: v for k, v in source.config.items() if k != "rope_factors"})
    kind = settings.pop("model_type")
    try:
        config = transformers.AutoConfig.for_model(kind, **settings)
        with accelerate.init_empty_weights(include_buffers=False):
            model = transformers.AutoModelForCausalLM.from_config(
                config, dtype=torch.bfloat16, trust_remote_code=False
            )
    except (ValueError, TypeError, KeyError, AttributeError):
        raise _unsupported() from None
    return model


def _stretch_positions(model: Any, factors: Sequence[float] | None) -> None:
    """Divides the rotation speeds by what a GGUF file gives in place of a rule."""
    if not factors:
        return
    for module in model.modules():
        if hasattr(module, "inv_freq"):
            module.inv_freq = module.inv_freq / torch.tensor(factors)


def _check_complete(model: Any) -> None:
    if any(p.is_meta for p in (*model.parameters(), *model.buffers())):
        raise _unsupported()


def _unsupported() -> EngineError:
    return EngineError(
        FailureKind.UNSUPPORTED_MODEL,
        "This kind of model is not supported; choose a Llama-like model.",
    )
