"""The fast encoder against PEFT on the reference model: same vectors, same gradients."""

import pytest
import torch

from engine.decode.adapter import AdapterWeights
from engine.decode.build import build_weights
from engine.decode.families import shape_from_config
from engine.skills.encoder import Encoder, Span
from engine.skills.lean_encoder import LeanEncoder
from engine.skills.peft_encoder import PeftEncoder
from tests.support.tiny_model import TinyWeights, tiny_llama

TEXTS = ((5, 7, 11, 2, 9), (3, 4), (8, 1, 6, 13, 21, 34, 55))
SPAN = Span(first=1, last=2)


@pytest.fixture
def encoders() -> tuple[LeanEncoder, PeftEncoder]:
    model = tiny_llama()
    source = TinyWeights(model)
    shape = shape_from_config(source.config)
    lean = LeanEncoder(shape, build_weights(source, shape, lambda fraction: None))
    return lean, PeftEncoder(model)


def started(encoder: Encoder, adapter: AdapterWeights | None = None) -> Encoder:
    encoder.start(SPAN, rank=4, alpha=8.0, seed=1)
    if adapter is not None:
        encoder.load(adapter)
    return encoder


def random_adapter(lean: LeanEncoder) -> AdapterWeights:
    generator = torch.Generator().manual_seed(7)
    tensors = {
        name: (torch.randn(tensor.shape, generator=generator) * 0.1).bfloat16()
        for name, tensor in started(lean).adapter().tensors.items()
    }
    return AdapterWeights(4, 8.0, tensors)


def close(one: torch.Tensor, other: torch.Tensor) -> bool:
    return float((one - other).norm() / other.norm()) < 0.03


def test_frozen_vectors_are_the_same(encoders: tuple[LeanEncoder, PeftEncoder]) -> None:
    lean, slow = (encoder.look(TEXTS, (1, 2)) for encoder in encoders)
    assert lean.shape == (3, 2, 2, 64)
    assert close(lean, slow)


def test_tuned_vectors_are_the_same(encoders: tuple[LeanEncoder, PeftEncoder]) -> None:
    adapter = random_adapter(encoders[0])
    found = []
    for encoder in encoders:
        started(encoder, adapter)
        found.append(encoder.vectors(encoder.base(TEXTS)).detach())
        encoder.close()
    assert close(found[0], found[1])
    untuned = encoders[0].look(TEXTS, (2,))[:, 0]
    assert not close(found[0], untuned)


def test_a_fresh_adapter_changes_nothing(encoders: tuple[LeanEncoder, PeftEncoder]) -> None:
    for encoder in encoders:
        started(encoder)
        vectors = encoder.vectors(encoder.base(TEXTS)).detach()
        assert close(vectors, encoder.look(TEXTS, (2,))[:, 0])
        encoder.close()


def test_gradients_are_the_same(encoders: tuple[LeanEncoder, PeftEncoder]) -> None:
    adapter = random_adapter(encoders[0])
    weight = torch.randn(2, 64, generator=torch.Generator().manual_seed(2))
    lengths = []
    for encoder in encoders:
        started(encoder, adapter)
        (encoder.vectors(encoder.base(TEXTS)) * weight).sum().backward()
        squares = [
            p.grad.float().square().sum() for p in encoder.parameters() if p.grad is not None
        ]
        lengths.append(float(torch.stack(squares).sum().sqrt()))
        encoder.close()
    assert lengths[0] == pytest.approx(lengths[1], rel=0.05)


def test_padding_and_company_change_nothing(encoders: tuple[LeanEncoder, PeftEncoder]) -> None:
    for encoder in encoders:
        together = encoder.look(TEXTS, (2,))
        alone = torch.cat([encoder.look([text], (2,)) for text in TEXTS])
        assert close(together, alone)


def test_only_the_layers_of_the_span_are_adapted(
    encoders: tuple[LeanEncoder, PeftEncoder],
) -> None:
    names = []
    for encoder in encoders:
        started(encoder)
        names.append(set(encoder.adapter().tensors))
        encoder.close()
    assert names[0] == names[1]
    assert all(".layers.1." in name for name in names[0])


def test_the_reference_is_left_as_it_was(encoders: tuple[LeanEncoder, PeftEncoder]) -> None:
    slow = encoders[1]
    before = {name for name, _ in slow._reference.named_parameters()}
    started(slow)
    slow.close()
    assert {name for name, _ in slow._reference.named_parameters()} == before
