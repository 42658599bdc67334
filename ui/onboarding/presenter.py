"""First run without widgets: the steps, what each needs, what is sent to the engine."""

from enum import IntEnum

from PySide6.QtCore import QObject, Signal

from engine.contract import (
    ChangeSetting,
    CreateProfile,
    ListModels,
    ModelFit,
    ModelsListed,
    ProfileCreated,
    ReadStatus,
    StatusRead,
)
from ui.engine_client import EngineClient
from ui.forms.page_presenter import PagePresenter
from ui.forms.passphrase_strength import MIN_LENGTH

__all__ = ["KeyChoice", "OnboardingPresenter", "Step"]


class Step(IntEnum):
    """The screens of the first run, in order."""

    WELCOME = 0
    KEY = 1
    RECOVERY = 2
    MODEL = 3
    LEARNING = 4


class KeyChoice(IntEnum):
    """Who keeps the data key."""

    KEYRING = 0
    PASSPHRASE = 1


class OnboardingPresenter(PagePresenter):
    """Walks through the first run. The profile is made once, between key and recovery key.

    Signals:
        finished: the user is through; every choice is stored.
    """

    finished = Signal()

    def __init__(self, client: EngineClient, parent: QObject | None = None) -> None:
        super().__init__(client, parent)
        self.step = Step.WELCOME
        self.status: StatusRead | None = None
        self.language = "system"
        self.key_choice = KeyChoice.PASSPHRASE
        self.recovery_key = ""
        self.recovery_kept = False
        self.learning = False
        self.model: ModelFit | None = None

    # -- what the screens show --------------------------------------------------------------------

    @property
    def keyring_available(self) -> bool:
        """True when the system offers a keyring that may be trusted with the key."""
        return self.status is not None and self.status.keyring_available

    @property
    def created(self) -> bool:
        """True once the profile exists; the steps before can then not be changed any more."""
        return bool(self.recovery_key)

    @property
    def can_go_back(self) -> bool:
        """Going back stops where the profile was made."""
        first = Step.RECOVERY if self.created else Step.WELCOME
        return self.step > first and not self.busy

    def passphrase_problem(self, passphrase: str, repeated: str) -> str | None:
        """Code of what is wrong: ``short``, ``different``; None when it can be used."""
        if self.key_choice is KeyChoice.KEYRING:
            return None
        if len(passphrase) < MIN_LENGTH:
            return "short"
        return None if passphrase == repeated else "different"

    # -- what the user does -----------------------------------------------------------------------

    def start(self) -> None:
        """Asks for the machine and the keyring; the default way of keeping the key follows."""
        self.ask(ReadStatus(), self._take_status)

    def choose_language(self, language: str) -> None:
        """Takes the language of the window; stored once the profile exists."""
        self.language = language
        self.changed.emit()

    def choose_key(self, choice: KeyChoice) -> None:
        """Takes who keeps the key; the keyring only where there is one."""
        if choice is KeyChoice.KEYRING and not self.keyring_available:
            return
        self.key_choice = choice
        self.changed.emit()

    def create(self, passphrase: str, repeated: str) -> None:
        """Makes the profile, unless the passphrase cannot be used. Nothing is made twice."""
        if self.busy or self.created or self.passphrase_problem(passphrase, repeated):
            return
        secret = passphrase if self.key_choice is KeyChoice.PASSPHRASE else None
        self.ask(CreateProfile(passphrase=secret), self._take_created)

    def set_recovery_kept(self, kept: bool) -> None:
        """The user says that the recovery key is in a safe place."""
        self.recovery_kept = kept
        self.changed.emit()

    def set_learning(self, on: bool) -> None:
        """Takes the consent to learning; stored at the end."""
        self.learning = on
        self.changed.emit()

    def back(self) -> None:
        """One screen back, where that changes nothing that is already made."""
        if self.can_go_back:
            self.step = Step(self.step - 1)
            self.dismiss_failure()

    def forward(self) -> None:
        """One screen on, when this one needs nothing more; the key screen goes on by `create`."""
        if self.step is Step.KEY and not self.created:
            return
        if self.step is Step.RECOVERY and not self.recovery_kept:
            return
        if self.step is Step.LEARNING:
            self._finish()
            return
        self.step = Step(self.step + 1)
        self.dismiss_failure()

    # -- answers of the engine --------------------------------------------------------------------

    def _take_status(self, event: StatusRead) -> None:
        self.status = event
        if event.keyring_available:
            self.key_choice = KeyChoice.KEYRING

    def _take_created(self, event: ProfileCreated) -> None:
        self.recovery_key = event.recovery_key
        self.step = Step.RECOVERY
        self.ask(ChangeSetting(key="language", value=self.language))
        self.ask(ListModels(), self._take_models)

    def _take_models(self, event: ModelsListed) -> None:
        first = event.models[0] if event.models else None
        self.model = next((fit for fit in event.models if fit.active), first)

    def _finish(self) -> None:
        """Stores the consent when it was given; off is what a new profile holds already."""
        if not self.learning:
            self._leave()
            return
        command = ChangeSetting(key="learning_consent", value=True)
        self.ask(command, lambda _event: self._leave())

    def _leave(self) -> None:
        self.recovery_key = ""
        self.finished.emit()
