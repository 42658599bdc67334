"""Runs one terminal command from options to exit code."""

import argparse
import logging
import os
import sys
from collections.abc import Callable

from engine.contract import Engine, EngineError
from ui.terminal.adapters import adapters
from ui.terminal.bench import bench
from ui.terminal.console import Console
from ui.terminal.doctor import doctor
from ui.terminal.exam import exam
from ui.terminal.explain import explain
from ui.terminal.forget import forget
from ui.terminal.judging import rate, rewrite
from ui.terminal.learning import learn
from ui.terminal.memory import memory
from ui.terminal.profile import open_profile, read_passphrase
from ui.terminal.replies import ask, chat, read_message, read_questions
from ui.terminal.session import CommandError, CommandStopped, Session
from ui.terminal.skills import check_skill_input, skills
from ui.terminal.transfer import bring_in, check_source, export, search

EngineFactory = Callable[[], Engine]

_log = logging.getLogger(__name__)


def run_command(options: argparse.Namespace, make_engine: EngineFactory) -> int:
    """Carries out the command in `options` and returns the exit code, 0 or 1.

    Whatever goes wrong ends in one sentence on standard error.
    """
    console = Console()
    try:
        return _carry_out(options, make_engine, console)
    except (CommandError, EngineError) as error:
        sentence = error.detail if isinstance(error, EngineError) else str(error)
    except (CommandStopped, KeyboardInterrupt):
        sentence = "Stopped."
    except BrokenPipeError:
        _abandon_output()
        sentence = "The reader of the output went away before all of it was written."
    except OSError as error:
        _log.warning("command %s: OSError %s", options.command, error.errno)
        sentence = f"The system refused a file operation ({error.strerror}); check the disk."
    console.note(sentence)
    return 1


def _carry_out(options: argparse.Namespace, make_engine: EngineFactory, console: Console) -> int:
    """Checks all input first, so that bad input neither opens nor makes a profile."""
    if options.command == "bench":
        return bench(options)
    passphrase = read_passphrase(options.passphrase_file)
    work = _prepare(options, console)
    with Session(make_engine()) as session:
        if options.command == "doctor":
            return doctor(session, options, passphrase, console)
        taught = options.command == "skill" and options.action == "teach"
        writes = taught or options.command in ("chat", "ask", "import", "learn")
        open_profile(session, passphrase, console, create=writes)
        return work(session)


def _prepare(options: argparse.Namespace, console: Console) -> Callable[[Session], int]:
    """Reads and checks the command's own input; returns the rest of the work."""
    match options.command:
        case "chat":
            message = read_message(options.text)
            return lambda session: chat(session, options, message, console)
        case "ask":
            questions = read_questions(options.file)
            return lambda session: ask(session, options, questions, console)
        case "import":
            check_source(options.file)
            return lambda session: bring_in(session, options, console)
        case "skill":
            check_skill_input(options)
            return lambda session: skills(session, options, console)
        case "explain":
            asked = None if options.text is None else read_message(options.text)
            return lambda session: explain(session, options, asked, console)
        case "rewrite":
            text = read_message(options.text)
            return lambda session: rewrite(session, options, text, console)
    plain = {"learn": learn, "adapters": adapters, "export": export, "search": search,
             "exam": exam, "memory": memory, "forget": forget, "rate": rate}
    work = plain.get(options.command)
    return lambda session: work(session, options, console) if work else 0


def _abandon_output() -> None:
    """Points standard output at nothing, so that Python's own flush at exit stays silent."""
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, sys.stdout.fileno())
