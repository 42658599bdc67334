"""The command ``doctor``."""

import argparse
import itertools
from dataclasses import asdict

from engine.contract import Diagnose, Diagnosed, NetworkAttempt, ReadStatus, StatusRead
from ui.terminal.console import Console
from ui.terminal.profile import open_profile
from ui.terminal.session import CommandError, Session

Fact = tuple[str, str, str]


def doctor(
    session: Session, options: argparse.Namespace, passphrase: str | None, console: Console
) -> int:
    """Tells what there is, open or not; every problem found is named, and then the code is 1."""
    status = session.run(ReadStatus(), StatusRead)
    problems: list[str] = []
    if status.state != "new":
        try:
            open_profile(session, passphrase, console, create=False)
        except CommandError as error:
            problems.append(str(error))
        status = session.run(ReadStatus(), StatusRead)
    found = _diagnose(session, prove_offline=options.offline_proof)
    lines = (" ".join(one.split()) for one in found.problems)
    problems += [one for one in lines if one not in problems]
    facts = _merged(_status_facts(status), found.facts)
    if options.json:
        document: dict[str, object] = {
            "facts": [{"section": section, "name": name, "value": value}
                      for section, name, value in facts], "problems": problems}  # fmt: skip
        if options.offline_proof:
            document["attempts"] = [asdict(one) for one in found.attempts]
        console.json(document)
    else:
        _print([*facts, *map(_attempt_fact, found.attempts)], problems, console)
    if problems:
        raise CommandError(f"The doctor found {len(problems)} "
                           f"problem{'' if len(problems) == 1 else 's'}; see the list above.")
    return 0


def _diagnose(session: Session, *, prove_offline: bool) -> Diagnosed:
    """What the engine finds; nothing where it can look only into an open profile."""
    try:
        return session.run(Diagnose(prove_offline=prove_offline), Diagnosed)
    except CommandError as error:
        return Diagnosed(job="", facts=(), problems=(str(error),) if prove_offline else ())


def _attempt_fact(one: NetworkAttempt) -> Fact:
    outcome = "denied" if one.denied else "NOT DENIED"
    return ("attempts to reach a network", one.name, f"{outcome}: {one.detail}")


def _status_facts(status: StatusRead) -> tuple[Fact, ...]:
    return (
        ("profile", "path", status.profile_path), ("profile", "state", status.state),
        ("keys", "slots", ", ".join(status.key_slots) or "none"),
        ("keys", "keyring", status.keyring_name),
        ("keys", "keyring_safe", "yes" if status.keyring_available else "no"),
    )  # fmt: skip


def _merged(*sources: tuple[Fact, ...]) -> list[Fact]:
    """Every fact once (the later source counts), each section in one piece."""
    sections: dict[str, dict[str, str]] = {}
    for section, name, value in itertools.chain(*sources):
        sections.setdefault(section, {})[name] = value
    return [(section, name, value) for section, facts in sections.items()
            for name, value in facts.items()]


def _print(facts: list[Fact], problems: list[str], console: Console) -> None:
    heading = ""
    for section, name, value in facts:
        if section != heading:
            heading = section
            console.line(section)
        console.line(f"  {name:24} {value}")
    console.line()
    for problem in problems:
        console.line(f"Problem: {problem}")
    if not problems:
        console.line("No problem was found.")
