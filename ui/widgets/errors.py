"""Failures in words: a heading by kind, and the frame that shows one failure in its place."""

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from engine.contract import Failed, FailureKind
from ui.widgets.buttons import IconButton
from ui.widgets.failure_words import failure_sentence
from ui.widgets.labels import Text

__all__ = ["InlineError", "failure_heading"]


def failure_heading(kind: FailureKind) -> str:
    """What happened, in a few words."""
    headings = {
        FailureKind.LOCKED: QCoreApplication.translate("Failures", "The profile is locked"),
        FailureKind.WRONG_KEY: QCoreApplication.translate("Failures", "That did not unlock it"),
        FailureKind.KEY_MISSING: QCoreApplication.translate("Failures", "The key is missing"),
        FailureKind.KEYRING_UNAVAILABLE: QCoreApplication.translate(
            "Failures", "The system keyring is not available"
        ),
        FailureKind.DATABASE_DAMAGED: QCoreApplication.translate(
            "Failures", "The database is damaged"
        ),
        FailureKind.IN_USE: QCoreApplication.translate(
            "Failures", "Confidant is already running with this profile"
        ),
        FailureKind.BAD_INPUT: QCoreApplication.translate("Failures", "That could not be used"),
        FailureKind.UNSUPPORTED_MODEL: QCoreApplication.translate(
            "Failures", "This model is not supported"
        ),
        FailureKind.ADAPTER_DAMAGED: QCoreApplication.translate(
            "Failures", "The adapter is damaged"
        ),
        FailureKind.NOT_FOUND: QCoreApplication.translate("Failures", "It is not there any more"),
        FailureKind.OUT_OF_MEMORY: QCoreApplication.translate(
            "Failures", "There was not enough memory"
        ),
        FailureKind.DISK_FULL: QCoreApplication.translate("Failures", "The disk is full"),
        FailureKind.SHUTTING_DOWN: QCoreApplication.translate("Failures", "Confidant is closing"),
        FailureKind.BUG: QCoreApplication.translate("Failures", "A mistake in Confidant"),
    }
    return headings[kind]


class InlineError(QFrame):
    """One failure, shown where it happened. Hidden until there is one.

    Signals:
        appeared: another failure than before is shown now.
    """

    appeared = Signal()

    def __init__(self, name: str = "inlineError", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("kind", "error")
        self.kind: FailureKind | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 10, 8, 10)
        words = QVBoxLayout()
        words.setSpacing(2)
        self._heading = Text("", "strong")
        self._detail = Text("", "text", selectable=True)
        words.addWidget(self._heading)
        words.addWidget(self._detail)
        self._original = Text("", "help", selectable=True)
        self._original.setObjectName(f"{name}.original")
        words.addWidget(self._original)
        self.buttons = QHBoxLayout()
        self.buttons.setAlignment(Qt.AlignmentFlag.AlignLeft)
        words.addLayout(self.buttons)
        row.addLayout(words, 1)
        self._close = IconButton("close", self.tr("Dismiss"), f"{name}.dismiss")
        self._close.clicked.connect(self.clear)
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    def show_failure(self, failed: Failed) -> None:
        """Shows a failure: its kind as heading, its sentence below.

        The engine speaks English. In another language what to do next comes first, in general
        words, and the engine's own sentence stands under it.
        """
        self.kind = failed.kind
        sentence = failure_sentence(failed.kind)
        heading = failure_heading(failed.kind)
        if sentence:
            self.show_text(sentence, heading, failed.detail)
        else:
            self.show_text(failed.detail, heading)

    def show_text(self, detail: str, heading: str = "", original: str = "") -> None:
        """Shows one sentence that says what to do next, and the `original` that it is made of."""
        new = self.isHidden() or (self._detail.text(), self._original.text()) != (detail, original)
        self._original.setText(original)
        self._original.setVisible(bool(original))
        self._heading.setText(heading)
        self._heading.setVisible(bool(heading))
        self._detail.setText(detail)
        said = " ".join(part for part in (detail, original) if part)
        self.setAccessibleName(f"{heading}. {said}" if heading else said)
        self.show()
        if new:
            self.appeared.emit()

    def text(self) -> str:
        """The sentence that is shown now, or nothing."""
        return "" if self.isHidden() else self._detail.text()

    def clear(self) -> None:
        """Takes the failure away."""
        self.kind = None
        self._detail.setText("")
        self.hide()
