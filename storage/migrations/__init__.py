"""Numbered steps of the database schema, one module each, and the runner.

A step is a module ``NNNN_name`` with ``upgrade(execute)``; steps run in the order of their numbers,
each number is there once, and a published step never changes. A number may be left out, but not
filled in later: a database that is past it would pass over it. The number of the last step done is
the database's ``user_version``, written in the same transaction as the step. A step that changes
how text is cut into search words must rebuild the search tables (see `storage.search_text`).
"""

import importlib
import pkgutil
from collections.abc import Callable

from storage.database import Database
from storage.errors import ProfileTooNew

Upgrade = Callable[[Callable[[str], int]], None]


def steps() -> dict[int, Upgrade]:
    """Every step by its number, in order."""
    found: dict[int, Upgrade] = {}
    for name in sorted(module.name for module in pkgutil.iter_modules(__path__)):
        number = int(name.split("_")[0])
        if number in found:
            raise RuntimeError(f"There is another migration of number {number} than {name}.")
        found[number] = importlib.import_module(f"{__name__}.{name}").upgrade
    return found


def version_of(database: Database) -> int:
    """The number of the last step done; 0 for a database without tables."""
    return int(database.value("PRAGMA user_version"))


def migrate(
    database: Database,
    before_upgrade: Callable[[], object] = lambda: None,
    upgrades: dict[int, Upgrade] | None = None,
) -> int:
    """Does the steps that are missing, each in its own transaction; returns how many.

    `before_upgrade` (a backup) is called once before an existing schema is changed. Raises
    `ProfileTooNew` and changes nothing when the database knows more steps than this program.
    """
    upgrades = steps() if upgrades is None else upgrades
    version = version_of(database)
    if version > max(upgrades, default=0):
        raise ProfileTooNew("A newer Confidant wrote this profile; update the app to open it.")
    missing = [number for number in upgrades if number > version]
    if missing and version > 0:
        before_upgrade()
    return sum(_step(database, number, upgrades[number]) for number in missing)


def _step(database: Database, number: int, upgrade: Upgrade) -> bool:
    """Does one step unless another connection was faster."""
    with database.transaction():
        if version_of(database) >= number:
            return False
        upgrade(database.execute)
        database.execute(f"PRAGMA user_version = {number}")
    return True
