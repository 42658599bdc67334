"""TensorBoard event files: what is in them, read back, and that no word of the user's is."""

import struct
import sys
from pathlib import Path

import pytest
from tensorboardX.proto.event_pb2 import Event

from engine.contract import EngineError, FailureKind, Learn
from engine.control import JobControl
from engine.tuning.collect import collect
from engine.tuning.figures import Figures
from engine.tuning.pipeline import LearningContext, run_learning
from engine.tuning.trainer import StepReport
from storage.records import AttemptRecord, ExamFigures, ExampleStatus, Role

WORDS = ("Biscuit", "dog", "Ghent", "Colours", "leaves", "colors", "Be brief")


def events(folder: Path) -> dict[str, list[Event]]:
    """All events by the folder that their file is in."""
    found: dict[str, list[Event]] = {}
    for path in sorted(folder.rglob("events.out.tfevents.*")):
        data, at, read = path.read_bytes(), 0, []
        while at < len(data):
            (length,) = struct.unpack_from("<Q", data, at)
            read.append(Event.FromString(data[at + 12 : at + 12 + length]))
            at += 16 + length
        found[path.parent.name] = read
    return found


def scalars(read: list[Event]) -> dict[str, list[tuple[int, float]]]:
    found: dict[str, list[tuple[int, float]]] = {}
    for event in read:
        for value in event.summary.value:
            if not value.HasField("tensor"):
                found.setdefault(value.tag, []).append((event.step, value.simple_value))
    return found


def table(read: list[Event]) -> str:
    texts = [value.tensor.string_val[0].decode() for event in read for value in event.summary.value
             if value.HasField("tensor")]  # fmt: skip
    return "\n".join(texts)


def report(step: int) -> StepReport:
    return StepReport(step, 2, 2.0 / step, 2.0, 0.125, 400.0, 1.0, 1e-3)


def test_a_step_is_five_numbers(tmp_path):
    made = Figures(tmp_path)
    made.step(1, report(1))
    made.step(1, report(2))
    made.close()
    (read,) = events(tmp_path).values()
    assert read[0].file_version == "brain.Event:2"
    told = scalars(read)
    assert told["train/loss"] == [(1, 2.0), (2, 1.0)]
    assert told["train/replay_kl"] == [(1, 0.125), (2, 0.125)]
    assert told["train/learning_rate"] == [(1, pytest.approx(1e-3)), (2, pytest.approx(1e-3))]
    assert set(told) == {"train/loss", "train/loss_smoothed", "train/replay_kl",
                         "train/learning_rate", "train/tokens_per_s"}  # fmt: skip


def test_attempts_stand_side_by_side(tmp_path):
    made = Figures(tmp_path)
    made.untuned(ExamFigures(personal_recall=0.0, personal_questions=4))
    for strength in (1.0, 0.7):
        made.attempt(AttemptRecord(
            number=1, recipe={"rank": 16, "strength": strength}, steps=60, final_loss=0.1,
            seconds=1.0, tokens_trained=9, passed=True,
            figures=ExamFigures(personal_recall=strength),
        ))  # fmt: skip
    made.attempt(AttemptRecord(number=2, recipe={}, steps=3, final_loss=0.1, seconds=1.0,
                               tokens_trained=9, passed=False))  # fmt: skip
    made.close()
    read = events(tmp_path)
    assert set(read) == {"untuned", "attempt-1", "attempt-1-strength-0.7", "attempt-2"}
    assert scalars(read["untuned"])["exam/personal_recall"] == [(0, 0.0)]
    assert scalars(read["attempt-1"])["exam/personal_recall"] == [(60, 1.0)]
    assert "rank | 16" in table(read["attempt-1"])
    assert scalars(read["attempt-2"]) == {}


def test_what_is_no_number_is_left_out(tmp_path):
    made = Figures(tmp_path)
    made.step(1, StepReport(1, 2, float("nan"), 2.0, float("inf"), 400.0, 1.0))
    made.close()
    (read,) = events(tmp_path).values()
    assert not {"train/loss", "train/replay_kl"} & set(scalars(read))


def test_a_place_that_cannot_be_written_is_named_before_anything_is_learned(tmp_path):
    taken = tmp_path / "file"
    taken.write_text("x")
    with pytest.raises(EngineError) as failed:
        Figures(taken)
    assert failed.value.kind is FailureKind.BAD_INPUT


@pytest.mark.skipif(sys.platform == "win32", reason="rights are other there")
def test_other_users_may_not_enter_the_folder_of_a_run(tmp_path):
    Figures(tmp_path / "figures").close()
    (run,) = (tmp_path / "figures").iterdir()
    assert run.stat().st_mode & 0o077 == 0


def test_a_full_disk_ends_the_figures_and_not_the_learning(tmp_path, monkeypatch):
    made = Figures(tmp_path)
    made.step(1, report(1))

    def full(_self, _data):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tensorboardX.record_writer.RecordWriter.write", full)
    made.step(1, report(2))
    made.untuned(ExamFigures(personal_recall=0.5))
    made.close()


@pytest.mark.usefixtures("short_replay")
def test_a_whole_run_writes_numbers_and_no_words(tmp_path, tiny_model, store, say):
    store.settings.set("instruction", "Be brief.")
    say("My dog's name is Biscuit. I live in Ghent.")
    for _ in range(4):
        say("What do leaves have?")
        store.judgements.rewrite(say("They have colors.", Role.ASSISTANT).id, "Colours.")
    collect(store)
    for example in store.examples.list():
        store.examples.update(example.id, status=ExampleStatus.APPROVED)
    figures = Figures(tmp_path)
    settings = {**store.settings.all(), "preset": "quick", "steps": 3, "rank": 4}
    made = run_learning(LearningContext(
        model=tiny_model, store=store, command=Learn(), settings=settings, control=JobControl(),
        emit=lambda _event: None, figures=figures,
    ))  # fmt: skip
    figures.close()
    tiny_model.decoder.use_adapter(None, 0.0)
    read = events(tmp_path)
    assert len(scalars(read["attempt-1"])["train/loss"]) == made.attempts[0].steps
    assert scalars(read["attempt-1"])["exam/style_questions"] == [(3, 1.0)]
    for path in [*tmp_path.rglob("*")]:
        data = path.read_bytes() if path.is_file() else b""
        for word in WORDS:
            assert word.lower().encode() not in data.lower()
            assert word.lower() not in path.name.lower()
