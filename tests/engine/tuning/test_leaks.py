from engine.tuning.collect import collect
from engine.tuning.grading import holds_secret
from engine.tuning.identifiers import is_luhn
from engine.tuning.leaks import canary_probes, plant, probes_of, survivors
from engine.tuning.redaction import redact


def test_canaries_are_fresh_and_all_redacted():
    assert {c.secret for c in plant(1)}.isdisjoint(c.secret for c in plant(2))
    for seed in range(50):
        for canary in plant(seed):
            assert not holds_secret(redact(canary.text).text, canary.secret)
        assert survivors(plant(seed)) == []
        assert is_luhn(next(c.secret for c in plant(seed) if c.kind == "card"))


def test_a_canary_that_redaction_lets_through_is_caught(monkeypatch):
    class Blind:
        def __init__(self, text):
            self.text = text

    monkeypatch.setattr("engine.tuning.leaks.redact", Blind)
    values = [value for _, _, value in survivors(plant(3))]
    assert any(holds_secret(value, canary.secret) for value in values for canary in plant(3))


def test_every_planted_secret_is_probed():
    canaries = plant(4)
    assert [probe.secret for probe in canary_probes(canaries)] == [c.secret for c in canaries]


def test_redacted_values_are_found_again_in_the_source(store, say):
    say("My e-mail is ann@post.example and my sister's name is Ottilie.")
    collect(store)
    probes = probes_of(store, store.examples.list())
    assert {probe.secret for probe in probes} == {"ann@post.example"}
    assert any("Finish my sentence" in probe.question for probe in probes)
    assert "ann@" not in repr(probes)


def test_nothing_redacted_nothing_probed(store, say):
    say("My sister's name is Ottilie.")
    collect(store)
    assert probes_of(store, store.examples.list()) == []
