"""When Python looks for garbage. A look holds its lock, and so the window, for as long as it takes.

Imports make some hundred thousand objects that live to the end; looking through them again and
again is a sixth of the time to a loaded model.
"""

import contextlib
import gc
from collections.abc import Iterator

__all__ = ["collect_later", "spare_the_imported"]


@contextlib.contextmanager
def collect_later() -> Iterator[None]:
    """No garbage is looked for inside, on any thread."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def spare_the_imported() -> None:
    """All objects of now are never looked through again; call it when only modules are loaded."""
    gc.freeze()
