"""The status bar: model, adapter and strength, learning, offline state, lock."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from ui.status.state import AppState
from ui.status.words import adapter_words, erasing_words, learning_words, model_words
from ui.theme.icons import icon_pixmap
from ui.theme.palette import colours
from ui.widgets.buttons import allow, forbid, push_button
from ui.widgets.labels import Text

__all__ = ["StatusBar"]


class StatusBar(QFrame):
    """One quiet line at the bottom.

    Signals:
        lock_asked: the lock button was pressed.
    """

    lock_asked = Signal()

    def __init__(self, state: AppState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("statusBar")
        self.setProperty("kind", "status")
        self._state = state
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 2, 6, 2)
        self._model = self._label("statusModel")
        self._adapter = self._label("statusAdapter")
        self._learning, self._erasing = self._label("statusLearning"), self._label("statusErasing")
        for label in (self._model, self._adapter, self._learning, self._erasing):
            row.addWidget(label)
            row.addSpacing(12)
        row.addStretch(1)
        self._sign = QLabel()
        self._offline = self._label("statusOffline")
        self._offline.setText(self.tr("Offline: nothing leaves this computer"))
        self._offline.setToolTip(
            self.tr("Confidant makes no network connections. Only a link that you open yourself, "
                    "or a file that you export, leaves it; other programs are not its affair.")
        )  # fmt: skip
        row.addWidget(self._sign)
        row.addWidget(self._offline)
        self.lock = push_button(self.tr("Lock"), "lockButton", "quiet", "lock")
        self.lock.clicked.connect(self.lock_asked)
        row.addWidget(self.lock)
        row.setSpacing(8)
        state.changed.connect(self._show)
        self._colour()
        self._show()

    @staticmethod
    def _label(name: str) -> Text:
        label = Text("", "tiny", wrap=False)
        label.setObjectName(name)
        return label

    def _show(self) -> None:
        state = self._state
        self._model.setText(model_words(state))
        self._model.setToolTip(state.loaded.path_taken if state.loaded else "")
        self._adapter.setText(adapter_words(state))
        words = learning_words(state)
        self._learning.setText(words)
        self._learning.setVisible(bool(words))
        self._erasing.setText(erasing_words(state))
        self._erasing.setVisible(state.erasing())
        if "passphrase" in state.key_slots:
            allow(self.lock)
            self.lock.setToolTip(self.tr("Close everything and ask for the passphrase"))
        else:
            forbid(self.lock, self.tr("Set a passphrase on the Privacy page to use the lock"))

    def changeEvent(self, event: QEvent) -> None:
        """Draws the sign in the new colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._colour()

    def _colour(self) -> None:
        self._sign.setPixmap(icon_pixmap("offline", 16, colours().muted, 2.0))
