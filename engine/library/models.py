"""Models on disk: what there is, what fits this machine, import and choice."""

from pathlib import Path
from typing import assert_never

from engine.contract import (
    Acknowledged,
    ActivateModel,
    Done,
    EngineError,
    FailureKind,
    HardwareInfo,
    ImportModel,
    ListModels,
    ModelImported,
    ModelsListed,
)
from storage.profile import ProfilePaths
from storage.records import ModelRecord
from storage.store import Store

__all__ = ["ModelsCommand", "chosen_model", "embedded_model", "handle"]

ModelsCommand = ListModels | ImportModel | ActivateModel


def embedded_model() -> ModelRecord:
    """The model that came with the app; its reader is imported when it is first asked for."""
    from engine.model import catalogue

    return catalogue.embedded_model()


def handle(
    store: Store, paths: ProfilePaths, hardware: HardwareInfo, command: ModelsCommand
) -> Done:
    """The terminal event of a command about models."""
    match command:
        case ListModels():
            from engine.model.catalogue import fit

            active = chosen_model(store).id
            listed = tuple(fit(m, hardware, active=m.id == active) for m in _all(store))
            return ModelsListed(job=command.job, models=listed)
        case ImportModel():
            return ModelImported(job=command.job, model=_import(store, paths, command))
        case ActivateModel():
            _activate(store, command.model_id)
            return Acknowledged(job=command.job)
        case _:
            assert_never(command)


def chosen_model(store: Store) -> ModelRecord:
    """The model in use: the one in the settings while it is there, else the embedded one."""
    wanted = store.settings.get("active_model")
    found = _all(store)
    return next((model for model in found if model.id == wanted), found[0])


def _all(store: Store) -> list[ModelRecord]:
    """The embedded model, where it is installed, then the imported ones."""
    imported = list(store.models.list())
    try:
        return [embedded_model(), *imported]
    except EngineError:
        if not imported:
            raise
        return imported


def _import(store: Store, paths: ProfilePaths, command: ImportModel) -> ModelRecord:
    from engine.model.importing import import_model

    record = import_model(Path(command.path), paths.models)
    known = next((model for model in _all(store) if model.id == record.id), None)
    if known is not None:
        return known
    with store.transaction():
        store.models.add(record)
        store.audit.add("model_imported", record.id)
    return record


def _activate(store: Store, model_id: str) -> None:
    if all(model.id != model_id for model in _all(store)):
        raise EngineError(FailureKind.NOT_FOUND, "This model is no longer there; choose another.")
    store.settings.set("active_model", model_id)
    store.audit.add("model_chosen", model_id)
