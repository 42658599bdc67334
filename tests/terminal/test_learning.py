"""The command learn and its report card."""

import dataclasses
import re
from pathlib import Path

import pytest

from engine.contract import Learn, LearnProgress, Stop
from engine.fake import FakeEngine, FakeScript
from engine.tuning import gate
from storage.records import ExamFigures
from ui.terminal.progress import describe
from ui.terminal.report import FIGURES, REASONS, figures_as_json

FAST = {"first_token_s": 0.0, "token_s": 0.0, "load_s": 0.0, "learn_step_s": 0.0, "learn_steps": 4}


def learner(**extra):
    engine = FakeEngine("open", FakeScript(**{**FAST, **extra}))
    engine.world.settings["learning_consent"] = True
    return engine


def test_learn_json_shape(terminal):
    done = terminal("learn", "--approve-all", "--json", engine=learner())
    card = done.json
    assert list(card) == ["verdict", "adapter", "seconds", "tokens_trained", "examples", "reasons",
                          "attempts", "exam"]
    assert card["verdict"] == "activated"
    assert set(card["exam"]) == {"untuned", "tuned"}
    assert card["exam"]["untuned"]["personal_recall_fraction"] == 0.0
    assert card["exam"]["tuned"]["personal_recall_fraction"] == 1.0
    assert card["exam"]["tuned"]["text_perplexity"] == 23.8
    assert card["attempts"][0]["final_loss_nats_per_token"] == 0.12
    assert card["attempts"][0]["exam"] == card["exam"]["tuned"]


def test_every_exam_figure_is_in_the_json():
    assert [one.field for one in FIGURES] == [one.name for one in dataclasses.fields(ExamFigures)]


def test_every_finding_of_the_gate_has_words():
    source = Path(gate.__file__).read_text(encoding="utf-8")
    codes = re.findall(r'append\("(\w+)"\)', source)
    assert len(codes) >= 6
    assert set(codes) | set(gate.FAILED.reasons) <= set(REASONS)


def test_a_figure_that_was_not_measured_is_null():
    figures = figures_as_json(ExamFigures(general_nll=float("nan")))
    assert figures["text_perplexity"] is None
    assert figures["general_nll_nats_per_token"] is None


def test_learn_shows_both_figures_side_by_side(terminal):
    done = terminal("learn", "--approve-all", engine=learner())
    lines = done.out.splitlines()
    assert lines[0] == "Learned, and switched on."
    recall = next(line for line in lines if line.startswith("Your facts answered right"))
    assert recall.split()[-2:] == ["0%", "100%"]
    assert "training  step 4/4" in done.err


def test_a_rejected_run_says_why_and_is_no_failure(terminal):
    done = terminal("learn", "--approve-all", engine=learner(verdict="rejected"))
    assert done.code == 0
    assert done.out.startswith("Not better")
    assert "Found: general questions were answered worse than before." in done.out


def test_nothing_approved_tells_how_many_wait(terminal):
    done = terminal("learn", "--json", engine=learner())
    assert done.code == 0
    assert done.json["verdict"] == "nothing_to_learn"
    assert "2 examples wait" in done.err
    assert "--approve-all" in done.err


def test_without_consent_nothing_is_learned(terminal):
    engine = FakeEngine("open", FakeScript(**FAST, samples=False))
    assert "Learning is off" in terminal("learn", "--approve-all", engine=engine).sentence


def interrupt_at(monkeypatch, number):
    """Raises Ctrl+C where the terminal waits for its `number`-th event."""
    import ui.terminal.session as module

    whole, count = module.Session._next, [0]

    def next_event(self, job):
        count[0] += 1
        if count[0] == number:
            raise KeyboardInterrupt
        return whole(self, job)

    monkeypatch.setattr(module.Session, "_next", next_event)


def test_ctrl_c_stops_and_keeps(terminal, monkeypatch):
    engine = learner(learn_steps=200, learn_step_s=0.01)
    seen = []
    submit = engine.submit
    engine.submit = lambda command: (seen.append(command), submit(command))
    interrupt_at(monkeypatch, 20)
    done = terminal("learn", "--approve-all", "--json", engine=engine)
    stops = [command for command in seen if isinstance(command, Stop)]
    assert [stop.keep for stop in stops] == [True]
    assert done.code == 0
    assert done.json["attempts"][0]["steps"] < 200


def test_ctrl_c_before_anything_was_learned(terminal, monkeypatch):
    interrupt_at(monkeypatch, 3)
    done = terminal("learn", "--approve-all", engine=learner(learn_steps=50, learn_step_s=0.02))
    assert done.code == 1
    assert "stopped before there was anything" in done.err.splitlines()[-1]


@pytest.mark.parametrize(("seconds", "words"), [(59.6, "1 min 00 s left"), (8, "8 s left")])
def test_progress_line(seconds, words):
    event = LearnProgress(
        job="j", phase="train", attempt=2, step=5, steps=10, fraction=0.5, smoothed_loss=1.25,
        tokens_per_s=99.6, seconds_left=seconds,
    )  # fmt: skip
    line = describe(event)
    assert line.startswith("[############------------]  50%  training  step 5/10  attempt 2")
    assert "loss 1.250  100 tokens/s" in line
    assert line.endswith(words)


@pytest.mark.parametrize("how", [None, "auto", "rules", "model"])
def test_what_finds_facts_can_be_chosen_for_one_run(terminal, how):
    engine = learner()
    given = []
    submit = engine.submit
    engine.submit = lambda command: (given.append(command), submit(command))
    options = () if how is None else ("--extraction", how)
    assert terminal("learn", "--approve-all", *options, engine=engine).code == 0
    (command,) = [one for one in given if isinstance(one, Learn)]
    assert dict(command.overrides) == ({} if how is None else {"extraction": how})
