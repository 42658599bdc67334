"""The run of damaged files: it starts from whole files, and would notice a failure."""

import random

import pytest

from tests.torture import check_mutants, mutants, untrusted


def test_what_is_sound_is_accepted_as_it_is(tmp_path):
    known = {(base.kind, base.name): base for base in reversed(untrusted.bases(tmp_path))}
    assert {kind for kind, _name in known} == {
        "gguf", "model", "adapter", "chats", "rows", "markdown"
    }
    for base in known.values():
        path = untrusted.place(tmp_path, base, base.data)
        assert check_mutants.outcome(base.kind, path) == "accepted", base.name


def test_a_hundred_and_fifty_do_no_harm(tmp_path):
    figures = mutants.damaged(tmp_path, 150)
    assert figures["good"], figures


def test_the_same_number_gives_the_same_mutant():
    data = bytes(range(256)) * 4
    first, again, other = (mutants.mutate(data, random.Random(n)) for n in (3, 3, 4))
    assert first == again != other


def test_a_process_that_ends_is_noticed(tmp_path, monkeypatch):
    monkeypatch.setattr(mutants.Looker, "look", lambda *_: ("the process ended with -11", 0.0))
    figures = mutants.damaged(tmp_path, 3)
    assert figures["bad"] == 3
    assert not figures["good"]


def test_a_file_that_takes_long_is_named(tmp_path, monkeypatch):
    taken = iter((0.1, mutants.LIMIT_S, 0.2))
    monkeypatch.setattr(mutants.Looker, "look", lambda *_: ("refused", next(taken)))
    figures = mutants.damaged(tmp_path, 3)
    assert not figures["good"]
    assert [line.partition(" ")[0] for line in figures["failures"]] == ["1"]


@pytest.mark.parametrize("made", [
    "<p><img alt=x></p>", "<p><b onclick=x>", '<p><a href="file:///x">y</a></p>', "<p <x></p>",
])  # fmt: skip
def test_html_that_is_not_ours_is_noticed(monkeypatch, made):
    monkeypatch.setattr(check_mutants, "blocks", lambda _text: [type("B", (), {"html": made})()])
    assert check_mutants._shown("x") != "accepted"
