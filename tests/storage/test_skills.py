"""Skills: kept under a name, sealed, replaced whole, destroyed."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from storage.data_key import DataKey
from storage.errors import NotFound, SealBroken
from storage.profile import ProfilePaths
from storage.skill_records import (
    ClassFigures,
    SkillAttempt,
    SkillFigures,
    SkillKind,
    SkillRecord,
    SkillReport,
    SkillVerdict,
)
from storage.store import Store

FIGURES = SkillFigures(
    accuracy=0.75, macro_precision=0.7, macro_recall=0.8, macro_f1=0.74,
    classes=(ClassFigures(label="好评", rows=3, precision=0.5, recall=1.0, f1=2 / 3),
             ClassFigures(label="bad", rows=1, precision=1.0, recall=0.5, f1=2 / 3)),
    confusion=((3, 0), (1, 0)),
)  # fmt: skip
REPORT = SkillReport(
    name="Mood 心情", kind=SkillKind.CLASSIFICATION, verdict=SkillVerdict.TARGET_NOT_MET, kept=True,
    target=0.85, train_rows=40, test_rows=4, dropped=(("repeated", 2), ("in_test", 1)),
    tuned=FIGURES, untuned=replace(FIGURES, accuracy=0.5), untuned_method="label_words",
    majority_accuracy=0.75, validation=0.8,
    attempts=(SkillAttempt(number=1, recipe={"rank": 8, "rate": 1e-3, "head": "last"}, steps=20,
                           seconds=4.5, validation=0.8, note="first", kept=True),),
    seconds=9.5, seed=3,
)  # fmt: skip

Save = Callable[..., SkillRecord]


@pytest.fixture
def save(store: Store) -> Save:
    def make(data: bytes = b"weights", **changed: object) -> SkillRecord:
        report = replace(REPORT, **changed)  # type: ignore[arg-type]
        return store.skills.save(data=data, model_id="model", report=report)

    return make


def test_everything_about_a_skill_is_kept(store: Store, save: Save) -> None:
    made = save()
    assert store.skills.get("Mood 心情") == made
    assert made.report == REPORT
    assert (made.name, made.model_id, made.size_bytes) == ("Mood 心情", "model", len(b"weights"))
    assert store.skills.load("Mood 心情") == b"weights"


def test_the_newest_comes_first(store: Store, save: Save) -> None:
    save(name="one")
    save(name="two")
    assert [skill.name for skill in store.skills.list()] == ["two", "one"]


def test_teaching_again_replaces_weights_and_report(store: Store, save: Save) -> None:
    old = save()
    save(b"better weights", seconds=1.0)
    assert store.skills.load(old.name) == b"better weights"
    assert [skill.report.seconds for skill in store.skills.list()] == [1.0]
    assert [file.kind for file in store.vault.list()] == ["skill"]


def test_deleting_destroys_key_and_file(store: Store, save: Save, paths: ProfilePaths) -> None:
    made = save()
    store.skills.delete(made.name)
    assert store.skills.list() == ()
    assert store.vault.list() == ()
    assert not list(paths.vault.glob("*"))
    with pytest.raises(NotFound):
        store.skills.load(made.name)


def test_an_unknown_name_is_named_so(store: Store) -> None:
    for act in (store.skills.get, store.skills.load, store.skills.delete):
        with pytest.raises(NotFound, match="no skill of this name"):
            act("nothing")


def test_a_failed_save_leaves_the_old_skill(store: Store, save: Save) -> None:
    def save_and_fail() -> None:
        with store.transaction():
            save(b"other")
            raise RuntimeError

    save()
    with pytest.raises(RuntimeError):
        save_and_fail()
    assert store.skills.load("Mood 心情") == b"weights"
    assert store.sweep() == 0


def test_neither_words_nor_weights_lie_in_plain_files(
    store: Store, save: Save, paths: ProfilePaths
) -> None:
    save(b"plain weights " * 40)
    store.close()
    stored = b"".join(path.read_bytes() for path in paths.root.rglob("*") if path.is_file())
    assert b"plain weights" not in stored
    assert "心情".encode() not in stored


def test_a_changed_file_is_noticed(
    save: Save, store: Store, paths: ProfilePaths, key: DataKey
) -> None:
    made = save()
    (sealed,) = Path(paths.vault).glob("*")
    body = bytearray(sealed.read_bytes())
    body[-1] ^= 1
    sealed.write_bytes(bytes(body))
    with pytest.raises(SealBroken):
        store.skills.load(made.name)
    assert store.check()


def test_a_report_shows_no_name_or_label() -> None:
    assert "心情" not in repr(REPORT)
    assert "好评" not in repr(REPORT)
