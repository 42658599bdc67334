"""Blind comparisons that the user made: keep and list."""

from typing import assert_never

from engine.contract import (
    ComparisonsListed,
    EngineError,
    FailureKind,
    KeepComparison,
    ListComparisons,
)
from storage.store import Store

__all__ = ["handle"]

_NO_TALLY = "A comparison needs a choice for at least one question."


def handle(store: Store, command: KeepComparison | ListComparisons) -> ComparisonsListed:
    """The terminal event of `command`; raises `StoreError` or `EngineError`."""
    match command:
        case KeepComparison():
            tally = (command.first_better, command.second_better, command.same)
            if min(tally) < 0 or sum(tally) == 0:
                raise EngineError(FailureKind.BAD_INPUT, _NO_TALLY)
            store.comparisons.add(
                first_id=command.first_id, second_id=command.second_id,
                first_better=tally[0], second_better=tally[1], same=tally[2],
            )  # fmt: skip
        case ListComparisons():
            pass
        case _:
            assert_never(command)
    return ComparisonsListed(job=command.job, comparisons=store.comparisons.list())
