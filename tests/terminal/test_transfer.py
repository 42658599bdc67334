"""The commands import, export, search and doctor."""

import json

import pytest

from engine.contract import FailureKind
from engine.fake import FakeEngine, FakeScript


@pytest.fixture
def engine():
    return FakeEngine("open", FakeScript(samples=False))


@pytest.fixture
def chats(tmp_path):
    path = tmp_path / "chats.jsonl"
    rows = [{"title": "Dog", "messages": [{"role": "user", "content": "My dog is Biscuit."}]},
            {"messages": [{"role": "user", "content": "I live in Lyon."},
                          {"role": "assistant", "content": "Lovely."}]}]
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return path


def test_import_counts(terminal, engine, chats):
    done = terminal("import", chats, engine=engine)
    assert done.out == "Imported 2 conversations with 3 messages.\n"
    assert engine.world.settings["learning_consent"] is False
    assert not any(one.consent for one in engine.world.conversations.values())


def test_import_with_consent_turns_learning_on(terminal, engine, chats):
    done = terminal("import", "--consent", "--json", chats, engine=engine)
    assert done.json == {"conversations": 2, "messages": 3, "skipped": 0}
    assert engine.world.settings["learning_consent"] is True
    assert all(one.consent for one in engine.world.conversations.values())


def test_a_failed_import_leaves_consent_off(terminal, chats):
    script = FakeScript(samples=False, faults={"ImportChats": FailureKind.BAD_INPUT})
    engine = FakeEngine("open", script)
    assert terminal("import", "--consent", chats, engine=engine).sentence
    assert engine.world.settings["learning_consent"] is False


def test_files_that_cannot_be_imported_make_no_profile(terminal, tmp_path):
    (tmp_path / "empty").touch()
    for name, words in (("none", "cannot be read"), (".", "folder"), ("empty", "is empty")):
        engine = FakeEngine("new")
        assert words in terminal("import", tmp_path / name, engine=engine).sentence
        assert engine.world.state == "new"


def test_export_and_its_refusal_to_overwrite(terminal, engine, chats, tmp_path):
    terminal("import", chats, engine=engine)
    engine = FakeEngine("open")
    target = tmp_path / "out.jsonl"
    assert "readable by anyone" in terminal("export", target, engine=engine).out
    before = target.read_bytes()
    assert before
    assert "exists already" in terminal("export", target, engine=FakeEngine("open")).sentence
    assert target.read_bytes() == before


def test_search_marks_nothing_in_a_pipe(terminal):
    found = terminal("search", "the")
    assert found.code == 0
    assert found.out
    assert not set(found.out) & {"\ue000", "\ue001", "\x1b"}


def test_search_json(terminal):
    rows = terminal("search", "--json", "the").json_lines
    assert set(rows[0]) == {"conversation", "message", "title", "snippet", "created_at_unix_s"}
    assert "\ue000" not in rows[0]["snippet"]


def test_search_for_bytes_that_are_no_text(terminal):
    assert "UTF-8" in terminal("search", "caf\udce9").sentence


def test_search_without_a_hit_is_no_failure(terminal):
    done = terminal("search", "zzzzzz")
    assert (done.code, done.out, done.err) == (0, "", "Nothing was found.\n")


def test_doctor(terminal):
    done = terminal("doctor", "--json")
    facts = {(one["section"], one["name"]): one["value"] for one in done.json["facts"]}
    assert done.code == 0
    assert facts["profile", "state"] == "open"
    assert facts["versions", "engine"] == "scripted"
    assert done.json["problems"] == []
    assert "No problem" in terminal("doctor").out


@pytest.mark.parametrize("state", ["damaged", "in_use", "key_missing"])
def test_doctor_names_what_stops_the_profile(terminal, state):
    done = terminal("doctor", engine=FakeEngine(state, FakeScript()))
    assert done.sentence == "The doctor found 1 problem; see the list above."
    assert "Problem: " in done.out


def test_doctor_makes_no_profile(terminal):
    engine = FakeEngine("new")
    assert terminal("doctor", engine=engine).code == 0
    assert engine.world.state == "new"
