"""Search in English and Chinese: what is found, how it is shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.database import Database
from storage.records import Role
from storage.search_text import all_of, any_of
from storage.snippets import HIT_END, HIT_START, snippet
from storage.store import Store

TEXTS = {
    "en": "My dog is called Biscuit, and she loves café terraces.",
    "zh": "我的狗叫小黑，它很喜欢吃苹果。",
    "ja": "私の犬はポチです。",
    "ko": "제 강아지 이름은 초코입니다.",
    "mix": "我在Berlin工作 and 住在波恩",
    "sign": "100% sure_thing C:\\temp 🙂 ++",
}


@pytest.fixture(name="filled")
def _filled(store: Store) -> Store:
    chat = store.conversations.create("Title").id
    for text in TEXTS.values():
        store.messages.add(chat, parent_id=None, role=Role.USER, text=text)
    return store


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("dog", ["en"]), ("DOG", ["en"]), ("called dog", ["en"]), ("bisc", ["en"]),
        ("cafe", ["en"]), ("Café", ["en"]), ("dog zebra", []), ("og", []),
        ("狗", ["zh"]), ("小黑", ["zh"]), ("我的狗叫小黑", ["zh"]), ("苹果", ["zh"]),
        ("果苹", []), ("狗 苹果", ["zh"]), ("我", ["zh", "mix"]), ("ポチ", ["ja"]), ("犬", ["ja"]),
        ("초코", ["ko"]), ("berlin", ["mix"]), ("Berlin工作", ["mix"]), ("住在 work", []),
        ("🙂", ["sign"]), ("%", ["sign"]), ("_", ["sign"]), ("\\", ["sign"]), ("++", ["sign"]),
        ("", []), ("   ", []), ('"', []), ("*", []), ("ｄｏｇ", ["en"]),
    ],
)  # fmt: skip
def test_what_is_found(filled: Store, query: str, found: list[str]) -> None:
    hits = filled.messages.search(query, 10)
    shown = {hit.snippet.replace(HIT_START, "").replace(HIT_END, "") for hit in hits}
    assert shown == {TEXTS[name] for name in found}


def test_a_hit_tells_where_it_is(filled: Store) -> None:
    (hit,) = filled.messages.search("biscuit")
    assert hit.title == "Title"
    assert filled.messages.get(hit.message_id).conversation_id == hit.conversation_id
    assert f"{HIT_START}Biscuit{HIT_END}" in hit.snippet


def test_the_limit_holds_and_the_best_comes_first(store: Store) -> None:
    chat = store.conversations.create().id
    for text in ("otter " + "filler " * 50, "otter", "nothing"):
        store.messages.add(chat, parent_id=None, role=Role.USER, text=text)
    assert store.messages.search("otter", 1)[0].snippet == f"{HIT_START}otter{HIT_END}"


@given(st.text(max_size=30))
def test_no_query_is_a_syntax_error(query: str) -> None:
    database = Database(None)
    database.execute("CREATE VIRTUAL TABLE w USING fts5 (words, content='')")
    for expression in (all_of(query), any_of(query)):
        if expression:
            database.rows("SELECT rowid FROM w WHERE w MATCH ?", (expression,))
    database.close()


@given(st.text(max_size=400), st.text(max_size=10))
def test_a_snippet_is_short_and_balanced(text: str, query: str) -> None:
    shown = snippet(text, query)
    assert shown.count(HIT_START) == shown.count(HIT_END)
    assert len(shown.replace(HIT_START, "").replace(HIT_END, "")) <= 162


def test_half_surrogates_in_a_query_are_harmless(filled: Store) -> None:
    assert filled.messages.search("\ud800") == ()
    assert filled.memories.search("dog \ud800") == ()


def test_a_snippet_shows_the_hit_far_into_a_text() -> None:
    shown = snippet("filler " * 200 + "otter " + "filler " * 200, "otter")
    assert f"{HIT_START}otter{HIT_END}" in shown
    assert shown.startswith("…")
    assert shown.endswith("…")


def test_a_word_that_is_everywhere_comes_newest_first(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    chat = store.conversations.create("x").id
    texts = ["tea tea tea", "tea and a long sentence about other things", "tea", "coffee"]
    ids = [
        store.messages.add(chat, parent_id=None, role=Role.USER, text=text).id for text in texts
    ]
    rated = [hit.message_id for hit in store.messages.search("tea")]
    assert rated[0] != ids[2] or rated[1] != ids[1]
    monkeypatch.setattr("storage.message_search.MANY", 2)
    assert [hit.message_id for hit in store.messages.search("tea")] == ids[2::-1]
    assert [hit.message_id for hit in store.messages.search("coffee")] == ids[3:]
    assert len(store.messages.search("tea", 1)) == 1
