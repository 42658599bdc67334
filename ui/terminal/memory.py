"""The commands ``memory list|add|edit|delete``, and finding a remembered fact by its id."""

import argparse
from datetime import UTC, datetime

from engine.contract import DeleteMemory, Done, ListMemories, MemoriesListed, SaveMemory
from storage.records import MemoryRecord
from ui.terminal.console import Console
from ui.terminal.names import SHOWN_ID, the_one
from ui.terminal.session import Session


def memory(session: Session, options: argparse.Namespace, console: Console) -> int:
    """Carries out one of the four actions."""
    match options.action:
        case "list":
            _list(known_memories(session), console, as_json=options.json)
        case "add":
            _add(session, options, console)
        case "edit":
            _edit(session, options, console)
        case "delete":
            found = find_memory(known_memories(session), options.id)
            session.run(DeleteMemory(memory_id=found.id), Done)
            console.line(f"Memory {found.id[:SHOWN_ID]} was deleted.")
    return 0


def known_memories(session: Session) -> tuple[MemoryRecord, ...]:
    """Every remembered fact, newest first."""
    return session.run(ListMemories(), MemoriesListed).memories


def find_memory(known: tuple[MemoryRecord, ...], wanted: str) -> MemoryRecord:
    """The fact with this id, or the only one whose id begins so; raises `CommandError`."""
    return the_one(known, wanted, "memory", "main.py memory list shows them")


def _add(session: Session, options: argparse.Namespace, console: Console) -> None:
    before = {one.id for one in known_memories(session)}
    session.run(SaveMemory(text=options.text), Done)
    made = next(one for one in known_memories(session) if one.id not in before)
    _tell(made, console, as_json=options.json)


def _edit(session: Session, options: argparse.Namespace, console: Console) -> None:
    found = find_memory(known_memories(session), options.id)
    text = found.text if options.text is None else options.text
    enabled = found.enabled if options.use is None else options.use == "on"
    session.run(SaveMemory(memory_id=found.id, text=text, enabled=enabled), Done)
    _tell(find_memory(known_memories(session), found.id), console, as_json=options.json)


def _tell(one: MemoryRecord, console: Console, *, as_json: bool) -> None:
    if as_json:
        console.json(_as_json(one))
    else:
        console.line(_as_line(one))


def _list(known: tuple[MemoryRecord, ...], console: Console, *, as_json: bool) -> None:
    if as_json:
        for one in known:
            console.json(_as_json(one))
        return
    if not known:
        console.line("Nothing is remembered yet; main.py memory add TEXT adds a fact.")
    for one in known:
        console.line(_as_line(one))


def _as_line(one: MemoryRecord) -> str:
    told = datetime.fromtimestamp(one.created_at, UTC).astimezone()
    words = " ".join(one.text.split())
    return f"{one.id[:SHOWN_ID]}  {told:%Y-%m-%d}  {'on ' if one.enabled else 'off'}  {words}"


def _as_json(one: MemoryRecord) -> dict[str, object]:
    return {
        "id": one.id, "text": one.text, "enabled": one.enabled, "example": one.example_id,
        "message": one.source_message_id, "created_at_unix_s": one.created_at,
        "updated_at_unix_s": one.updated_at,
    }  # fmt: skip
