"""The loaded model and the adapter on it. Everything here runs on the model lane.

torch and transformers are imported by the first load and by nothing earlier.
"""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from engine.collecting import collect_all, collect_later, spare_what_stays
from engine.contract import EngineError, FailureKind
from engine.library.models import chosen_model
from engine.session import Session
from storage.records import AdapterRecord, AdapterState, ModelRecord
from storage.store import Store

if TYPE_CHECKING:
    from engine.decode.adapter import AdapterWeights
    from engine.model.load import LoadOptions
    from engine.model.loaded import LoadedModel

__all__ = ["AdapterInUse", "ModelKeeper", "ModelLoader"]

T = TypeVar("T")
Progress = Callable[[float], None]
ModelLoader = Callable[[ModelRecord, "LoadOptions", Progress], "LoadedModel"]

_RETIRED = "What this version learned was deleted since; choose another version."
_FIRST_PAINT_S = 0.3
_OFFLINE = {"HF_HUB_OFFLINE": "1", "USE_HUB_KERNELS": "NO", "TOKENIZERS_PARALLELISM": "false"}


@dataclass(frozen=True, slots=True)
class AdapterInUse:
    """Which adapter an answer is given with; ``id`` None and strength 0 for none."""

    id: str | None = None
    strength: float = 0.0


class ModelKeeper:
    """Loads the model in use when it is needed and keeps it until another one is wanted."""

    def __init__(self, session: Session, load_model: ModelLoader | None = None) -> None:
        self._session = session
        self._load: ModelLoader = load_model or _load_model
        self._loaded: LoadedModel | None = None
        self._made_of: tuple[Any, ...] = ()
        self._weights: tuple[str, AdapterWeights] | None = None
        self.pinned = False
        """While True (during a training) the loaded model stays, whatever is chosen."""

    def current(self, store: Store, progress: Progress) -> "LoadedModel":
        """The model in use, loaded if it is not yet.

        Raises:
            EngineError: It cannot be loaded; another may be chosen then.
        """
        if self._loaded is not None and self.pinned:
            return self._loaded
        record, options = chosen_model(store), _options(store)
        wanted = (record.id, *options.values())
        if self._loaded is None or self._made_of != wanted:
            self.drop()
            with collect_later():
                self._loaded = self._load(record, self._load_options(options), progress)
                spare_what_stays()
            self._made_of = wanted
            self._session.note_hardware()
        return self._loaded

    def drop(self) -> None:
        """Gives the memory of the model and its adapter back."""
        was_loaded = self._loaded is not None
        self._loaded, self._weights, self._made_of = None, None, ()
        if was_loaded:
            collect_all()

    def use_adapter(
        self, store: Store, model: "LoadedModel", wanted: str, strength: float
    ) -> AdapterInUse:
        """Puts an adapter on the decoder: the ``active`` one, none for ``off``, or one by its id.

        Raises:
            EngineError: ``ADAPTER_DAMAGED``, or ``BAD_INPUT`` for one of another model.
            StoreError: There is no such adapter, or its sealed file is broken.
        """
        adapter = self.chosen_adapter(store, model, wanted)
        if adapter is None or strength == 0:
            model.decoder.use_adapter(None, 0.0)
            self._weights = self._weights if adapter is not None else None
            return AdapterInUse()
        model.decoder.use_adapter(self.weights(store, adapter.id), strength)
        return AdapterInUse(adapter.id, strength)

    def undisturbed(self, work: Callable[[], T]) -> T:
        """Does `work` while the loaded model stays, whatever is chosen meanwhile."""
        before, self.pinned = self.pinned, True
        try:
            return work()
        finally:
            self.pinned = before

    def chosen_adapter(
        self, store: Store, model: "LoadedModel", wanted: str
    ) -> AdapterRecord | None:
        """The adapter that `wanted` means on `model`; None for none. Raises as `use_adapter`."""
        if wanted == "off":
            return None
        if wanted == "active":
            active = store.adapters.active()
            fits = active is not None and active.model_id == model.record.id
            return active if fits else None
        chosen = store.adapters.get(wanted)
        if chosen.state is AdapterState.RETIRED:
            raise EngineError(FailureKind.BAD_INPUT, _RETIRED)
        if chosen.model_id != model.record.id:
            raise EngineError(
                FailureKind.BAD_INPUT,
                "This adapter was learned on another model; choose that model first.",
            )
        return chosen

    def weights(self, store: Store, adapter_id: str) -> "AdapterWeights":
        """The weights of an adapter; the last one asked for stays in memory."""
        from engine.decode.adapter import AdapterWeights

        if self._weights is None or self._weights[0] != adapter_id:
            self._weights = None
            self._weights = (adapter_id, AdapterWeights.from_bytes(store.adapters.load(adapter_id)))
        return self._weights[1]

    def forget_weights(self) -> None:
        """Lets the adapter in memory go."""
        self._weights = None

    def _load_options(self, options: dict[str, Any]) -> "LoadOptions":
        os.environ.update(_OFFLINE)
        from engine.model.load import LoadOptions

        return LoadOptions(cache_dir=self._session.paths.cache, **options)


def import_ahead() -> None:
    """Imports torch while a passphrase is typed; the window, shown just before, paints first."""
    time.sleep(_FIRST_PAINT_S)
    os.environ.update(_OFFLINE)
    with collect_later():
        import engine.model.load  # noqa: F401

        spare_what_stays()


def _options(store: Store) -> dict[str, Any]:
    values = store.settings.all()
    return {key: values[key] for key in ("device", "threads", "context_length")}


def _load_model(record: ModelRecord, options: "LoadOptions", progress: Progress) -> "LoadedModel":
    from engine.model.load import load_model

    return load_model(record, options, progress)
