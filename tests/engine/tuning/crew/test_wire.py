"""Messages between processes."""

import socket
import struct

import pytest
import torch

from engine.tuning.crew import wire
from engine.tuning.crew.wire import LostError, Wire, share_from_parcel, share_to_parcel
from engine.tuning.network.batch import TokenExample
from engine.tuning.replay import ReplayExample
from engine.tuning.share import whole_step


@pytest.fixture
def ends():
    links = socket.socketpair()
    yield [Wire(link) for link in links]
    for link in links:
        link.close()


def test_a_message_arrives_as_it_was(ends):
    one, other = ends
    tensors = [torch.tensor([[1.5, -2.0]]), torch.tensor([3, 4]), torch.zeros(0)]
    one.send("step", {"answer": 0.1, "words": ["ä"]}, tensors)
    one.send("end")
    got = other.receive(5)
    assert (got.kind, got.fields) == ("step", {"answer": 0.1, "words": ["ä"]})
    assert all(map(torch.equal, got.tensors, tensors))
    assert other.receive(5).kind == "end"
    assert "0.1" not in repr(got)


def test_an_end_that_is_gone_is_noticed(ends):
    one, other = ends
    one.close()
    with pytest.raises(LostError):
        other.receive()
    with pytest.raises(LostError):
        other.send("step", {}, [torch.zeros(1_000_000)])


def test_an_end_that_is_silent_is_noticed(ends):
    with pytest.raises(LostError):
        ends[0].receive(0.05)


def test_a_header_without_measure_is_refused():
    left, right = socket.socketpair()
    with left, right:
        left.sendall(struct.pack(">I", wire._HEADER_MOST + 1))
        with pytest.raises(LostError):
            Wire(right).receive(1)


def test_draining_ends_with_the_other_end(ends):
    one, other = ends
    one.send("gradients", {}, [torch.zeros(10)])
    one.close()
    other.drain(5)


def test_a_share_survives_the_way(ends):
    facts = [TokenExample((1, 2, 3), 1, 0.3), TokenExample((4, 5), 1)]
    kept = [ReplayExample(TokenExample((6, 7, 8, 9), 2), torch.arange(6).view(2, 3),
                          torch.randn(2, 3)),
            ReplayExample(TokenExample((6, 7), 1), torch.arange(3).view(1, 3),
                          torch.randn(1, 3))]  # fmt: skip
    for share in (whole_step(facts, kept, 0.5), whole_step(facts, [], 0.0)):
        fields, tensors = share_to_parcel(share)
        ends[0].send("step", fields, tensors)
        got = ends[1].receive(5)
        found = share_from_parcel(got.fields, got.tensors)
        assert found.facts == share.facts
        assert (found.fact_weight, found.kept_tokens) == (share.fact_weight, share.kept_tokens)
        assert [one.tokens for one in found.kept] == [one.tokens for one in share.kept]
        assert all(torch.equal(a.ids, b.ids) and torch.equal(a.log_odds, b.log_odds)
                   for a, b in zip(found.kept, share.kept, strict=True))  # fmt: skip
