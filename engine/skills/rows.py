"""Reads labelled rows from JSONL, CSV and TSV files, and says in one sentence what is wrong."""

import csv
import io
import itertools
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from engine.contract import EngineError, FailureKind

TEXT_FIELDS = (
    "text", "sentence", "utterance", "review", "content", "input", "question", "prompt",
    "instruction", "query", "source",
)  # fmt: skip
LABEL_FIELDS = (
    "label", "intent", "category", "class", "topic", "sentiment", "polarity", "emotion",
)  # fmt: skip
ANSWER_FIELDS = ("answer", "output", "response", "completion", "reply", "translation", "target")

_MOST_BYTES = 256 * 2**20
_MOST_COLUMNS = 1000
_DELIMITERS = ",;\t|"


@dataclass(frozen=True, slots=True)
class LabelledRow:
    """One row. ``answer`` is its label or written answer, None where the file says null.

    ``several`` marks a row with more than one label; ``row_id`` is the row's own id, if any.
    """

    text: str = field(repr=False)
    answer: str | None = field(repr=False)
    several: bool = False
    row_id: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Fields:
    """Which field holds what; ``written`` when the second one is an answer and no label."""

    text: str
    answer: str | None
    written: bool = False


class _Table:
    """The rows of one file as dictionaries, each with the line it came from."""

    def __init__(self, path: Path, role: str) -> None:
        self.role = role
        text = _content(path, role)
        lines = _csv_rows if path.suffix.lower() in (".csv", ".tsv") else _json_rows
        self.rows = list(lines(text, role))
        if not self.rows:
            raise _bad(f"The {role} file has no rows; choose another file.")


def read_rows(
    path: Path,
    role: str,
    *,
    text_field: str | None = None,
    label_field: str | None = None,
    fields: Fields | None = None,
) -> tuple[list[LabelledRow], Fields]:
    """The labelled rows of a file and the fields they were found in.

    Args:
        path: A ``.csv`` or ``.tsv`` file with a header line, anything else is JSONL.
        role: What the file is called in a sentence: training, test.
        text_field: Name of the text's field; None looks for the usual ones.
        label_field: Name of the label's field; None looks for the usual ones.
        fields: Takes these instead of looking (the test file follows the training file).

    Raises:
        EngineError: ``BAD_INPUT`` or ``NOT_FOUND``; the sentence names the line, never its words.
    """
    table = _Table(path, role)
    found = fields or _find_fields(table, text_field, label_field)
    return [_labelled(row, at, found, role) for at, row in table.rows], found


def read_texts(path: Path, text_field: str | None) -> list[LabelledRow]:
    """The texts of a file without their labels; one column of a CSV file will do.

    Raises:
        EngineError: As for `read_rows`.
    """
    role = "given"
    table = _Table(path, role)
    name = text_field or _find_text(table)
    return [_labelled(row, at, Fields(name, None), role) for at, row in table.rows]


# -- files ----------------------------------------------------------------------------------------


def _content(path: Path, role: str) -> str:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise _bad(f"The {role} file is larger than 256 MB; take fewer rows.")
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise EngineError(
            FailureKind.NOT_FOUND, f"There is no such {role} file; check its path."
        ) from None
    except IsADirectoryError:
        raise _bad(f"The {role} file is a folder; choose a JSONL, CSV or TSV file.") from None
    except UnicodeDecodeError:
        raise _bad(f"The {role} file is not UTF-8 text; save it as UTF-8.") from None
    except OSError:
        raise _bad(f"The {role} file cannot be read; check its permissions.") from None
    if not text.strip():
        raise _bad(f"The {role} file is empty; choose another file.")
    return text


def _json_rows(text: str, role: str) -> Iterator[tuple[int, dict[str, object]]]:
    for at, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            raise _bad(
                f"Line {at} of the {role} file is not JSON; each line must be one JSON object."
            ) from None
        if not isinstance(row, dict):
            raise _bad(f"Line {at} of the {role} file is not a JSON object with named fields.")
        yield at, row


def _csv_rows(text: str, role: str) -> Iterator[tuple[int, dict[str, object]]]:
    first = text.split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=first.count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        header = [name.strip() for name in next(lines)]
        if len(set(header)) < len(header) or len(header) > _MOST_COLUMNS:
            raise _bad(f"The header of the {role} file names a column twice; rename one.")
        for row in lines:
            if not any(cell.strip() for cell in row):
                continue
            if len(row) != len(header):
                raise _bad(
                    f"Line {lines.line_num} of the {role} file has {len(row)} columns and the "
                    f"header {len(header)}; quote texts that hold the separator."
                )
            yield lines.line_num, dict(zip(header, row, strict=True))
    except (csv.Error, StopIteration):
        raise _bad(
            f"Line {lines.line_num} of the {role} file is not CSV; check its quotes."
        ) from None


# -- fields ---------------------------------------------------------------------------------------


def _find_fields(table: _Table, text_field: str | None, label_field: str | None) -> Fields:
    text = text_field or _find_text(table)
    names = _names(table)
    for name, option in ((text, "--text-field"), (label_field, "--label-field")):
        if name is not None and name not in names:
            raise _bad(f"No row of the {table.role} file has the field named by {option}.")
    if label_field is None:
        usual = [name for name in (*LABEL_FIELDS, *ANSWER_FIELDS) if name in names - {text}]
        if not usual:
            raise _bad(
                f"The {table.role} file has no field with a usual name for labels "
                "(label, intent, category, answer, ...); name it with --label-field."
            )
        label_field = usual[0]
    if label_field == text:
        raise _bad("Text and label cannot be the same field; name both.")
    written = label_field in ANSWER_FIELDS or _all_different(table, label_field)
    return Fields(text, label_field, written)


def _find_text(table: _Table) -> str:
    names = _names(table)
    usual = [name for name in TEXT_FIELDS if name in names]
    if not usual and len(names) == 1:
        return next(iter(names))
    if not usual:
        raise _bad(
            f"The {table.role} file has no field with a usual name for texts "
            "(text, sentence, question, ...); name it with --text-field."
        )
    return usual[0]


def _names(table: _Table) -> set[str]:
    return {name for _at, row in itertools.islice(table.rows, 50) for name in row}


def _all_different(table: _Table, name: str) -> bool:
    """Whether the field holds long answers rather than a set of labels that come back."""
    values = [row.get(name) for _at, row in table.rows]
    texts = [value for value in values if isinstance(value, str)]
    return len(texts) >= 20 and len(set(texts)) > 0.8 * len(texts) > 0.7 * len(values)


# -- rows -----------------------------------------------------------------------------------------


def _labelled(row: dict[str, object], at: int, fields: Fields, role: str) -> LabelledRow:
    text = row.get(fields.text)
    if not isinstance(text, str) or not text.strip():
        raise _bad(f"Line {at} of the {role} file has no text; fill it in or take the line out.")
    if not _is_text(text):
        raise _bad(f"Line {at} of the {role} file holds half a character; save it as UTF-8.")
    own = row.get("id")
    row_id = str(own) if isinstance(own, str | int) else None
    if fields.answer is None:
        return LabelledRow(text, None, row_id=row_id)
    if fields.answer not in row:
        raise _bad(f"Line {at} of the {role} file has no label; fill it in or take the line out.")
    answer, several = _answer(row[fields.answer], at, role)
    return LabelledRow(text, answer, several, row_id)


def _answer(value: object, at: int, role: str) -> tuple[str | None, bool]:
    """The label as text, and whether there were several."""
    if isinstance(value, Sequence) and not isinstance(value, str):
        if len(value) != 1:
            return None, len(value) > 1
        value = value[0]
    if value is None:
        return None, False
    if isinstance(value, bool):
        return str(value).lower(), False
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, str | int | float):
        text = str(value).strip()
        if text and _is_text(text):
            return text, False
    raise _bad(f"Line {at} of the {role} file has a label that is no text; write it as a word.")


def _is_text(text: str) -> bool:
    """False for half a surrogate pair, which no tokenizer takes."""
    return not any("\ud800" <= character <= "\udfff" for character in text)


def _bad(sentence: str) -> EngineError:
    return EngineError(FailureKind.BAD_INPUT, sentence)
