"""The screens of the first run. Each shows the presenter's state and holds no state of its own."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.forms.option import Option
from ui.forms.passphrase_fields import PassphraseFields
from ui.forms.setting_words import choice_text
from ui.models.words import fit_text, machine_text, memory_text
from ui.onboarding.presenter import KeyChoice, OnboardingPresenter
from ui.widgets import Card, Heading, SettingRow, Switch, Text

__all__ = ["KeyScreen", "LearningScreen", "ModelScreen", "Screen", "WelcomeScreen"]


class Screen(QWidget):
    """Base: a title, one sentence, then what the screen asks. Add with `add`."""

    def __init__(self, presenter: OnboardingPresenter, title: str, words: str) -> None:
        super().__init__()
        self.presenter = presenter
        self.setAccessibleName(title)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(12)
        self.body.addStretch(1)
        self.add(Heading(title, "title"))
        self.add(Text(words, "muted"))

    def add(self, part: QWidget) -> None:
        """Adds a part below the others."""
        self.body.insertWidget(self.body.count() - 1, part)

    def redraw(self) -> None:
        """Shows the presenter's state."""

    def focus_first(self) -> None:
        """Gives the keyboard to what is asked, where something is."""

    def ready(self) -> str:
        """Why one cannot go on from here; empty when one can."""
        return ""


class WelcomeScreen(Screen):
    """Welcome, and the language."""

    def __init__(self, presenter: OnboardingPresenter) -> None:
        super().__init__(
            presenter,
            self.tr("Welcome to Confidant"),
            self.tr(
                "An assistant that lives on this computer. Your chats are kept encrypted here, "
                "and it learns from them only what you approve."
            ),
        )
        self._choices = {}
        for language in ("system", "en", "zh_CN"):
            button = Option(choice_text("language", language), f"language.{language}")
            button.clicked.connect(lambda _on, chosen=language: presenter.choose_language(chosen))
            self._choices[language] = button
            self.add(button)

    def redraw(self) -> None:
        """Shows the chosen language."""
        self._choices[self.presenter.language].setChecked(True)

    def focus_first(self) -> None:
        """The chosen language has the keyboard."""
        self._choices[self.presenter.language].setFocus()


class KeyScreen(Screen):
    """Who keeps the key: the system keyring or a passphrase.

    Signals:
        edited: the passphrase or the choice changed.
    """

    edited = Signal()

    def __init__(self, presenter: OnboardingPresenter) -> None:
        super().__init__(
            presenter,
            self.tr("How shall your chats be locked?"),
            self.tr("They are encrypted with a key. You can change this later."),
        )
        self._help: dict[KeyChoice, Text] = {}
        self._keyring_words = self.tr(
            "Nothing to type. Whoever is signed in as you can open Confidant."
        )
        self._keyring = self._choice(
            KeyChoice.KEYRING,
            "key.keyring",
            self.tr("The system keyring keeps the key"),
            self._keyring_words,
        )
        self._passphrase = self._choice(
            KeyChoice.PASSPHRASE,
            "key.passphrase",
            self.tr("A passphrase that you type at each start"),
            self.tr("Safer on a shared computer. Nobody can recover it for you."),
        )
        self.fields = PassphraseFields("passphrase")
        self.fields.edited.connect(self.edited)
        self.add(self.fields)

    def _choice(self, choice: KeyChoice, name: str, title: str, words: str) -> Option:
        button = Option(title, name)
        button.setAccessibleDescription(words)
        button.clicked.connect(lambda: self._choose(choice))
        self.add(button)
        help_text = Text(words, "help")
        help_text.setIndent(28)
        self.add(help_text)
        self._help[choice] = help_text
        return button

    def _choose(self, choice: KeyChoice) -> None:
        self.presenter.choose_key(choice)
        self.edited.emit()
        self.focus_first()

    def redraw(self) -> None:
        """Shows the choice; without a keyring it says so."""
        presenter = self.presenter
        available = presenter.keyring_available
        self._keyring.setEnabled(available)
        self._help[KeyChoice.KEYRING].setText(
            self._keyring_words
            if available
            else self.tr("No keyring that can be trusted was found here.")
        )
        by_keyring = presenter.key_choice is KeyChoice.KEYRING
        (self._keyring if by_keyring else self._passphrase).setChecked(True)
        self.fields.setVisible(not by_keyring)

    def focus_first(self) -> None:
        """The passphrase, where one is wanted."""
        if self.presenter.key_choice is KeyChoice.PASSPHRASE:
            self.fields.first.setFocus()
        else:
            self._keyring.setFocus()

    def ready(self) -> str:
        """A passphrase must be long enough and typed twice alike."""
        problem = self.presenter.passphrase_problem(
            self.fields.passphrase(), self.fields.repeated()
        )
        return self.tr("Type the passphrase twice first.") if problem else ""


class ModelScreen(Screen):
    """The hardware that was found, and the model that is ready."""

    def __init__(self, presenter: OnboardingPresenter) -> None:
        super().__init__(
            presenter,
            self.tr("Ready to chat"),
            self.tr("A small model came with Confidant; nothing needs to be downloaded."),
        )
        self._machine = Text("", "help")
        self.add(self._machine)
        card = Card()
        self._name = Text("", "heading")
        self._name.setObjectName("onboarding.model")
        self._fit = Text("", "good")
        self._memory = Text("")
        for part in (self._name, self._fit, self._memory):
            card.body.addWidget(part)
            part.hide()
        self._wait = Text(self.tr("Looking at the model…"), "muted")
        card.body.addWidget(self._wait)
        self.add(card)
        self.add(Text(self.tr("You can import larger ones on the Models page."), "help"))

    def redraw(self) -> None:
        """Shows machine and model."""
        if self.presenter.status is not None:
            self._machine.setText(machine_text(self.presenter.status.hardware))
        fit = self.presenter.model
        if fit is not None:
            self._name.setText(fit.model.name)
            text, kind = fit_text(fit.fit)
            self._fit.setText(text)
            self._fit.set_kind(kind)
            self._memory.setText(memory_text(fit))
            self._wait.hide()
            for part in (self._name, self._fit, self._memory):
                part.show()


class LearningScreen(Screen):
    """What learning is; off unless the user turns it on."""

    def __init__(self, presenter: OnboardingPresenter) -> None:
        super().__init__(
            presenter,
            self.tr("It can learn from you"),
            self.tr(
                "Only if you want. You allow it for single conversations, look at every example "
                "first, and can take back what was learned at any time."
            ),
        )
        self.switch = Switch(self.tr("Learn from my chats"), "onboarding.learning")
        self.switch.clicked.connect(presenter.set_learning)
        card = Card()
        card.body.addWidget(
            SettingRow(
                self.tr("Learn from my chats"),
                self.tr("Off for now. You can change it on the Learning page."),
                self.switch,
            )
        )
        self.add(card)

    def redraw(self) -> None:
        """Shows the switch."""
        self.switch.setChecked(self.presenter.learning)
