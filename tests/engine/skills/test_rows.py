"""Files of labelled rows: what is read, and the sentence for each way to be broken."""

from collections.abc import Callable
from pathlib import Path

import pytest

from engine.contract import EngineError
from engine.skills.rows import read_rows, read_texts


def rows(path: Path, **options: str) -> list[tuple[str, str | None]]:
    return [(row.text, row.answer) for row in read_rows(path, "training", **options)[0]]  # type: ignore[arg-type]


def sentence(path: Path, **options: str) -> str:
    with pytest.raises(EngineError) as caught:
        read_rows(path, "training", **options)  # type: ignore[arg-type]
    return caught.value.detail


@pytest.fixture
def file(tmp_path: Path) -> Callable[..., Path]:
    def make(text: str | bytes, name: str = "rows.jsonl") -> Path:
        path = tmp_path / name
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    return make


@pytest.mark.parametrize(
    ("line", "text", "answer"),
    [
        ('{"id": "p1", "text": "good", "label": 1}', "good", "1"),
        ('{"text": "where is it", "intent": "find", "domain": "home"}', "where is it", "find"),
        ('{"text": "x", "intent": "a", "category": "B"}', "x", "a"),
        ('{"sentence": "好", "polarity": "positive"}', "好", "positive"),
        ('{"utterance": "x", "label": true}', "x", "true"),
        ('{"text": "x", "label": 2.0}', "x", "2"),
        ('{"text": "x", "label": ["joy"]}', "x", "joy"),
        ('{"text": "x", "label": null}', "x", None),
        ('{"question": "q?", "answer": "a."}', "q?", "a."),
        ('{"input": "q?", "output": "a."}', "q?", "a."),
    ],
)
def test_usual_names_are_found(file, line: str, text: str, answer: str | None) -> None:
    assert rows(file(line)) == [(text, answer)]


def test_fields_can_be_named(file) -> None:
    path = file('{"zh": "你好", "en": "hello", "category": "greeting"}')
    assert rows(path, text_field="zh") == [("你好", "greeting")]
    assert rows(path, text_field="en", label_field="zh") == [("hello", "你好")]


def test_several_labels_are_marked(file) -> None:
    found, _fields = read_rows(file('{"text": "x", "label": ["joy", "fear"]}'), "training")
    assert found[0].several
    assert found[0].answer is None


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_in_its_kinds(file, delimiter: str) -> None:
    text = f'text{delimiter}label\r\n"a, b; c\tand ""d"""{delimiter}x\r\nplain{delimiter}y\r\n'
    assert rows(file("\ufeff" + text, "rows.csv")) == [('a, b; c\tand "d"', "x"), ("plain", "y")]


def test_answers_that_never_come_back_are_written_ones(file) -> None:
    lines = [f'{{"text": "t{n}", "label": "an answer {n}"}}' for n in range(30)]
    assert read_rows(file("\n".join(lines)), "training")[1].written
    labels = [f'{{"text": "t{n}", "label": "l{n % 15}"}}' for n in range(30)]
    assert not read_rows(file("\n".join(labels)), "training")[1].written


@pytest.mark.parametrize(
    ("content", "name", "part"),
    [
        ("", "rows.jsonl", "is empty"),
        ("\n\n", "rows.jsonl", "is empty"),
        ('{"text": "a", "label": 1}\nnot json', "rows.jsonl", "Line 2 of the training file"),
        ("[1, 2]", "rows.jsonl", "not a JSON object"),
        ('{"text": "a"}', "rows.jsonl", "name it with --label-field"),
        ('{"words": "a", "label": 1}', "rows.jsonl", "name it with --text-field"),
        ('{"text": "a", "label": 1}\n{"text": " ", "label": 1}', "rows.jsonl", "Line 2"),
        ('{"text": "a", "label": 1}\n{"text": "b"}', "rows.jsonl", "Line 2"),
        ('{"text": "a", "label": {"x": 1}}', "rows.jsonl", "a label that is no text"),
        ('{"text": "\\ud83d", "label": 1}', "rows.jsonl", "half a character"),
        (b"\xff\xfe\x00", "rows.jsonl", "not UTF-8"),
        ("text,label\na,b,c\n", "rows.csv", "Line 2 of the training file has 3 columns"),
        ('text,label\n"a,b\n', "rows.csv", "not CSV"),
        ("text,text\na,b\n", "rows.csv", "names a column twice"),
        ("text,label\n", "rows.csv", "no rows"),
    ],
)
def test_what_is_broken_is_said_in_one_sentence(file, content, name: str, part: str) -> None:
    told = sentence(file(content, name))
    assert part in told
    assert "\n" not in told


def test_a_named_field_that_is_not_there(file) -> None:
    path = file('{"text": "a", "label": 1}')
    assert "--text-field" in sentence(path, text_field="body")
    assert "--label-field" in sentence(path, label_field="mood")


def test_no_such_file_and_a_folder(tmp_path: Path) -> None:
    assert "no such training file" in sentence(tmp_path / "none.jsonl")
    assert "a folder" in sentence(tmp_path)


def test_words_of_the_rows_are_in_no_sentence(file) -> None:
    assert "secret" not in sentence(file('{"text": "secret", "label": {"secret": 1}}'))
    assert "secret" not in sentence(file("secret"))


def test_texts_alone(file) -> None:
    found = read_texts(file("sentence\nfirst\nsecond\n", "rows.csv"), None)
    assert [row.text for row in found] == ["first", "second"]
    found = read_texts(file('{"id": 7, "text": "x", "label": "unused"}'), None)
    assert (found[0].row_id, found[0].answer) == ("7", None)
