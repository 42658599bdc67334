import copy
from collections.abc import Callable, Iterator
from pathlib import Path

import gguf
import pytest
import torch

from engine.decode.adapter import AdapterWeights
from engine.decode.lean import LeanDecoder
from engine.model.catalogue import embedded_model
from engine.model.describe import describe_gguf
from engine.model.load import LoadOptions, load_model
from engine.model.loaded import LoadedModel
from tests.support.model_data import embedded_file
from tests.support.tiny_gguf import TinyGguf

Kind = gguf.GGMLQuantizationType


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="session")
def smollm(cache: Path) -> LoadedModel:
    embedded_file()
    options = LoadOptions(cache_dir=cache, device="cpu", threads=1, context_length=2048)
    return load_model(embedded_model(), options, lambda _: None)


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Callable[..., LoadedModel]:
    """Makes a tiny random Llama of a given quantization."""
    folder = tmp_path_factory.mktemp("tiny")

    def make(
        kind: Kind = Kind.Q4_1,
        *,
        head: bool = False,
        seed: int = 0,
        rope_factors: tuple[float, ...] = (),
    ) -> LoadedModel:
        path = folder / f"{kind.name}-{head}-{seed}-{len(rope_factors)}.gguf"
        TinyGguf(kind=kind, head=head, seed=seed, rope_factors=rope_factors).write(path)
        options = LoadOptions(cache_dir=cache, device="cpu", threads=1)
        return load_model(describe_gguf(path, f"{path.stem:x<64}"), options, lambda _: None)

    return make


@pytest.fixture
def with_adapter() -> Callable[..., AdapterWeights]:
    """Makes a random adapter for a model, over all its linear modules or the named ones."""

    def make(
        model: LoadedModel, *, rank: int = 4, size: float = 0.1, only: str = "", seed: int = 1
    ) -> AdapterWeights:
        random = torch.Generator().manual_seed(seed)
        decoder = model.decoder
        assert isinstance(decoder, LeanDecoder)
        tensors = {}
        for stack in decoder.weights.projections():
            for part in stack.parts:
                if only in part.name:
                    name = f"base_model.model.{part.name}"
                    width = stack.dense.shape[1]
                    first = torch.randn(rank, width, generator=random) / width**0.5
                    second = torch.randn(part.rows, rank, generator=random) * size
                    tensors[f"{name}.lora_A.weight"] = first
                    tensors[f"{name}.lora_B.weight"] = second
        return AdapterWeights(rank, 2.0 * rank, tensors)

    return make


@pytest.fixture(autouse=True)
def adapters_off(request: pytest.FixtureRequest) -> Iterator[None]:
    yield
    if "smollm" in request.fixturenames:
        request.getfixturevalue("smollm").decoder.use_adapter(None, 0.0)


class Truth:
    """The reference in float32, with an adapter merged in by plain arithmetic."""

    def __init__(self, model: LoadedModel) -> None:
        self._model = copy.deepcopy(model.reference()).float()

    def log_shares(
        self, ids: list[int], adapter: AdapterWeights | None = None, strength: float = 0.0
    ) -> torch.Tensor:
        """(T, V) log probabilities."""
        pairs = adapter.modules() if adapter is not None else {}
        scale = strength * (adapter.scaling if adapter is not None else 0.0)
        with torch.inference_mode():
            kept = {}
            for name, (first, second) in pairs.items():
                weight = self._model.get_submodule(name).weight
                kept[name] = weight.clone()
                weight += scale * second @ first
            logits = self._model(torch.tensor([ids])).logits[0]
            for name, weight in kept.items():
                self._model.get_submodule(name).weight.copy_(weight)
        return logits.float().log_softmax(-1)


@pytest.fixture(scope="session")
def smollm_truth(smollm: LoadedModel) -> Truth:
    return Truth(smollm)


@pytest.fixture(scope="session")
def truth_of() -> type[Truth]:
    return Truth
