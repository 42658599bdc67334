"""What every part of the window may want to know: settings, models, adapters, what runs."""

from PySide6.QtCore import QObject, Signal

from engine.contract import (
    Acknowledged,
    ActivateAdapter,
    ActivateModel,
    AdaptersListed,
    ChangePassphrase,
    ChangeSetting,
    Command,
    CreateProfile,
    DeleteAdapter,
    DeleteConversation,
    DeleteMemory,
    EraseAll,
    Event,
    Examine,
    Failed,
    Forget,
    ImportAdapter,
    ImportModel,
    LearnDone,
    LearnProgress,
    LearnStarted,
    ListAdapters,
    ListModels,
    LoadModel,
    ModelFit,
    ModelInfo,
    ModelLoaded,
    ModelLoading,
    ModelsListed,
    PrivacyRead,
    ReadSettings,
    ReadStatus,
    ReviewExample,
    RollBackAdapter,
    SettingsRead,
    StatusRead,
    Stopped,
)
from storage.records import AdapterRecord, ExampleStatus
from storage.settings import SettingValue, defaults
from ui.engine_client import EngineClient

__all__ = ["AppState"]


class AppState(QObject):
    """Listens to all events and keeps the newest picture. GUI thread only.

    Signals:
        changed: anything here is new.
        setting_changed: (key, value) of a setting that was just changed or first read.
    """

    changed = Signal()
    setting_changed = Signal(str, object)

    def __init__(self, client: EngineClient, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client = client
        self.settings: dict[str, SettingValue] = defaults()
        self.models: tuple[ModelFit, ...] = ()
        self.adapters: tuple[AdapterRecord, ...] = ()
        self.loaded: ModelInfo | None = None
        self.loading: float | None = None
        self.load_failure: Failed | None = None
        self.learning: float | None = None
        self.key_slots: tuple[str, ...] = ()
        self._learning_job = ""
        self._erasing: set[str] = set()
        self._measuring: set[str] = set()
        client.started.connect(self._note_started)
        client.event.connect(self._hear)
        client.finished.connect(self._follow_up)

    # -- asked by the window ----------------------------------------------------------------------

    def refresh(self) -> None:
        """Asks for everything anew; call it once the profile is open."""
        for command in (ReadStatus(), ReadSettings(), ListModels(), ListAdapters()):
            self._client.request(command, lambda _event: None, owner=self)

    def load_model(self) -> None:
        """Has the model loaded now, so that the first answer need not wait."""
        self.load_failure = None
        self._client.submit(LoadModel())

    def change(self, key: str, value: SettingValue) -> None:
        """Changes one setting."""
        self._client.request(
            ChangeSetting(key=key, value=value), lambda _event: None, self._refused, owner=self
        )

    def _refused(self, failed: Failed) -> None:
        self.changed.emit()
        self._client.failure.emit(failed)

    def setting(self, key: str) -> SettingValue:
        """The present value of setting `key`."""
        return self.settings[key]

    def model(self) -> ModelFit | None:
        """The model in use, if the list is known."""
        return next((fit for fit in self.models if fit.active), None)

    def adapter(self) -> AdapterRecord | None:
        """The adapter that is switched on."""
        return next((record for record in self.adapters if record.active), None)

    def strength(self) -> float:
        """How strongly the adapter acts, 0 to 1.5."""
        return float(self.settings["adapter_strength"])

    def erasing(self) -> bool:
        """Whether something is being erased, which may take a while and holds up other wishes."""
        return bool(self._erasing)

    # -- told by the engine -----------------------------------------------------------------------

    def _hear(self, event: Event) -> None:
        match event:
            case SettingsRead():
                self._take_settings(dict(event.values))
            case ModelsListed():
                self.models = event.models
            case AdaptersListed():
                self.adapters = event.adapters
            case ModelLoading():
                self.loading = event.fraction
            case ModelLoaded():
                self.loading, self.loaded = None, event.info
            case StatusRead() | PrivacyRead():
                self.key_slots = event.key_slots
            case LearnProgress() if event.job in self._measuring:
                return
            case LearnStarted() | LearnProgress():
                self._learning_job = event.job
                self.learning = event.fraction if isinstance(event, LearnProgress) else 0.0
            case _:
                if not self._learning_ended(event):
                    return
        self.changed.emit()

    def _learning_ended(self, event: Event) -> bool:
        ends = isinstance(event, LearnDone | Stopped | Failed) and event.job == self._learning_job
        if ends:
            self.learning, self._learning_job = None, ""
        return ends

    def _take_settings(self, values: dict[str, SettingValue]) -> None:
        old, self.settings = self.settings, {**self.settings, **values}
        for key, value in values.items():
            if old.get(key) != value:
                self.setting_changed.emit(key, value)

    def _note_started(self, command: Command) -> None:
        if isinstance(command, Examine | Forget):
            self._measuring.add(command.job)
        if _erases(command):
            self._erasing.add(command.job)
            self.changed.emit()

    def _follow_up(self, command: Command, ended: Event) -> None:
        """Notices what any part of the window had changed."""
        self._measuring.discard(command.job)
        if command.job in self._erasing:
            self._erasing.discard(command.job)
            self.changed.emit()
        if isinstance(ended, LearnDone):
            self._ask_again(ListAdapters())
        if isinstance(command, LoadModel) and isinstance(ended, Failed):
            self.loading, self.load_failure = None, ended
            self.changed.emit()
        if isinstance(ended, Failed | Stopped):
            return
        match command:
            case ChangeSetting() if isinstance(ended, Acknowledged | SettingsRead):
                self._take_settings({command.key: command.value})
                self.changed.emit()
            case (
                ActivateAdapter() | RollBackAdapter() | DeleteAdapter() | Forget()
                | ImportAdapter()
            ):  # fmt: skip
                self._ask_again(ListAdapters())
            case ActivateModel():
                self._ask_again(ListModels())
                self.load_model()
            case ImportModel():
                self._ask_again(ListModels())
            case ChangePassphrase() | CreateProfile():
                self._ask_again(ReadStatus())
            case _:
                pass

    def _ask_again(self, command: Command) -> None:
        self._client.request(command, lambda _event: None, owner=self)


def _erases(command: Command) -> bool:
    """Whether the database is written anew for `command`, so that nothing of it is left."""
    match command:
        case DeleteConversation():
            return command.forever
        case DeleteMemory() | DeleteAdapter() | EraseAll() | Forget():
            return True
        case ReviewExample():
            return command.status is ExampleStatus.NEVER
        case _:
            return False
