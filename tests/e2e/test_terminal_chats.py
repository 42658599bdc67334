"""Import, search, export, chat, doctor on a real profile with the real model."""

import base64
import json

import pytest

pytestmark = pytest.mark.e2e

CHATS = [
    {"title": "The dog", "messages": [
        {"role": "user", "content": "My dog's name is Biscuit."},
        {"role": "assistant", "content": "What a nice name!"}]},
    {"title": "中文", "messages": [
        {"role": "user", "content": "我住在杭州，喜欢喝龙井茶。"},
        {"role": "assistant", "content": "真好！"}]},
]  # fmt: skip


@pytest.fixture
def filled(profile, jsonl):
    profile.good("import", jsonl("chats.jsonl", CHATS))
    return profile


def test_a_new_profile_answers_and_keeps_the_chat(profile):
    first = profile.good("chat", "--temperature", "0", "--max-tokens", "24", "--json",
                         "What is the capital of France?")  # fmt: skip
    assert first.json["text"].strip()
    assert 0 < first.json["tokens"] <= 24
    assert first.json["first_token_s"] > 0
    assert first.json["tokens_per_s"] > 0
    assert first.json["adapter"] is None
    assert "recovery key" in first.err
    again = profile.good("search", "--json", "capital")
    assert json.loads(again.out.splitlines()[0])["snippet"].startswith("What is the capital")
    assert again.err == ""


def test_the_same_seed_gives_the_same_answer(profile):
    words = ("chat", "--seed", "7", "--temperature", "0.8", "--max-tokens", "16", "--json",
             "Tell me a story.")  # fmt: skip
    one, two = profile.good(*words).json["text"], profile.good(*words).json["text"]
    assert one == two


def test_ask_stores_nothing(filled, jsonl):
    questions = jsonl("q.jsonl", [{"id": 1, "question": "Who wrote Hamlet?"},
                                  {"id": "b", "question": "Who painted xylographs?"}])
    before = filled.good("export", filled.path.parent / "before.jsonl")
    done = filled.good("ask", "--file", questions, "--max-tokens", "12", "--temperature", "0")
    assert list(done.answers) == [1, "b"]
    assert all(answer.strip() for answer in done.answers.values())
    assert filled.good("search", "xylographs").out == ""
    after = filled.good("export", filled.path.parent / "after.jsonl")
    assert before.out.replace("before", "after") == after.out


@pytest.mark.parametrize(("query", "title"), [("biscuit", "The dog"), ("龙井茶", "中文"),
                                              ("茶", "中文")])
def test_search_finds_words_of_both_languages(filled, query, title):
    rows = [json.loads(line) for line in filled.good("search", "--json", query).out.splitlines()]
    assert [row["title"] for row in rows] == [title]


def test_export_can_be_imported_again(filled, tmp_path):
    target = tmp_path / "out.jsonl"
    filled.good("export", target)
    rows = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    told = {row["title"]: [(m["role"], m["content"]) for m in row["messages"]] for row in rows}
    assert told == {row["title"]: [(m["role"], m["content"]) for m in row["messages"]]
                    for row in CHATS}
    counted = filled.good("import", "--json", target).json
    assert counted == {"conversations": 2, "messages": 4, "skipped": 0}


def test_doctor_finds_a_sound_profile(filled):
    done = filled.good("doctor", "--json")
    facts = {(one["section"], one["name"]): one["value"] for one in done.json["facts"]}
    assert facts["profile", "state"] == "open"
    assert facts["keys", "slots"] == "passphrase, recovery"
    assert facts["versions", "torch"].startswith("2.13.0")
    assert done.json["problems"] == []


def test_no_chat_text_lies_on_the_disk(filled):
    filled.good("search", "Biscuit")
    words = ("Biscuit", "龙井茶", "a rather long passphrase")
    assert filled.files_holding(words) == []
    (filled.temp / "leak").write_bytes(base64.b64encode(b"xx" + "Biscuit".encode("utf-16-le")))
    assert filled.files_holding(words) == [filled.temp / "leak"]


def test_a_killed_answer_keeps_what_was_streamed(profile):
    profile.good("chat", "--max-tokens", "4", "hello")
    running = profile.start("chat", "--max-tokens", "400", "--temperature", "0.7",
                            "Tell me a long story about a zephyrous lighthouse.")  # fmt: skip
    shown = running.stdout.read(80)
    running.kill()
    shown += running.communicate()[0]
    assert len(shown) >= 80
    told = next(chat["messages"] for chat in profile.chats() if "zephyrous" in str(chat))
    assert [message["role"] for message in told] == ["user", "assistant"]
    kept = told[1]["content"]
    assert kept[:40] == shown.strip()[:40]
    assert profile.files_holding(["zephyrous"]) == []
    assert profile.good("doctor", "--json").json["problems"] == []
