from collections.abc import Callable

import peft
import pytest
import torch

from engine.contract import EngineError, FailureKind
from engine.decode.adapter import AdapterWeights
from engine.model.loaded import LoadedModel

_NAME = "base_model.model.model.layers.0.self_attn.q_proj"


def _small() -> AdapterWeights:
    return AdapterWeights(
        2,
        4.0,
        {f"{_NAME}.lora_A.weight": torch.randn(2, 6), f"{_NAME}.lora_B.weight": torch.randn(5, 2)},
    )


def test_bytes_bring_everything_back() -> None:
    adapter = _small()
    again = AdapterWeights.from_bytes(adapter.to_bytes())
    assert (again.rank, again.alpha, again.scaling) == (2, 4.0, 2.0)
    assert again.tensors.keys() == adapter.tensors.keys()
    assert all(torch.equal(again.tensors[n], adapter.tensors[n]) for n in adapter.tensors)


def test_peft_loads_the_tensors(
    tiny: Callable[..., LoadedModel], with_adapter: Callable[..., AdapterWeights]
) -> None:
    model = tiny(seed=5)
    adapter = AdapterWeights.from_bytes(with_adapter(model, rank=4).to_bytes())
    config = peft.LoraConfig(
        r=4, lora_alpha=adapter.alpha, target_modules="all-linear", task_type="CAUSAL_LM"
    )
    tuned = peft.get_peft_model(model.reference().float(), config)
    loaded = peft.set_peft_model_state_dict(tuned, adapter.tensors)
    assert loaded.unexpected_keys == []
    ids = [(3 * i * i + i) % 280 for i in range(40)]
    with torch.inference_mode():
        truth = tuned(torch.tensor([ids])).logits[0].log_softmax(-1)
    model.decoder.use_adapter(adapter, 1.0)
    found = model.decoder.logits(ids).log_softmax(-1)
    assert float((truth.exp() * (truth - found)).sum(-1).mean()) <= 1e-3


def test_damage_is_named() -> None:
    good = _small().to_bytes()
    renamed = good.replace(rb"\"r\"", rb"\"q\"", 1)
    assert renamed != good
    for data in (b"", b"x" * 7, good[:40], good[:-3], b"\xff" * 64, renamed):
        with pytest.raises(EngineError) as failure:
            AdapterWeights.from_bytes(data)
        assert failure.value.kind is FailureKind.ADAPTER_DAMAGED


@pytest.mark.parametrize(
    "change",
    [
        lambda t: t.pop(f"{_NAME}.lora_B.weight"),
        lambda t: t.update({"stray": torch.zeros(1)}),
        lambda t: t.update({f"{_NAME}.lora_A.weight": torch.zeros(3, 6)}),
        lambda t: t.update({f"{_NAME}.lora_A.weight": torch.full((2, 6), float("nan"))}),
        lambda t: t.update({f"{_NAME}.lora_A.weight": torch.zeros(2, 6, dtype=torch.int8)}),
    ],
)
def test_tensors_that_do_not_fit_are_refused(change: Callable[[dict[str, object]], None]) -> None:
    adapter = _small()
    change(adapter.tensors)  # type: ignore[arg-type]
    with pytest.raises(EngineError):
        adapter.modules()


def test_weights_are_not_shown() -> None:
    assert "tensor" not in repr(_small())
