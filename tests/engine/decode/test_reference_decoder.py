from collections.abc import Callable

import pytest
import torch

from engine.contract import EngineError, FailureKind
from engine.decode.adapter import AdapterWeights
from engine.decode.reference import ReferenceDecoder
from engine.decode.sampling import Sampling
from engine.model.loaded import LoadedModel

GREEDY = Sampling(temperature=0, repetition_penalty=1.0, max_tokens=24)
_PROMPT = [(3 * i * i + i) % 280 for i in range(40)]


@pytest.fixture
def model(tiny: Callable[..., LoadedModel]) -> LoadedModel:
    return tiny(seed=4)


@pytest.fixture
def decoder(model: LoadedModel) -> ReferenceDecoder:
    return ReferenceDecoder(model.reference().float(), 512, frozenset())


def test_answers_are_those_of_generate(decoder: ReferenceDecoder) -> None:
    expected = decoder._model.generate(
        torch.tensor([_PROMPT]), do_sample=False, max_new_tokens=24, eos_token_id=None,
        attention_mask=torch.ones(1, len(_PROMPT), dtype=torch.long), pad_token_id=0,
    )[0, len(_PROMPT) :].tolist()  # fmt: skip
    assert list(decoder.stream(_PROMPT, GREEDY, lambda: False)) == expected


def test_the_prefix_is_used_again_and_changes_nothing(decoder: ReferenceDecoder) -> None:
    answer = list(decoder.stream(_PROMPT, GREEDY, lambda: False))
    longer = _PROMPT + answer + [1, 2, 3]
    calls: list[int] = []
    plain = decoder._extend

    def counted(tokens: list[int], keep: int = 1) -> torch.Tensor:
        calls.append(len(tokens))
        return plain(tokens, keep)

    decoder._extend = counted  # type: ignore[method-assign, assignment]
    warm = list(decoder.stream(longer, GREEDY, lambda: False))
    assert calls[0] <= 4
    decoder._forget()
    assert list(decoder.stream(longer, GREEDY, lambda: False)) == warm
    branch = [*_PROMPT[:20], 9, 8, 7]
    warm = list(decoder.stream(branch, GREEDY, lambda: False))
    decoder._forget()
    assert list(decoder.stream(branch, GREEDY, lambda: False)) == warm


@pytest.mark.parametrize("strength", [0.5, 1.5])
def test_adapters_run_beside_the_weights(
    model: LoadedModel,
    decoder: ReferenceDecoder,
    with_adapter: Callable[..., AdapterWeights],
    strength: float,
) -> None:
    plain = decoder.logits(_PROMPT)
    adapter = with_adapter(model)
    decoder.use_adapter(adapter, strength)
    tuned = decoder.logits(_PROMPT)
    assert not torch.allclose(plain, tuned, atol=0.1)
    scale = strength * adapter.scaling
    with torch.no_grad():
        for name, (first, second) in adapter.modules().items():
            decoder._model.get_submodule(name).weight += scale * second @ first
    decoder.use_adapter(None, 0.0)
    assert torch.allclose(decoder.logits(_PROMPT), tuned, atol=1e-3)


def test_a_misfit_adapter_is_refused(decoder: ReferenceDecoder) -> None:
    name = "base_model.model.model.layers.7.mlp.up_proj"
    tensors = {
        f"{name}.lora_A.weight": torch.zeros(2, 4),
        f"{name}.lora_B.weight": torch.zeros(4, 2),
    }
    with pytest.raises(EngineError) as failure:
        decoder.use_adapter(AdapterWeights(2, 4.0, tensors), 1.0)
    assert failure.value.kind is FailureKind.ADAPTER_DAMAGED
