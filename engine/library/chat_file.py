"""Chats on their way into or out of the store, and the one error of a file that does not read."""

import math
from dataclasses import dataclass, field
from typing import Any

from engine.contract import EngineError, FailureKind
from storage.records import Role

__all__ = [
    "ROLES", "FileChat", "FileMessage", "bad_file", "clean_text", "clean_time", "clean_title",
    "title_from",
]  # fmt: skip

ROLES = {
    "system": Role.SYSTEM,
    "developer": Role.SYSTEM,
    "user": Role.USER,
    "human": Role.USER,
    "assistant": Role.ASSISTANT,
    "gpt": Role.ASSISTANT,
}
_TITLE_LENGTH = 60
_LATEST_TIME = 32_503_680_000.0  # the year 3000


@dataclass(frozen=True, slots=True)
class FileMessage:
    """One message of a file. ``created_at`` in Unix seconds, None when the file has none."""

    role: Role
    text: str = field(repr=False)
    created_at: float | None = None


@dataclass(frozen=True, slots=True)
class FileChat:
    """One conversation of a file. ``skipped`` counts messages left out (tools, hidden, empty)."""

    title: str = field(repr=False)
    messages: tuple[FileMessage, ...]
    skipped: int = 0


def bad_file(place: str, problem: str) -> EngineError:
    """The failure of an import; `place` is like ``Line 3``, `problem` never quotes the file."""
    where = f"{place}: " if place else ""
    return EngineError(FailureKind.BAD_INPUT, f"{where}{problem}; nothing was imported.")


def clean_text(untrusted_text: str) -> str:
    """Text that every part of the store can hold: no NUL, no half of a surrogate pair."""
    whole = untrusted_text.encode("utf-8", "replace").decode("utf-8")
    return whole.replace("\x00", "").strip()


def clean_title(untrusted_title: Any) -> str:
    """A one-line title out of whatever the file has in its place."""
    return title_from(untrusted_title) if isinstance(untrusted_title, str) else ""


def clean_time(untrusted_time: Any) -> float | None:
    """A plausible moment in Unix seconds, or None."""
    if isinstance(untrusted_time, bool) or not isinstance(untrusted_time, int | float):
        return None
    good = math.isfinite(untrusted_time) and 0 < untrusted_time < _LATEST_TIME
    return float(untrusted_time) if good else None


def title_from(text: str) -> str:
    """A short title: white space folded, cut at a word where there is one."""
    folded = " ".join(clean_text(text[: 20 * _TITLE_LENGTH]).split())
    if len(folded) <= _TITLE_LENGTH:
        return folded
    cut = folded[: _TITLE_LENGTH - 1]
    at_word = cut.rsplit(" ", 1)[0]
    return (at_word if len(at_word) > _TITLE_LENGTH // 2 else cut).rstrip() + "…"
