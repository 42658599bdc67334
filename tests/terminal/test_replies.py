"""The commands chat and ask."""

import io
import json

import pytest

from engine.contract import FailureKind
from engine.fake import FakeEngine, FakeScript

FAST = {"first_token_s": 0.0, "token_s": 0.0, "load_s": 0.0}


def scripted(**extra):
    return FakeEngine("open", FakeScript(**FAST, **extra))


def test_chat_streams_the_answer(terminal):
    done = terminal("chat", "hello", engine=scripted(answer="It is  nine."))
    assert (done.code, done.out, done.err) == (0, "It is  nine.\n", "")


def test_chat_keeps_the_conversation(terminal):
    engine = scripted(answer="Yes.", samples=False)
    terminal("chat", "Is it late?", engine=engine)
    texts = [message.text for message in engine.world.messages.values()]
    assert texts == ["Is it late?", "Yes."]


def test_chat_json_has_exactly_the_promised_keys(terminal):
    done = terminal("chat", "--json", "hello", engine=scripted(answer="Déjà vu, 是的"))
    assert list(done.json) == [
        "text", "tokens", "first_token_s", "tokens_per_s", "model", "adapter"
    ]
    assert done.json["text"] == "Déjà vu, 是的"
    assert done.json["adapter"] is None
    assert "是的" in done.out


def test_chat_reads_standard_input(terminal, monkeypatch):
    engine = scripted(answer="Fine.", samples=False)
    monkeypatch.setattr("sys.stdin", io.StringIO("How are you?\n"))
    assert terminal("chat", "-", engine=engine).code == 0
    assert "How are you?" in [message.text for message in engine.world.messages.values()]


@pytest.mark.parametrize("text", ["", "  \n"])
def test_chat_without_words_fails(terminal, text):
    assert "empty" in terminal("chat", text).sentence


def test_chat_refuses_bytes_that_are_no_text(terminal):
    assert "UTF-8" in terminal("chat", "caf\udce9").sentence


def test_options_reach_the_engine(terminal):
    engine = scripted(answer="one two three four")
    seen = []
    submit = engine.submit
    engine.submit = lambda command: (seen.append(command), submit(command))
    done = terminal(
        "chat", "--adapter", "off", "--strength", "0.5", "--no-memory", "--temperature", "0",
        "--max-tokens", "2", "--seed", "7", "hello", engine=engine,
    )  # fmt: skip
    options = seen[-1].options
    assert done.out == "one two\n"
    assert (options.adapter, options.strength, options.memory) == ("off", 0.5, False)
    assert (options.temperature, options.max_tokens, options.seed) == (0.0, 2, 7)


def test_left_out_options_leave_it_to_the_settings(terminal):
    engine = scripted(answer="x")
    seen = []
    submit = engine.submit
    engine.submit = lambda command: (seen.append(command), submit(command))
    terminal("chat", "hello", engine=engine)
    options = seen[-1].options
    assert options.adapter == "active"
    assert [options.strength, options.memory, options.temperature, options.max_tokens,
            options.seed] == [None] * 5


def test_a_failure_in_mid_stream_is_one_sentence(terminal):
    engine = scripted(
        answer="one two three", faults={"Reply": FailureKind.OUT_OF_MEMORY}, fault_after_tokens=2
    )
    done = terminal("chat", "hello", engine=engine)
    assert done.out.startswith("one two")
    assert "failed" in done.sentence


def write_questions(path, *rows):
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return path


def test_ask_answers_each_line_in_order(terminal, tmp_path):
    file = write_questions(tmp_path / "q.jsonl", {"id": 2, "question": "a"},
                           {"id": "x", "question": "b", "more": 1})
    done = terminal("ask", "--file", file, engine=scripted(answer="Yes."))
    assert done.json_lines == [{"id": 2, "answer": "Yes."}, {"id": "x", "answer": "Yes."}]
    assert done.err == ""


def test_ask_json_adds_figures(terminal, tmp_path):
    file = write_questions(tmp_path / "q.jsonl", {"id": 1, "question": "a"})
    done = terminal("ask", "--json", "--file", file, engine=scripted(answer="Yes."))
    assert list(done.json) == ["id", "answer", "tokens", "first_token_s", "tokens_per_s", "model",
                               "adapter"]


def test_ask_uses_a_temporary_conversation_for_each_question(terminal, tmp_path):
    engine = scripted(answer="Yes.", samples=False)
    file = write_questions(tmp_path / "q.jsonl", {"id": 1, "question": "a"},
                           {"id": 2, "question": "b"})
    terminal("ask", "--file", file, engine=engine)
    conversations = list(engine.world.conversations.values())
    assert [one.temporary for one in conversations] == [True, True]


@pytest.mark.parametrize(
    "line",
    ["{", "[]", '{"id": 1}', '{"question": "a"}', '{"id": 1, "question": 5}',
     '{"id": 1, "question": " "}', r'{"id": 1, "question": "\ud83d"}',
     "[" * 100_000],
)
def test_a_bad_line_is_named_before_anything_is_asked(terminal, tmp_path, line):
    file = tmp_path / "q.jsonl"
    file.write_text('{"id": 0, "question": "good"}\n\n' + line, encoding="utf-8")
    done = terminal("ask", "--file", file)
    assert "Line 3 of" in done.sentence
    assert done.out == ""


def test_question_files_that_cannot_be_read(terminal, tmp_path):
    (tmp_path / "empty").write_text("\n", encoding="utf-8")
    (tmp_path / "latin").write_bytes(b'{"id": 1, "question": "caf\xe9"}')
    assert "cannot be read" in terminal("ask", "--file", tmp_path / "none").sentence
    assert "cannot be read" in terminal("ask", "--file", tmp_path).sentence
    assert "no question" in terminal("ask", "--file", tmp_path / "empty").sentence
    assert "UTF-8" in terminal("ask", "--file", tmp_path / "latin").sentence
