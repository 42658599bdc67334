"""The commands skill teach, apply, list and delete."""

from dataclasses import replace

import pytest

from engine.contract import FailureKind
from engine.fake import FakeEngine, FakeScript
from engine.fakery.skills import sample_report
from engine.fakery.world import FAKE_MODEL
from storage.skill_records import (
    ClassFigures,
    SkillFigures,
    SkillKind,
    SkillRecord,
    SkillVerdict,
)
from ui.terminal.skill_report import report_as_json, report_as_lines

QUICK = {"load_s": 0.0, "learn_step_s": 0.0, "learn_steps": 3}


@pytest.fixture
def files(tmp_path):
    paths = []
    for name in ("train.jsonl", "test.jsonl"):
        path = tmp_path / name
        path.write_text('{"text": "fine", "label": "positive"}\n', encoding="utf-8")
        paths.append(path)
    return ["--train", paths[0], "--test", paths[1]]


@pytest.fixture
def taught(terminal, files):
    """An open engine that has a skill called mood; shutting down forgets it, so it is put in."""

    def start():
        engine = FakeEngine("open", FakeScript(**QUICK))
        report = sample_report("mood")
        engine.world.skills["mood"] = SkillRecord(
            id="1", name="mood", created_at=5.0, model_id=FAKE_MODEL.id, file_id="f",
            size_bytes=7_000_000, report=report,
        )  # fmt: skip
        return engine

    return start


def test_teach_prints_the_report_as_json(terminal, files):
    report = terminal("skill", "teach", "--name", "mood", *files, "--json").json
    assert report["verdict"] == "target_met"
    assert report["accuracy"] == pytest.approx(0.873)
    wanted = {"precision", "recall", "f1", "per_class", "baseline", "seconds", "attempts"}
    assert wanted <= set(report)
    assert report["confusion_matrix"]["true_rows_answered_columns"] == [[441, 59], [68, 432]]
    assert report["baseline"]["accuracy"] == pytest.approx(0.758)
    assert report["kept_data"].endswith("no rows")


def test_teach_in_words(terminal, files):
    done = terminal("skill", "teach", "--name", "mood", *files)
    assert done.code == 0
    assert "The target was met" in done.out
    assert "0.758" in done.out
    assert "441" in done.out
    assert "training" in done.err


def test_a_target_that_is_missed_is_told_and_no_failure(terminal, files):
    done = terminal("skill", "teach", "--name", "mood", *files, "--target", "0.99", "--json")
    assert done.code == 0
    assert done.json["verdict"] == "target_not_met"


def test_options_reach_the_engine(terminal, files):
    engine = FakeEngine("open", FakeScript(**QUICK))
    sent = []
    submit = engine.submit
    engine.submit = lambda command: (sent.append(command), submit(command))[1]
    terminal("skill", "teach", "--name", "mood", *files, "--target", "0.9", "--max-minutes", "2.5",
             "--seed", "3", "--text-field", "t", "--label-field", "l",
             "--label-words", "0=bad, 1=very good", engine=engine)  # fmt: skip
    (command,) = [c for c in sent if type(c).__name__ == "TeachSkill"]
    assert (command.target, command.max_minutes, command.seed) == (0.9, 2.5, 3)
    assert (command.text_field, command.label_field) == ("t", "l")
    assert command.label_words == (("0", "bad"), ("1", "very good"))


@pytest.mark.parametrize(
    "words", [["--target", "1.2"], ["--target", "no"], ["--max-minutes", "0"],
              ["--label-words", "0=,1"]],
)  # fmt: skip
def test_wrong_usage(terminal, files, words):
    with pytest.raises(SystemExit) as stopped:
        terminal("skill", "teach", "--name", "mood", *files, *words)
    assert stopped.value.code == 2


def test_a_missing_file_is_said_before_anything_is_opened(terminal, files, tmp_path):
    engine = FakeEngine("new", FakeScript(**QUICK))
    words = ["--train", tmp_path / "none.jsonl", "--test", files[3]]
    done = terminal("skill", "teach", "--name", "mood", *words, engine=engine)
    assert "after --train" in done.sentence
    assert engine.world.state == "new"


def test_a_failure_is_one_sentence(terminal, files):
    engine = FakeEngine("open", FakeScript(**QUICK, faults={"TeachSkill": FailureKind.BAD_INPUT}))
    assert terminal("skill", "teach", "--name", "mood", *files, engine=engine).code == 1


def test_apply_to_a_text(terminal, taught):
    done = terminal("skill", "apply", "--name", "mood", "what a film", "--json", engine=taught())
    assert set(done.json) == {"label", "confidence", "others"}
    done = terminal("skill", "apply", "--name", "mood", "what a film", engine=taught())
    assert "92%" in done.out


def test_apply_to_a_file(terminal, taught, tmp_path):
    path = tmp_path / "texts.jsonl"
    path.write_text('{"text": "one"}\n{"text": "two"}\n', encoding="utf-8")
    done = terminal("skill", "apply", "--name", "mood", "--file", path, "--json", engine=taught())
    assert [row["id"] for row in done.json_lines] == [1, 2]


def test_apply_needs_a_text_or_a_file(terminal, taught):
    assert "no text" in terminal("skill", "apply", "--name", "mood", " ", engine=taught()).sentence
    with pytest.raises(SystemExit):
        terminal("skill", "apply", "--name", "mood", engine=taught())


def test_list_and_delete(terminal, taught):
    (row,) = terminal("skill", "list", "--json", engine=taught()).json_lines
    assert (row["name"], row["size_bytes"]) == ("mood", 7_000_000)
    assert row["report"]["verdict"] == "target_met"
    assert "mood" in terminal("skill", "list", engine=taught()).out
    assert "There is no skill yet" in terminal("skill", "list").out
    assert terminal("skill", "delete", "--name", "mood", engine=taught()).code == 0
    assert "no skill of this name" in terminal("skill", "delete", "--name", "x").sentence


def test_many_labels_list_the_worst_confusions():
    count = 20
    confusion = [[0] * count for _ in range(count)]
    confusion[3][7] = 5
    classes = tuple(
        ClassFigures(label=f"label {n}", rows=1, precision=1.0, recall=1.0, f1=1.0)
        for n in range(count)
    )
    tuned = SkillFigures(accuracy=0.5, classes=classes,
                         confusion=tuple(tuple(row) for row in confusion))  # fmt: skip
    lines = report_as_lines(replace(sample_report("x"), tuned=tuned))
    assert any("label 3 answered as label 7" in line for line in lines)


def test_written_answers_have_their_own_keys():
    written = SkillFigures(nll_per_token=1.0, perplexity=2.7, exact_match=0.1, token_f1=0.5,
                           chrf=0.4, examined=40)  # fmt: skip
    report = replace(sample_report("x"), kind=SkillKind.GENERATION, tuned=written, untuned=written,
                     verdict=SkillVerdict.BETTER, target=None, majority_accuracy=None)  # fmt: skip
    body = report_as_json(report)
    assert body["token_f1"] == 0.5
    assert "accuracy" not in body
    assert any("perplexity" in line for line in report_as_lines(report))
