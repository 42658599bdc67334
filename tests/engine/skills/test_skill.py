"""The bytes of a skill: all of it and back, nothing else."""

import pytest
import torch

from engine.contract import EngineError, FailureKind
from engine.decode.adapter import AdapterWeights
from engine.skills.encoder import Span
from engine.skills.head import Head
from engine.skills.skill import Member, Skill

NAME = "base_model.model.model.layers.1.mlp.up_proj.lora_{}.weight"


def adapter(seed: int) -> AdapterWeights:
    generator = torch.Generator().manual_seed(seed)
    tensors = {NAME.format("A"): torch.randn(2, 8, generator=generator),
               NAME.format("B"): torch.randn(6, 2, generator=generator)}  # fmt: skip
    return AdapterWeights(2, 4.0, tensors)


def classifier() -> Skill:
    head = Head("last", torch.zeros(8), torch.ones(8), torch.randn(2, 8), torch.zeros(2))
    span = Span(first=1, last=2)
    members = tuple(Member("question", span, adapter(seed), head) for seed in (1, 2))
    return Skill(("好评", "bad"), members, "Is this 好评 or bad?")


def test_a_classifier_comes_back_whole() -> None:
    made = classifier()
    back = Skill.from_bytes(made.to_bytes())
    assert (back.labels, back.question) == (made.labels, made.question)
    for one, other in zip(made.members, back.members, strict=True):
        assert (one.frame, one.span) == (other.frame, other.span)
        assert one.head.pool == other.head.pool
        assert torch.equal(one.head.weight, other.head.weight)
        assert torch.equal(one.adapter.tensors[NAME.format("B")],
                           other.adapter.tensors[NAME.format("B")])  # fmt: skip
        assert other.adapter.modules()


def test_a_writer_comes_back_whole() -> None:
    back = Skill.from_bytes(Skill(writer=adapter(3), most_tokens=42).to_bytes())
    assert back.writer is not None
    assert (back.writer.rank, back.writer.alpha, back.most_tokens) == (2, 4.0, 42)
    assert torch.equal(back.writer.tensors[NAME.format("A")], adapter(3).tensors[NAME.format("A")])


@pytest.mark.parametrize("data", [b"", b"short", b"\x08" + bytes(7) + b"{broken}", bytes(64)])
def test_other_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(EngineError) as caught:
        Skill.from_bytes(data)
    assert caught.value.kind is FailureKind.ADAPTER_DAMAGED


def test_a_head_for_other_labels_is_refused() -> None:
    made = classifier()
    with pytest.raises(EngineError):
        Skill.from_bytes(Skill(("one",), made.members).to_bytes())


def test_labels_are_in_no_repr() -> None:
    assert "好评" not in repr(classifier())
