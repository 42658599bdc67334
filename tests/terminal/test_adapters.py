"""The commands adapters list, activate, rollback and delete."""

import dataclasses

import pytest

from engine.fake import FakeEngine, FakeScript
from storage.records import AdapterRecord, AdapterState


@pytest.fixture
def engine():
    made = FakeEngine("open", FakeScript(samples=False))
    for version, name in enumerate(("aaaa1111", "aabb2222", "cccc3333"), 1):
        one = AdapterRecord(
            id=name, version=version, created_at=1.7e9 + version, model_id="m",
            state=AdapterState.READY, file_id="f", size_bytes=9_800_000, example_ids=("e",),
        )  # fmt: skip
        made.world.adapters[name] = one
    return made


def active(engine):
    found = engine.world.active_adapter()
    return found.id if found else None


@pytest.mark.parametrize("name", ["cccc3333", "ccc", "3"])
def test_activate_by_id_prefix_or_version(terminal, engine, name):
    done = terminal("adapters", "activate", name, engine=engine)
    assert active(engine) == "cccc3333"
    assert done.out == "Adapter cccc3333 (version 3) is on.\n"


def test_an_unclear_or_unknown_name_changes_nothing(terminal, engine):
    assert "More than one" in terminal("adapters", "activate", "aa", engine=engine).sentence
    assert active(engine) is None


@pytest.mark.parametrize("name", ["zz", "", "4"])
def test_an_unknown_name(terminal, engine, name):
    assert "no adapter" in terminal("adapters", "delete", name, engine=engine).sentence
    assert len(engine.world.adapters) == 3


def test_off_switches_all_off(terminal, engine):
    engine.world.activate("aaaa1111")
    assert terminal("adapters", "activate", "off", engine=engine).out == "All adapters are off.\n"
    assert active(engine) is None


def test_rollback(terminal, engine):
    engine.world.activate("aaaa1111")
    engine.world.activate("aabb2222")
    done = terminal("adapters", "rollback", engine=engine)
    assert done.out == "Adapter aaaa1111 (version 1) is on.\n"


def test_delete(terminal, engine):
    assert terminal("adapters", "delete", "2", engine=engine).code == 0
    assert list(engine.world.adapters) == ["aaaa1111", "cccc3333"]


def test_list_for_people_and_for_programs(terminal, engine):
    engine.world.activate("aabb2222")
    plain = terminal("adapters", "list", engine=engine)
    assert [line[0] for line in plain.out.splitlines()] == [" ", "*", " "]


def test_list_json(terminal, engine):
    engine.world.activate("aabb2222")
    rows = terminal("adapters", "list", "--json", engine=engine).json_lines
    assert [(row["id"], row["active"]) for row in rows] == [
        ("cccc3333", False), ("aabb2222", True), ("aaaa1111", False)
    ]
    assert rows[0]["size_bytes"] == 9_800_000
    assert rows[0]["verdict"] is None


def test_chat_with_a_named_adapter(terminal, engine):
    seen = []
    submit = engine.submit
    engine.submit = lambda command: (seen.append(command), submit(command))
    terminal("chat", "--adapter", "cc", "hello", engine=engine)
    assert seen[-1].options.adapter == "cccc3333"


def test_the_records_keep_every_field_in_json():
    hidden = {"file_id", "example_ids", "report"}
    shown = {field.name for field in dataclasses.fields(AdapterRecord)} - hidden
    assert shown == {"id", "version", "created_at", "model_id", "state", "size_bytes", "active",
                     "seed", "recipe"}
