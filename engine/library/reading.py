"""A file of chats, read whole and checked before anything is stored."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from engine.library.archive import LIMITS, Limits, is_archive, read_conversations
from engine.library.chat_file import FileChat, bad_file
from engine.library.chatgpt import chat_from_tree
from engine.library.message_lines import chat_from_messages

__all__ = ["read_chats"]

_UNREADABLE = "this is neither chats as JSON lines nor a ChatGPT export"


def read_chats(
    path: Path, checkpoint: Callable[[], None], limits: Limits = LIMITS
) -> list[FileChat]:
    """Every chat of a JSONL ``messages`` file or of a ChatGPT export (JSON or zip).

    Args:
        path: The file that the user chose.
        checkpoint: Called between chats; may raise to stop.
        limits: What the file may cost.

    Raises:
        EngineError: ``BAD_INPUT`` with the line or conversation where reading failed.
    """
    try:
        found = list(_read(path, limits, checkpoint))
    except FileNotFoundError:
        raise bad_file("", "there is no such file") from None
    except IsADirectoryError:
        raise bad_file("", "this is a folder, not a file") from None
    except PermissionError:
        raise bad_file("", "this file may not be read") from None
    if not found:
        raise bad_file("", "this file holds no chats")
    return found


def _read(path: Path, limits: Limits, checkpoint: Callable[[], None]) -> Iterator[FileChat]:
    if is_archive(path):
        for untrusted_bytes in read_conversations(path, limits):
            yield from _from_json(_text(untrusted_bytes), checkpoint)
        return
    if path.stat().st_size > limits.file:
        raise bad_file("", "this file is too large; split it and import the parts")
    text = _text(path.read_bytes())
    if _is_lines(text):
        yield from _from_lines(text, limits, checkpoint)
    else:
        yield from _from_json(text, checkpoint)


def _text(untrusted_bytes: bytes) -> str:
    try:
        return untrusted_bytes.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise bad_file("", "this file is not UTF-8 text") from None


def _is_lines(text: str) -> bool:
    """Whether the first line that is not empty is an object for itself with ``messages``."""
    start = text.lstrip()
    if not start.startswith("{"):
        return not start.startswith("[")
    try:
        return "mapping" not in _decode(start.splitlines()[0])
    except ValueError:
        return '"mapping"' not in start[:100_000]


def _from_lines(
    text: str, limits: Limits, checkpoint: Callable[[], None]
) -> Iterator[FileChat]:
    for number, line in enumerate(text.split("\n"), start=1):
        checkpoint()
        if not line.strip():
            continue
        place = f"Line {number}"
        if len(line) > limits.line:
            raise bad_file(place, "this line is too long")
        try:
            untrusted = _decode(line)
        except ValueError:
            raise bad_file(place, "this is not valid JSON") from None
        yield chat_from_messages(untrusted, place)


def _from_json(text: str, checkpoint: Callable[[], None]) -> Iterator[FileChat]:
    try:
        untrusted = _decode(text)
    except ValueError as error:
        line = getattr(error, "lineno", None)
        place = f"Line {line}" if line else ""
        raise bad_file(place, "this is not valid JSON") from None
    chats = [untrusted] if isinstance(untrusted, dict) else untrusted
    if not isinstance(chats, list):
        raise bad_file("", _UNREADABLE)
    for number, chat in enumerate(chats, start=1):
        checkpoint()
        place = f"Conversation {number}"
        if isinstance(chat, dict) and "messages" in chat:
            yield chat_from_messages(chat, place)
        else:
            yield chat_from_tree(chat, place)


def _decode(text: str) -> Any:
    """Decoded JSON; too deep nesting counts as invalid."""
    try:
        return json.loads(text)
    except RecursionError:
        raise ValueError from None
