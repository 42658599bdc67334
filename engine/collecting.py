"""When Python looks for garbage. A look holds its lock, and so the window, for as long as it takes.

Imports make some hundred thousand objects that live to the end, a loaded model some ten thousand
that live long. Looking through them again and again is a sixth of the time to a loaded model, and
one look in the middle of an exam held the window for 0.2 s.
"""

import contextlib
import gc
from collections.abc import Iterator

__all__ = ["collect_all", "collect_later", "spare_what_stays"]


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


def spare_what_stays() -> None:
    """No object of now is looked through again before `collect_all`.

    For the moment after imports or loading, when hardly anything of now is garbage soon.
    """
    gc.freeze()


def collect_all() -> None:
    """Looks through everything, spared or not, and spares what is left.

    Takes some tenths of a second: for the moment when a model is let go.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
