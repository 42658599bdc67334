"""The commands ``import``, ``export`` and ``search``."""

import argparse
from pathlib import Path

from engine.contract import (
    ChatsExported,
    ChatsImported,
    ExportChats,
    ImportChats,
    MessagesFound,
    SearchMessages,
)
from storage.records import SearchHit
from ui.terminal.console import Console, is_text
from ui.terminal.session import CommandError, Session

_HIT_START, _HIT_END = "\ue000", "\ue001"
_BOLD, _PLAIN = "\x1b[1m", "\x1b[0m"


def check_source(path: Path) -> None:
    """Looks at an import file before any profile is opened or made.

    Raises:
        CommandError: when it is missing, unreadable, empty or no file.
    """
    try:
        with path.open("rb") as file:
            empty = not file.read(1)
    except IsADirectoryError:
        raise CommandError(f"{path} is a folder; name the file to import.") from None
    except OSError as error:
        raise CommandError(f"{path} cannot be read ({error.strerror}); check the path.") from None
    if empty:
        raise CommandError(f"{path} is empty; there is nothing to import.")


def bring_in(session: Session, options: argparse.Namespace, console: Console) -> int:
    """Imports a file; with consent, the engine turns learning on for the profile as well."""
    command = ImportChats(path=str(options.file.absolute()), consent=options.consent)
    done = session.run(command, ChatsImported)
    if options.json:
        console.json({"conversations": done.conversations, "messages": done.messages,
                      "skipped": done.skipped})
        return 0
    skipped = f" {done.skipped} were skipped." if done.skipped else ""
    console.line(f"Imported {_count(done.conversations, 'conversation')} with "
                 f"{_count(done.messages, 'message')}.{skipped}")
    return 0


def export(session: Session, options: argparse.Namespace, console: Console) -> int:
    """Writes conversations in plain text to a file that must not exist yet."""
    if options.file.exists():
        raise CommandError(f"{options.file} exists already; choose another name.")
    command = ExportChats(path=str(options.file.absolute()), format=options.format,
                          conversation_id=options.conversation)
    done = session.run(command, ChatsExported)
    console.line(f"Wrote {_count(done.conversations, 'conversation')} with "
                 f"{_count(done.messages, 'message')} to {options.file}, readable by anyone.")
    return 0


def search(session: Session, options: argparse.Namespace, console: Console) -> int:
    """Prints the messages that fit, best first."""
    if not is_text(options.query):
        raise CommandError("The words to find are not UTF-8 text; write them in that encoding.")
    found = session.run(SearchMessages(query=options.query, limit=options.limit), MessagesFound)
    for hit in found.hits:
        if options.json:
            console.json(_as_json(hit))
        else:
            console.line(f"{hit.conversation_id[:12]}  {_one_line(hit.title)}: "
                         f"{_marked(_one_line(hit.snippet), console)}")
    if not found.hits:
        console.note("Nothing was found.")
    return 0


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _marked(snippet: str, console: Console) -> str:
    start, end = (_BOLD, _PLAIN) if console.results_on_screen else ("", "")
    return snippet.replace(_HIT_START, start).replace(_HIT_END, end)


def _as_json(hit: SearchHit) -> dict[str, object]:
    plain = hit.snippet.replace(_HIT_START, "").replace(_HIT_END, "")
    return {"conversation": hit.conversation_id, "message": hit.message_id, "title": hit.title,
            "snippet": plain, "created_at_unix_s": hit.created_at}
