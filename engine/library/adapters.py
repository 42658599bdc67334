"""Versions of the personal adapter: list, switch on, go back, destroy."""

from typing import assert_never

from engine.contract import (
    ActivateAdapter,
    AdaptersListed,
    DeleteAdapter,
    Done,
    EngineError,
    FailureKind,
    ListAdapters,
    RollBackAdapter,
)
from storage.records import AdapterState
from storage.store import Store

__all__ = ["AdapterCommand", "handle"]

AdapterCommand = ListAdapters | ActivateAdapter | RollBackAdapter | DeleteAdapter

_NOT_READY = {
    AdapterState.REJECTED: "This version did not pass its exam; choose one that did.",
    AdapterState.RETIRED: "What this version learned was deleted since; learn again instead.",
}


def handle(store: Store, command: AdapterCommand) -> Done:
    """Does it and answers with the list as it is afterwards."""
    match command:
        case ListAdapters():
            pass
        case ActivateAdapter():
            _activate(store, command.adapter_id)
        case RollBackAdapter():
            _roll_back(store)
        case DeleteAdapter():
            _delete(store, command.adapter_id)
        case _:
            assert_never(command)
    return AdaptersListed(job=command.job, adapters=tuple(store.adapters.list()))


def _activate(store: Store, adapter_id: str | None) -> None:
    if adapter_id is not None:
        state = store.adapters.get(adapter_id).state
        if state in _NOT_READY:
            raise EngineError(FailureKind.BAD_INPUT, _NOT_READY[state])
    store.adapters.activate(adapter_id)
    store.audit.add("adapter_activated" if adapter_id else "adapter_off", adapter_id or "")


def _roll_back(store: Store) -> None:
    before = store.adapters.active()
    now = store.adapters.roll_back()
    if before is None and now is None:
        raise EngineError(FailureKind.NOT_FOUND, "There is no earlier version to go back to.")
    store.audit.add("adapter_rolled_back", now.id if now else "off")


def _delete(store: Store, adapter_id: str) -> None:
    if store.adapters.get(adapter_id).active:
        store.adapters.activate(None)
    store.adapters.delete(adapter_id)
    store.audit.add("adapter_destroyed", adapter_id)
