"""Chat files: JSON lines and ChatGPT exports, good, odd and hostile."""

import json
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.contract import EngineError, FailureKind
from engine.library.archive import Limits
from engine.library.chat_file import clean_text, title_from
from engine.library.reading import read_chats
from storage.records import Role


def nothing():
    """Never stops."""


def node(key, parent, role=None, parts=None, **more):
    """A node of an export, with its message where a role is given."""
    content = {"content_type": more.pop("kind", "text"), "parts": parts or []}
    message = role and {"author": {"role": role}, "content": content, **more}
    return key, {"id": key, "message": message, "parent": parent}


def export(*nodes, **more):
    return {"title": "T", "mapping": dict(nodes), **more}


def read(tmp_path, content, name="file.json"):
    path = tmp_path / name
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        path.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    return read_chats(path, nothing)


def refused(tmp_path, content, limits=None):
    path = tmp_path / "bad"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(EngineError) as failure:
        read_chats(path, nothing, limits or Limits())
    assert failure.value.kind is FailureKind.BAD_INPUT
    assert failure.value.detail.endswith("nothing was imported.")
    return failure.value.detail


def read_or_refused(path):
    """Whether the file was read, or refused in the one way that is allowed."""
    try:
        read_chats(path, nothing)
    except EngineError as error:
        return error.kind is FailureKind.BAD_INPUT
    return True


def texts(chat):
    return [(message.role.value, message.text) for message in chat.messages]


# -- JSON lines -----------------------------------------------------------------------------------


def test_lines_with_titles_blank_lines_and_a_byte_order_mark(tmp_path):
    lines = (
        '\ufeff{"messages": [{"role": "user", "content": "hi"}], "title": " A\\n title "}\n\n'
        '{"messages": [{"role": "human", "content": "你好"},'
        ' {"role": "gpt", "content": "您好"}]}\r\n'
    )
    first, second = read(tmp_path, lines)
    assert first.title == "A title"
    assert texts(second) == [("user", "你好"), ("assistant", "您好")]


def test_tool_messages_and_empty_ones_are_counted_as_skipped(tmp_path):
    messages = [
        {"role": "user", "content": [{"type": "text", "text": "one"}, {"type": "image"}]},
        {"role": "assistant", "content": None, "tool_calls": []},
        {"role": "tool", "content": "output"},
        {"role": "assistant", "content": "  "},
        {"role": "assistant", "content": "two"},
    ]
    (chat,) = read(tmp_path, json.dumps({"messages": messages}))
    assert texts(chat) == [("user", "one"), ("assistant", "two")]
    assert chat.skipped == 3


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("{", "not valid JSON"),
        ("[1]x", "not valid JSON"),
        ("5", "object"),
        ("{}", "list of messages"),
        ('{"messages": []}', "list of messages"),
        ('{"messages": ["x"]}', "an object"),
        ('{"messages": [{"role": "wizard", "content": "x"}]}', "role"),
        ('{"messages": [{"role": 3, "content": "x"}]}', "role"),
        ('{"messages": [{"role": "user"}]}', "content"),
        ('{"messages": [{"role": "user", "content": {"a": 1}}]}', "content"),
        ("[" * 100_000, "not valid JSON"),
    ],
)
def test_a_bad_line_is_named_by_its_number(tmp_path, line, hint):
    good = '{"messages": [{"role": "user", "content": "secret words"}]}'
    detail = refused(tmp_path, f"{good}\n\n{line}\n{good}")
    assert detail.startswith("Line 3: ")
    assert hint in detail
    assert "secret" not in detail


def test_no_line_holds_more_than_the_limit(tmp_path):
    good = '{"messages": [{"role": "user", "content": "x"}]}'
    long = json.dumps({"messages": [{"role": "user", "content": "y" * 300}]})
    assert refused(tmp_path, f"{good}\n{long}", Limits(line=200)).startswith("Line 2: ")


def test_a_file_that_is_too_large_empty_or_binary(tmp_path):
    assert "too large" in refused(tmp_path, "x" * 100, Limits(file=50))
    assert "no chats" in refused(tmp_path, "\n \n")
    assert "no chats" in refused(tmp_path, "[]")
    assert "UTF-8" in refused(tmp_path, b"\xff\xfe\x00\x01")


def test_a_folder_or_nothing_at_all(tmp_path):
    for path in (tmp_path, tmp_path / "none"):
        with pytest.raises(EngineError) as failure:
            read_chats(path, nothing)
        assert failure.value.kind is FailureKind.BAD_INPUT


def test_stopping_between_chats(tmp_path):
    class EnoughError(Exception):
        pass

    def stop():
        raise EnoughError

    path = tmp_path / "f"
    path.write_text('{"messages": [{"role": "user", "content": "x"}]}')
    with pytest.raises(EnoughError):
        read_chats(path, stop)


# -- ChatGPT exports ------------------------------------------------------------------------------


def test_the_current_branch_is_read_and_edits_beside_it_are_not(tmp_path):
    chat = export(
        node("root", None),
        node("a", "root", "user", ["old"]),
        node("b", "root", "user", ["new"]),
        node("c", "b", "assistant", ["answer"], create_time=12.5),
        node("d", "a", "assistant", ["to the old"]),
        current_node="c",
    )
    (read_chat,) = read(tmp_path, [chat])
    assert texts(read_chat) == [("user", "new"), ("assistant", "answer")]
    assert read_chat.messages[1].created_at == 12.5


def test_without_a_current_node_the_newest_leaf_counts(tmp_path):
    chat = export(
        node("root", None),
        node("a", "root", "user", ["first"], create_time=1),
        node("b", "a", "assistant", ["newest"], create_time=30),
        node("c", "a", "assistant", ["older"], create_time=20),
        current_node="not there",
    )
    (read_chat,) = read(tmp_path, [chat])
    assert texts(read_chat)[-1] == ("assistant", "newest")


def test_hidden_system_and_tool_messages_are_left_out_and_halves_joined(tmp_path):
    chat = export(
        node("s", None, "system", ["be good"]),
        node("h", "s", "user", ["hidden"], metadata={"is_visually_hidden_from_conversation": True}),
        node("u", "h", "user", ["question", {"asset": 1}, ""]),
        node("a", "u", "assistant", ["before"]),
        node("t", "a", "assistant", ["run()"], recipient="python", kind="code"),
        node("o", "t", "tool", ["output"]),
        node("q", "o", "assistant", ["thinking"], kind="thoughts"),
        node("z", "q", "assistant", ["after"], recipient="all"),
        current_node="z",
    )
    (read_chat,) = read(tmp_path, [chat])
    assert texts(read_chat) == [("user", "question"), ("assistant", "before\n\nafter")]
    assert read_chat.skipped == 5


def test_code_for_the_reader_is_fenced(tmp_path):
    chat = export(node("a", None, "assistant", ["x = 1"], kind="code"))
    (read_chat,) = read(tmp_path, chat)
    assert texts(read_chat) == [("assistant", "```\nx = 1\n```")]


@pytest.mark.parametrize(
    "mapping",
    [
        {},
        {"a": None},
        {"a": {"message": "text", "parent": ["x"]}},
        {"a": {"message": {"author": None, "content": []}}},
        {"a": {"message": {"author": {"role": "user"}, "content": {"parts": [[1], 2, None]}}}},
        {"a": {"message": {"author": {"role": {}}, "content": {"parts": "x"}}}},
    ],
)
def test_odd_nodes_are_passed_over(tmp_path, mapping):
    (chat,) = read(tmp_path, [{"mapping": mapping, "title": None, "current_node": 7}])
    assert chat.messages == ()


def test_a_ring_of_parents_is_refused(tmp_path):
    ring = export(node("a", "b", "user", ["x"]), node("b", "a", "user", ["y"]), current_node="a")
    assert "Conversation 1: its messages form a ring" in refused(tmp_path, json.dumps([ring]))


def test_an_entry_without_a_mapping_is_named(tmp_path):
    detail = refused(tmp_path, json.dumps([export(node("a", None, "user", ["x"])), {"x": 1}]))
    assert detail.startswith("Conversation 2: ")


def test_broken_json_names_its_line(tmp_path):
    assert refused(tmp_path, '[\n{"mapping":\n').startswith("Line ")


# -- archives -------------------------------------------------------------------------------------


def pack(tmp_path, files, compression=zipfile.ZIP_DEFLATED):
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path.read_bytes()


def one(text="hello"):
    return json.dumps([export(node("a", None, "user", [text]))])


def test_an_export_archive_with_pictures_and_parts(tmp_path):
    packed = pack(tmp_path, {
        "export/conversations-001.json": one("second"), "export/picture.png": b"\x89PNG",
        "export/conversations-000.json": one("first"), "user.json": "{}",
    })  # fmt: skip
    chats = read(tmp_path, packed, "e.zip")
    assert [chat.messages[0].text for chat in chats] == ["first", "second"]


def test_a_bomb_is_refused_while_it_unpacks(tmp_path):
    bomb = pack(tmp_path, {"conversations.json": b"[" + b" " * 30_000_000 + b"]"})
    assert len(bomb) < 100_000
    assert "far more" in refused(tmp_path, bomb)


def test_the_sum_of_all_parts_counts(tmp_path):
    parts = {f"conversations-{n}.json": one("x" * 3000) for n in range(10)}
    packed = pack(tmp_path, parts, zipfile.ZIP_STORED)
    assert "far more" in refused(tmp_path, packed, Limits(file=10_000))


def test_too_many_entries_are_refused_before_they_are_read(tmp_path):
    packed = pack(tmp_path, {f"{n}.txt": b"" for n in range(50)})
    assert "too many" in refused(tmp_path, packed, Limits(entries=20))
    assert "too many" in refused(tmp_path, packed, Limits(directory=100))


def test_archives_that_are_foreign_cut_or_nested(tmp_path):
    whole = pack(tmp_path, {"conversations.json": one()})
    assert "damaged" in refused(tmp_path, whole[: len(whole) // 2])
    assert "no conversations.json" in refused(tmp_path, pack(tmp_path, {"a.txt": "x"}))
    inner = pack(tmp_path, {"export.zip": whole})
    assert "no conversations.json" in refused(tmp_path, inner)
    flipped = bytearray(whole)
    flipped[45] ^= 0xFF
    assert "nothing was imported" in refused(tmp_path, bytes(flipped))


def test_a_locked_archive_is_refused(tmp_path):
    locked = bytearray(pack(tmp_path, {"conversations.json": one()}))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.index(mark) + at] |= 1
    assert "password" in refused(tmp_path, bytes(locked))


# -- any bytes at all -----------------------------------------------------------------------------


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("any") / "file"
    path.write_bytes(content)
    assert read_or_refused(path)


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(["mapping", "messages", "role", "content", "parts", "author", "parent",
                         "message", "title", "current_node", "create_time"]), inner, max_size=5,
    ),
    max_leaves=25,
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(JSON)
def test_any_json_is_read_or_refused(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("any") / "file"
    path.write_text(json.dumps([content]), "utf-8")
    assert read_or_refused(path)


@given(st.text(max_size=500))
def test_clean_text_can_be_stored(text):
    clean = clean_text(text + "\ud800\x00")
    assert "\x00" not in clean
    clean.encode("utf-8")


@given(st.text(max_size=500))
def test_titles_are_one_short_line(text):
    title = title_from(text)
    assert len(title) <= 60
    assert title == " ".join(title.split())


def test_long_titles_end_at_a_word():
    title = title_from("word " * 40)
    assert title.endswith("word…")
    assert title_from("字" * 100) == "字" * 59 + "…"
    assert Role.USER == "user"


def test_an_archive_whose_list_lies_before_its_beginning(tmp_path):
    """Its end record leads to a place before the file; found by a mutant of `make torture`."""
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("conversations.json", "[]")
    data = bytearray(path.read_bytes())
    at = data.rindex(b"PK\x05\x06")
    data[at + 12 : at + 16] = (0xFFFFFF).to_bytes(4, "little")
    refused(tmp_path, bytes(data))
    del data[at - 30 : at]
    refused(tmp_path, bytes(data))
