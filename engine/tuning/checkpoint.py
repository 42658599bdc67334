"""Sealed checkpoints: a training goes on after a pause, a shutdown or a crash.

The state is serialised in memory and sealed by the vault; no plain file is ever written.
"""

import io
import pickle
from dataclasses import dataclass, field

import torch

from engine.tuning.recipe import Recipe
from storage.errors import StoreError
from storage.store import Store

_KIND = "checkpoint"
_FORMAT = 1
BROKEN = (pickle.UnpicklingError, RuntimeError, KeyError, TypeError, ValueError, EOFError)
"""What reading or restoring a checkpoint of another version may raise."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Where a run of the loop stood: which attempt, by which recipe, and the trainer's state."""

    attempt: int
    recipe: Recipe
    state: dict[str, object] = field(repr=False)


def save(store: Store, task: str, checkpoint: Checkpoint) -> None:
    """Seals `checkpoint` of the learning task `task` and destroys older ones; raises `DiskFull`."""
    body = {
        "format": _FORMAT,
        "task": task,
        "attempt": checkpoint.attempt,
        "recipe": checkpoint.recipe.as_dict(),
        "state": checkpoint.state,
    }
    buffer = io.BytesIO()
    torch.save(body, buffer)
    with store.transaction():
        discard(store)
        store.vault.seal(_KIND, buffer.getvalue())


def find(store: Store, task: str) -> Checkpoint | None:
    """The checkpoint of `task`; one of another task or format, or a broken one, is destroyed."""
    for file in store.vault.list(_KIND):
        try:
            sealed = io.BytesIO(store.vault.open(file.id))
            body = torch.load(sealed, map_location="cpu", weights_only=True)
            if body["format"] == _FORMAT and body["task"] == task:
                return Checkpoint(body["attempt"], Recipe(**body["recipe"]), body["state"])
        except (*BROKEN, StoreError):
            pass
        store.vault.destroy(file.id)
    return None


def discard(store: Store) -> None:
    """Destroys every checkpoint."""
    for file in store.vault.list(_KIND):
        store.vault.destroy(file.id)
