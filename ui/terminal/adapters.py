"""The commands ``adapters list|activate|…|import``, and finding an adapter by name."""

import argparse
from datetime import UTC, datetime

from engine.contract import (
    ActivateAdapter,
    AdapterExported,
    AdapterImported,
    AdaptersListed,
    DeleteAdapter,
    Done,
    ExportAdapter,
    ImportAdapter,
    ListAdapters,
    RollBackAdapter,
)
from storage.records import AdapterRecord
from ui.terminal.console import Console
from ui.terminal.names import SHOWN_ID, the_one
from ui.terminal.session import CommandError, Session

_OFF = "off"


def adapters(session: Session, options: argparse.Namespace, console: Console) -> int:
    """Carries out one of the actions."""
    match options.action:
        case "list":
            _list(_all(session), console, as_json=options.json)
        case "activate":
            chosen = None if options.id == _OFF else find_adapter(_all(session), options.id).id
            session.run(ActivateAdapter(adapter_id=chosen), Done)
            _tell_active(session, console)
        case "rollback":
            _roll_back(session)
            _tell_active(session, console)
        case "delete":
            chosen = find_adapter(_all(session), options.id).id
            session.run(DeleteAdapter(adapter_id=chosen), Done)
            console.line(f"Adapter {chosen[:SHOWN_ID]} was deleted.")
        case "export":
            _export(session, options, console)
        case "import":
            done = session.run(ImportAdapter(path=str(options.folder.absolute())), AdapterImported)
            console.line(f"Adapter {done.adapter.id[:SHOWN_ID]} (version {done.adapter.version}) "
                         f"is here; main.py adapters activate {done.adapter.version} switches it "
                         "on.")
    return 0


def resolve_adapter(session: Session, wanted: str) -> str:
    """``off`` and ``active`` as they are, anything else as the full id of one adapter.

    Raises:
        CommandError: when none, or more than one, fits.
    """
    return wanted if wanted in (_OFF, "active") else find_adapter(_all(session), wanted).id


def find_adapter(known: tuple[AdapterRecord, ...], wanted: str) -> AdapterRecord:
    """The adapter with this id, version number, or the only one whose id begins so.

    Raises:
        CommandError: when none, or more than one, fits.
    """
    of_version = [one for one in known if wanted == str(one.version)]
    return the_one(of_version or known, of_version[0].id if of_version else wanted, "adapter",
                   "main.py adapters list shows them")


def _export(session: Session, options: argparse.Namespace, console: Console) -> None:
    if options.folder.exists():
        raise CommandError(f"{options.folder} exists already; choose another name.")
    chosen = find_adapter(_all(session), options.id).id
    command = ExportAdapter(adapter_id=chosen, path=str(options.folder.absolute()))
    done = session.run(command, AdapterExported)
    console.line(f"Wrote {done.path} ({done.size_bytes / 1e6:.1f} MB).")
    console.note("It is not encrypted and as private as the chats that it learned from: whoever "
                 "has it can ask it for them.")


def _all(session: Session) -> tuple[AdapterRecord, ...]:
    return session.run(ListAdapters(), AdaptersListed).adapters


def _roll_back(session: Session) -> None:
    before = _active(session)
    session.run(RollBackAdapter(), Done)
    if _active(session) == before:
        raise CommandError("There is no earlier switch to go back to; nothing was changed.")


def _active(session: Session) -> list[AdapterRecord]:
    return [one for one in _all(session) if one.active]


def _tell_active(session: Session, console: Console) -> None:
    active = _active(session)
    if active:
        console.line(f"Adapter {active[0].id[:SHOWN_ID]} (version {active[0].version}) is on.")
    else:
        console.line("All adapters are off.")


def _list(known: tuple[AdapterRecord, ...], console: Console, *, as_json: bool) -> None:
    if as_json:
        for one in known:
            console.json(_as_json(one))
        return
    if not known:
        console.line("There is no adapter yet; main.py learn makes one.")
    for one in known:
        made = datetime.fromtimestamp(one.created_at, UTC).astimezone()
        console.line(
            f"{'*' if one.active else ' '} {one.version:>4}  {one.id[:SHOWN_ID]}  "
            f"{made:%Y-%m-%d %H:%M}  {one.state:<9} {len(one.example_ids):>5} examples  "
            f"{one.size_bytes / 1e6:6.1f} MB"
        )


def _as_json(one: AdapterRecord) -> dict[str, object]:
    return {
        "id": one.id, "version": one.version, "active": one.active, "state": one.state.value,
        "created_at_unix_s": one.created_at, "model": one.model_id, "size_bytes": one.size_bytes,
        "examples": len(one.example_ids), "seed": one.seed, "recipe": one.recipe,
        "verdict": one.report.verdict.value if one.report else None,
    }  # fmt: skip
