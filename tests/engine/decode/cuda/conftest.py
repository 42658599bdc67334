import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch

from engine.decode.adapter import AdapterWeights
from engine.decode.cuda.decoder import GpuDecoder
from engine.decode.cuda.graphs import Recorder
from engine.decode.cuda.weights import GpuWeights, build_gpu_weights
from engine.decode.families import shape_from_config
from engine.model.model_folder import ModelFolder
from engine.model.safetensors_weights import SafetensorsWeights
from tests.support.tiny_families import family_config, random_model, save_folder

pytest.importorskip("bitsandbytes", reason="bitsandbytes is not installed here")
_CPU = torch.device("cpu")


class Gpu:
    """A family's GPU weights on any device, and transformers in float32 on the same NF4."""

    def __init__(self, family: str, folder: Path, device: torch.device = _CPU) -> None:
        made = random_model(family_config(family))
        self.source = SafetensorsWeights(ModelFolder(save_folder(made, folder)))
        self.shape = shape_from_config(self.source.config)
        self.weights = build_gpu_weights(self.source, self.shape, device, lambda _: None)
        self.truth = _on_nf4(made, self.weights)

    def decoder(self, recorder: Recorder | None = None, context: int = 512) -> GpuDecoder:
        return GpuDecoder(self.shape, self.weights, context, frozenset(), recorder)

    def log_shares(
        self, ids: list[int], adapter: AdapterWeights | None = None, strength: float = 0.0
    ) -> torch.Tensor:
        """(T, V) log probabilities of the truth."""
        model = self.truth
        if adapter is not None:
            model = copy.deepcopy(model)
            for name, (first, second) in adapter.modules().items():
                weight = model.get_submodule(name).weight
                weight.data += strength * adapter.scaling * second @ first
        with torch.inference_mode():
            found: torch.Tensor = model(torch.tensor([ids])).logits[0].float().log_softmax(-1)
        return found

    def adapter(self, rank: int = 4, only: str = "", seed: int = 1) -> AdapterWeights:
        random = torch.Generator().manual_seed(seed)
        tensors = {}
        for stack in self.weights.stacks():
            for part in (part for part in stack.parts if only in part.name):
                name = f"base_model.model.{part.name}"
                first = torch.randn(rank, stack.width, generator=random) / stack.width**0.5
                second = torch.randn(part.rows, rank, generator=random) * 0.05
                tensors[f"{name}.lora_A.weight"] = first
                tensors[f"{name}.lora_B.weight"] = second
        return AdapterWeights(rank, 2.0 * rank, tensors)


def _on_nf4(made: Any, weights: GpuWeights) -> Any:
    truth = copy.deepcopy(made).float()
    for stack in weights.stacks():
        rows = [part.rows for part in stack.parts]
        for part, dense in zip(stack.parts, torch.split(stack.dense().cpu(), rows), strict=True):
            truth.get_submodule(part.name).weight.data = dense.float()
    return truth.eval()


@pytest.fixture(scope="session")
def gpu(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Gpu]:
    """Makes a tiny model of a family, once."""
    made: dict[tuple[str, str], Gpu] = {}

    def make(family: str, device: str = "cpu") -> Gpu:
        if (family, device) not in made:
            folder = tmp_path_factory.mktemp(family) / "folder"
            made[family, device] = Gpu(family, folder, torch.device(device))
        return made[family, device]

    return make


@pytest.fixture(scope="session")
def divergence() -> Callable[[torch.Tensor, torch.Tensor], float]:
    """Mean KL in nats of logits from log probabilities."""

    def measure(truth: torch.Tensor, found: torch.Tensor) -> float:
        return float((truth.exp() * (truth - found.cpu().log_softmax(-1))).sum(-1).mean())

    return measure
