"""A passphrase typed twice, with a hint how hard it is to guess."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from ui.forms.passphrase_strength import MIN_LENGTH, Strength, strength
from ui.widgets import Text

__all__ = ["PassphraseFields", "secret_line"]


def secret_line(name: str, text: str, parent: QWidget | None = None) -> QLineEdit:
    """A line whose letters are hidden; `text` is placeholder and accessible name."""
    line = QLineEdit(parent)
    line.setEchoMode(QLineEdit.EchoMode.Password)
    line.setObjectName(name)
    line.setAccessibleName(text)
    line.setPlaceholderText(text)
    return line


class PassphraseFields(QWidget):
    """Two hidden lines and the hint.

    Signals:
        edited: one of the lines changed.
        entered: Enter was pressed in the second line.
    """

    edited = Signal()
    entered = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.first = secret_line(f"{name}.first", self.tr("Passphrase"))
        self.second = secret_line(f"{name}.second", self.tr("The same once more"))
        self.hint = Text("", "help")
        self.hint.setObjectName(f"{name}.hint")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        for line in (self.first, self.second):
            line.textChanged.connect(self._changed)
            box.addWidget(line)
        box.addWidget(self.hint)
        self.first.returnPressed.connect(self.second.setFocus)
        self.second.returnPressed.connect(self.entered)
        self._changed()

    def passphrase(self) -> str:
        """What the first line holds."""
        return self.first.text()

    def repeated(self) -> str:
        """What the second line holds."""
        return self.second.text()

    def ready(self) -> bool:
        """True when both agree and it is long enough."""
        return self.passphrase() == self.repeated() and len(self.passphrase()) >= MIN_LENGTH

    def clear(self) -> None:
        """Empties both lines."""
        self.first.clear()
        self.second.clear()

    def _changed(self) -> None:
        self.hint.setText(self._words())
        differs = bool(self.repeated()) and not self.passphrase().startswith(self.repeated())
        weak = bool(self.passphrase()) and strength(self.passphrase()) <= Strength.WEAK
        strong = strength(self.passphrase()) is Strength.STRONG
        self.hint.set_kind("bad" if differs or weak else "good" if strong else "help")
        self.edited.emit()

    def _words(self) -> str:
        first, second = self.passphrase(), self.repeated()
        if second and not first.startswith(second):
            return self.tr("The two lines differ.")
        if not first:
            return self.tr("Four or more unrelated words are strong and easy to type.")
        return {
            Strength.TOO_SHORT: self.tr("Use at least {count} characters.").format(
                count=MIN_LENGTH
            ),
            Strength.WEAK: self.tr("Weak: easy to guess. Add more words."),
            Strength.FAIR: self.tr("Fair. One more word makes it strong."),
            Strength.STRONG: self.tr("Strong."),
        }[strength(first)]
