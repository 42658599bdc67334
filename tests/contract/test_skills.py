"""Skills as a window sees them: teach, list, apply, delete, stop, replies in between."""

import json

import pytest

from engine.contract import (
    ApplySkill,
    DeleteSkill,
    Done,
    Failed,
    FailureKind,
    ListSkills,
    Reply,
    ReplyDone,
    SkillApplied,
    SkillProgress,
    SkillTaught,
    Stop,
    Stopped,
    TeachSkill,
)


def rows(start, count):
    return [{"text": f"{'no' if n % 2 else 'yes'} {n:03}", "label": "negative" if n % 2 else
             "positive"} for n in range(start, start + count)]  # fmt: skip


@pytest.fixture
def lesson(tmp_path):
    """Makes the command; the files are written before."""

    def make(**changed):
        files = {}
        for name, lines in (("train", rows(0, 40)), ("test", rows(100, 10))):
            path = tmp_path / f"{name}.jsonl"
            path.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
            files[name] = str(path)
        return TeachSkill(**{"name": "mood", "max_minutes": 5.0, **files, **changed})

    return make


def test_teach_list_apply_delete(make, lesson):
    bench = make()
    taught = bench.ask(lesson())
    assert isinstance(taught, SkillTaught)
    report = taught.report
    assert [one.label for one in report.tuned.classes] == ["negative", "positive"]
    assert sum(map(sum, report.tuned.confusion)) == sum(one.rows for one in report.tuned.classes)
    assert report.kept
    (listed,) = bench.ask(ListSkills()).skills
    assert listed.report == report
    applied = bench.ask(ApplySkill(name="mood", text="yes 777"))
    assert isinstance(applied, SkillApplied)
    (answer,) = applied.answers
    assert answer.answer in ("negative", "positive")
    assert 0 <= answer.confidence <= 1
    assert isinstance(bench.ask(DeleteSkill(name="mood")), Done)
    assert bench.ask(ListSkills()).skills == ()


def test_a_file_is_answered_row_by_row(make, lesson):
    bench = make()
    command = lesson()
    bench.ask(command)
    answers = bench.ask(ApplySkill(name="mood", path=command.test)).answers
    assert len(answers) == 10


def test_progress_rises_to_the_end(make, lesson):
    bench = make()
    command = lesson()
    bench.ask(command)
    told = [event for event in bench.of(command.job) if isinstance(event, SkillProgress)]
    fractions = [event.fraction for event in told]
    assert fractions == sorted(fractions)
    assert {"prepare", "train", "test"} <= {event.phase for event in told}


def test_a_stop_that_discards_leaves_no_skill(make, lesson):
    bench = make()
    command = lesson(target=1.0)
    job = bench.submit(command)
    bench.until(lambda es: any(getattr(e, "phase", "") == "train" for e in es), job)
    bench.submit(Stop(target=job, keep=False))
    assert isinstance(bench.end(job), Stopped)
    assert bench.ask(ListSkills()).skills == ()


def test_a_reply_does_not_wait_for_the_teaching(make, lesson):
    bench = make(tokens=4)
    job = bench.submit(lesson(target=1.0))
    bench.until(lambda es: any(getattr(e, "phase", "") == "train" for e in es), job)
    assert isinstance(bench.ask(Reply(text="hello")), ReplyDone)
    bench.submit(Stop(target=job, keep=False))
    bench.end(job)


@pytest.mark.parametrize("kind", [ApplySkill, DeleteSkill])
def test_an_unknown_skill_is_not_found(make, kind):
    wanted = {"text": "x"} if kind is ApplySkill else {}
    failed = make().ask(kind(name="nothing", **wanted))
    assert isinstance(failed, Failed)
    assert failed.kind is FailureKind.NOT_FOUND


def test_a_missing_file_is_named(make, lesson):
    failed = make().ask(lesson(train="/nowhere/at/all.jsonl"))
    assert isinstance(failed, Failed)
    assert failed.kind is FailureKind.NOT_FOUND
