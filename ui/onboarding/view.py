"""First run: a few screens, each with a default, so that Enter goes through."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ui.engine_client import EngineClient
from ui.forms.centred import Centred
from ui.onboarding.presenter import OnboardingPresenter, Step
from ui.onboarding.recovery_screen import RecoveryScreen
from ui.onboarding.screens import (
    KeyScreen,
    LearningScreen,
    ModelScreen,
    Screen,
    WelcomeScreen,
)
from ui.widgets import InlineError, Text, allow, forbid, push_button

__all__ = ["OnboardingPage"]


class OnboardingPage(QWidget):
    """Makes the profile. Nothing is written before the key screen is answered.

    Signals:
        finished: the profile is made and open.
        language_chosen: (language) the window should speak it now; as the setting's values.
    """

    finished = Signal()
    language_chosen = Signal(str)

    def __init__(self, client: EngineClient, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("onboardingPage")
        self.presenter = OnboardingPresenter(client, self)
        self.presenter.finished.connect(self.finished)
        self._language = self.presenter.language
        self._step: Step | None = None
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._frame: Centred | None = None
        self._build()
        self.presenter.changed.connect(self._redraw)

    def activate(self) -> None:
        """Asks for the machine and the keyring."""
        self.presenter.start()

    # -- building ---------------------------------------------------------------------------------

    def _build(self) -> None:
        """Builds every screen in the present language."""
        if self._frame is not None:
            self._frame.hide()
            self._frame.deleteLater()
        self.setAccessibleName(self.tr("First run"))
        self._frame = frame = Centred()
        self._outer.addWidget(frame)
        self._place = Text("", "help")
        self._place.setObjectName("onboarding.place")
        frame.add(self._place)
        self._build_screens(frame)
        self._build_buttons(frame)
        self._step = None
        self._redraw()

    def _build_screens(self, frame: Centred) -> None:
        self._key = KeyScreen(self.presenter)
        self._key.edited.connect(self._redraw)
        self._screens: dict[Step, Screen] = {
            Step.WELCOME: WelcomeScreen(self.presenter),
            Step.KEY: self._key,
            Step.RECOVERY: RecoveryScreen(self.presenter),
            Step.MODEL: ModelScreen(self.presenter),
            Step.LEARNING: LearningScreen(self.presenter),
        }
        self._stack = QStackedWidget()
        for screen in self._screens.values():
            self._stack.addWidget(screen)
        frame.add(self._stack)
        self.error = InlineError("onboarding.error")
        frame.add(self.error)

    def _build_buttons(self, frame: Centred) -> None:
        row = QHBoxLayout()
        self.back = push_button(self.tr("Back"), "onboarding.back", "quiet", "left")
        self.back.clicked.connect(self.presenter.back)
        self.next = push_button(self.tr("Continue"), "onboarding.next", "primary")
        self.next.clicked.connect(self._go_on)
        row.addWidget(self.back)
        row.addStretch(1)
        row.addWidget(self.next)
        frame.add(row)

    def changeEvent(self, event: QEvent) -> None:
        """Speaks the new language at once when the translators change."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self._frame is not None:
            self._build()

    # -- showing ----------------------------------------------------------------------------------

    def _redraw(self) -> None:
        presenter = self.presenter
        if presenter.language != self._language:
            self._language = presenter.language
            self.language_chosen.emit(presenter.language)
        screen = self._screens[presenter.step]
        for each in self._screens.values():
            each.redraw()
        self._stack.setCurrentWidget(screen)
        place = self.tr("Step {number} of {count}")
        self._place.setText(place.format(number=presenter.step + 1, count=len(Step)))
        self.back.setVisible(presenter.can_go_back)
        self._redraw_next(screen)
        if presenter.failure is not None:
            self.error.show_failure(presenter.failure)
        else:
            self.error.clear()
        if presenter.step is not self._step:
            self._step = presenter.step
            self.next.setFocus()
            screen.focus_first()

    def _redraw_next(self, screen: Screen) -> None:
        presenter = self.presenter
        words = {
            Step.RECOVERY: self.tr("I have kept it"),
            Step.LEARNING: self.tr("Start chatting"),
        }.get(presenter.step, self.tr("Continue"))
        making = presenter.busy and presenter.step is Step.KEY
        if making:
            words = self.tr("Making the key…")
        self.next.setText(words)
        self.next.setAccessibleName(words)
        reason = words if making else screen.ready()
        if reason:
            forbid(self.next, reason)
        else:
            allow(self.next)

    # -- acting -----------------------------------------------------------------------------------

    def _go_on(self) -> None:
        presenter = self.presenter
        if presenter.step is Step.KEY and not presenter.created:
            presenter.create(self._key.fields.passphrase(), self._key.fields.repeated())
            return
        if presenter.step is Step.KEY or presenter.step is Step.RECOVERY:
            self._key.fields.clear()
        if presenter.step is Step.RECOVERY:
            presenter.set_recovery_kept(True)
        presenter.forward()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on, except on a button, which it presses."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            focus = self.focusWidget()
            is_button = isinstance(focus, QAbstractButton) and focus.objectName().endswith(
                (".back", ".copy", ".save")
            )
            (focus if is_button and isinstance(focus, QAbstractButton) else self.next).click()
            return
        super().keyPressEvent(event)
