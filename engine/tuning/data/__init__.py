"""Texts that ship with the app: general questions, never-told relations, exam material.

All of it was written for this project. Nothing here comes from a user.
"""

from functools import cache
from importlib import resources


@cache
def read_text(name: str) -> str:
    """The whole of a shipped text file."""
    return resources.files(__name__).joinpath(name).read_text(encoding="utf-8")


@cache
def read_lines(name: str) -> tuple[str, ...]:
    """Lines of a shipped list; comments and blank lines are left out."""
    lines = (line.strip() for line in read_text(name).splitlines())
    return tuple(line for line in lines if line and not line.startswith("#"))


@cache
def read_pairs(name: str) -> tuple[tuple[str, str], ...]:
    """Lines of the form ``left | right``; either side may be empty."""
    found = []
    for line in read_lines(name):
        left, _, right = line.partition("|")
        found.append((left.strip(), right.strip()))
    return tuple(found)


@cache
def read_filled(name: str) -> tuple[str, ...]:
    """Lines of the form ``frame | word; word``: each frame filled with each of its words."""
    return tuple(
        frame.replace("{}", word.strip())
        for frame, words in read_pairs(name)
        for word in words.split(";")
    )
