"""The commands ``chat`` and ``ask``."""

import argparse
import json
import sys
from dataclasses import dataclass
from pathlib import Path

from engine.contract import Event, ModelLoading, Reply, ReplyDone, ReplyOptions, ReplyTokens
from ui.terminal.adapters import resolve_adapter
from ui.terminal.console import Console, is_text
from ui.terminal.session import CommandError, Session


@dataclass(frozen=True)
class Question:
    """One line of a question file; ``id`` is given back as it came."""

    id: object
    text: str


def read_message(text: str) -> str:
    """The message of ``chat``: `text`, or for ``-`` all of standard input."""
    try:
        message = sys.stdin.read().rstrip("\n") if text == "-" else text
        message.encode("utf-8")
    except UnicodeError:
        raise CommandError("The message is not UTF-8 text; write it in that encoding.") from None
    if not message.strip():
        raise CommandError("The message is empty; write some words.")
    return message


def read_questions(path: Path) -> tuple[Question, ...]:
    """All questions of a JSONL file, checked before the first one is asked.

    Raises:
        CommandError: for a file that cannot be read or holds a bad line, naming the line.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except OSError as error:
        raise CommandError(f"{path} cannot be read ({error.strerror}); check the path.") from None
    except UnicodeDecodeError:
        raise CommandError(f"{path} is not UTF-8 text; save it as such.") from None
    found = [_question(line, number, path) for number, line in enumerate(lines, 1) if line.strip()]
    if not found:
        raise CommandError(f"{path} holds no question; each line should be "
                           '{"id": ..., "question": "..."}.')
    return tuple(found)


def _question(line: str, number: int, path: Path) -> Question:
    problem = CommandError(f"Line {number} of {path} is not of the form "
                           '{"id": ..., "question": "..."}; mend it and try again.')
    try:
        untrusted_row = json.loads(line)
    except (ValueError, RecursionError):
        raise problem from None
    if not isinstance(untrusted_row, dict) or "id" not in untrusted_row:
        raise problem
    text = untrusted_row.get("question")
    if not isinstance(text, str) or not text.strip() or not is_text(text):
        raise problem
    return Question(untrusted_row["id"], text)


def chat(session: Session, options: argparse.Namespace, message: str, console: Console) -> int:
    """Sends one message in a new conversation and streams the answer."""
    chosen = _reply_options(session, options)
    printer = _Printer(console, stream=not options.json)
    done = session.run(Reply(text=message, options=chosen), ReplyDone, printer.show)
    if options.json:
        console.json({"text": done.message.text, **_figures(done)})
    else:
        console.line()
    return 0


def ask(
    session: Session, options: argparse.Namespace, questions: tuple[Question, ...], console: Console
) -> int:
    """Asks every question in a temporary conversation of its own; stores nothing."""
    chosen = _reply_options(session, options)
    printer = _Printer(console, stream=False)
    for question in questions:
        command = Reply(text=question.text, temporary=True, options=chosen)
        done = session.run(command, ReplyDone, printer.show)
        figures = _figures(done) if options.json else {}
        console.json({"id": question.id, "answer": done.message.text, **figures})
    return 0


def _reply_options(session: Session, options: argparse.Namespace) -> ReplyOptions:
    return ReplyOptions(
        adapter=resolve_adapter(session, options.adapter), strength=options.strength,
        memory=False if options.no_memory else None, past_chats=options.past_chats,
        temperature=options.temperature,
        max_tokens=options.max_tokens, seed=options.seed,
    )  # fmt: skip


def _figures(done: ReplyDone) -> dict[str, object]:
    usage = done.usage
    return {
        "tokens": usage.tokens, "first_token_s": round(usage.first_token_s, 4),
        "tokens_per_s": round(usage.tokens_per_s, 2), "model": usage.model,
        "adapter": usage.adapter,
    }  # fmt: skip


class _Printer:
    """Shows what happens while a reply is made."""

    def __init__(self, console: Console, *, stream: bool) -> None:
        self._console = console
        self._stream = stream
        self._loading = False

    def show(self, event: Event) -> None:
        """Writes streamed text, and tells a person once that the model is being loaded."""
        match event:
            case ReplyTokens() if self._stream:
                self._console.write(event.text)
            case ModelLoading() if not self._loading and self._console.notes_on_screen:
                self._loading = True
                self._console.note("Loading the model.")
