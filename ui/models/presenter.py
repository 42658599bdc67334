"""Models without widgets: the list, which one is in use, importing, loading."""

from pathlib import Path

from PySide6.QtCore import QObject

from engine.contract import (
    ActivateModel,
    Event,
    Failed,
    ImportModel,
    ListModels,
    LoadModel,
    ModelImported,
    ModelInfo,
    ModelLoaded,
    ModelLoading,
    ModelsListed,
    ReadStatus,
    StatusRead,
)
from engine.contract import ModelFit as Fit
from storage.records import ModelRecord
from ui.engine_client import EngineClient
from ui.forms.page_presenter import PagePresenter

__all__ = ["ModelsPresenter"]


class ModelsPresenter(PagePresenter):
    """State of the models page."""

    def __init__(self, client: EngineClient, parent: QObject | None = None) -> None:
        super().__init__(client, parent)
        self.models: tuple[Fit, ...] = ()
        self.status: StatusRead | None = None
        self.loaded: ModelInfo | None = None
        self.loading: float | None = None
        self.importing = ""
        self.imported: ModelRecord | None = None
        self._asked_loaded = False
        client.event.connect(self._take_event)

    def refresh(self) -> None:
        """Reads the models and the machine anew."""
        self.ask(ReadStatus(), self._take_status)
        self.ask(ListModels(), self._take_models)
        self._ask_loaded()

    def _ask_loaded(self) -> None:
        """Asks once for the loaded model, which may have been loaded before this page was made.

        Not counted as busy: the answer waits behind a running training.
        """
        if self.loaded is None and not self._asked_loaded:
            self._asked_loaded = True
            self.client.request(LoadModel(), self._tell_loaded, self._tell_failure, owner=self)

    def _tell_loaded(self, event: ModelLoaded) -> None:
        self._take_loaded(event)
        self.changed.emit()

    def _tell_failure(self, event: Failed) -> None:
        self._load_failed(event)
        self.changed.emit()

    def use(self, model_id: str) -> None:
        """Takes a model into use and loads it."""
        self.ask(ActivateModel(model_id=model_id), self._load)

    def import_path(self, path: Path) -> None:
        """Checks and copies a GGUF file or safetensors folder; one at a time."""
        if self.importing:
            return
        self.importing, self.imported = path.name, None
        self.ask(ImportModel(path=str(path)), self._take_imported, self._import_failed)

    def _load(self, _event: object) -> None:
        self.loading = 0.0
        self.ask(ListModels(), self._take_models)
        self.ask(LoadModel(), self._take_loaded, self._load_failed)

    def _take_status(self, event: StatusRead) -> None:
        self.status = event

    def _take_models(self, event: ModelsListed) -> None:
        self.models = event.models

    def _take_loaded(self, event: ModelLoaded) -> None:
        self.loaded, self.loading = event.info, None

    def _load_failed(self, event: Failed) -> None:
        self.loading, self.failure = None, event

    def _take_imported(self, event: ModelImported) -> None:
        self.importing, self.imported = "", event.model
        self.ask(ListModels(), self._take_models)

    def _import_failed(self, event: Failed) -> None:
        self.importing, self.failure = "", event

    def _take_event(self, event: Event) -> None:
        """Notices loading that another page asked for."""
        if isinstance(event, ModelLoading):
            self.loading = event.fraction
        elif isinstance(event, ModelLoaded):
            self.loaded, self.loading = event.info, None
        else:
            return
        self.changed.emit()
