"""Answers side by side are those of one prompt after the other."""

from collections.abc import Callable

import pytest
import torch

from engine.contract import EngineError, FailureKind
from engine.decode.adapter import AdapterWeights
from engine.decode.sampling import Sampling
from engine.model.loaded import LoadedModel

GREEDY = Sampling(temperature=0, repetition_penalty=1.0, max_tokens=12)
_START = [5, 17, 29, 41, 53, 65]
_PROMPTS = [
    [*_START, *[(7 * i * i + n) % 280 for i in range(3 + 4 * n)]] for n in range(5)
]


@pytest.fixture
def model(tiny: Callable[..., LoadedModel]) -> LoadedModel:
    return tiny(seed=3)


def one_by_one(model: LoadedModel, prompts: list[list[int]]) -> list[list[int]]:
    return [list(model.decoder.stream(prompt, GREEDY, lambda: False)) for prompt in prompts]


def agreement(left: list[list[int]], right: list[list[int]]) -> float:
    """Share of answers whose first four tokens agree; roundings may part them later."""
    same = [a[:4] == b[:4] for a, b in zip(left, right, strict=True)]
    return sum(same) / len(same)


def test_they_are_the_answers_of_one_after_the_other(model: LoadedModel) -> None:
    together = model.decoder.answers(_PROMPTS, 12, lambda: False)
    assert agreement(together, one_by_one(model, _PROMPTS)) >= 0.8


def test_a_prompt_answers_alike_in_any_company(model: LoadedModel) -> None:
    alone = [model.decoder.answers([prompt], 12, lambda: False)[0] for prompt in _PROMPTS]
    assert agreement(model.decoder.answers(_PROMPTS, 12, lambda: False), alone) >= 0.8
    strangers = [[9, 8, 7], *_PROMPTS]
    assert agreement(model.decoder.answers(strangers, 12, lambda: False)[1:], alone) >= 0.8


def test_stops_end_answers(model: LoadedModel) -> None:
    seen: list[int] = []

    def stop() -> bool:
        seen.append(1)
        return len(seen) == 3

    assert [len(a) for a in model.decoder.answers(_PROMPTS[:2], 12, stop)] == [3, 3]


def test_an_adapter_in_use_applies(model: LoadedModel) -> None:
    torch.manual_seed(2)
    tensors = {}
    for stack in model.decoder.weights.projections():  # type: ignore[attr-defined]
        for part in stack.parts:
            name = f"base_model.model.{part.name}"
            tensors[f"{name}.lora_A.weight"] = torch.randn(4, stack.width)
            tensors[f"{name}.lora_B.weight"] = torch.randn(part.rows, 4) * 0.3
    plain = model.decoder.answers(_PROMPTS, 12, lambda: False)
    model.decoder.use_adapter(AdapterWeights(4, 8.0, tensors), 1.0)
    tuned = model.decoder.answers(_PROMPTS, 12, lambda: False)
    assert tuned != plain
    assert agreement(tuned, one_by_one(model, _PROMPTS)) >= 0.8


def test_a_prompt_that_does_not_fit_is_refused(model: LoadedModel) -> None:
    for length in (0, model.decoder.context_length - 12):
        with pytest.raises(EngineError) as failure:
            model.decoder.answers([_START, [1] * length], 12, lambda: False)
        assert failure.value.kind is FailureKind.BAD_INPUT
