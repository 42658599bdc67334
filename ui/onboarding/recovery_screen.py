"""The recovery key, shown this once: copy it, save it, say that it is kept."""

import os
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, QTimer
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QHBoxLayout

from ui.onboarding.presenter import OnboardingPresenter
from ui.onboarding.screens import Screen
from ui.widgets import Card, InlineError, Text, push_button

__all__ = ["RecoveryScreen", "write_private"]

_CLIPBOARD_S = 60


def write_private(path: Path, text: str) -> None:
    """Writes `text` to a file that only the user may read; raises OSError when it cannot."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)


class RecoveryScreen(Screen):
    """Shows the key in groups that can be written down."""

    def __init__(self, presenter: OnboardingPresenter) -> None:
        super().__init__(
            presenter,
            self.tr("Keep your recovery key"),
            self.tr(
                "It opens your chats if the passphrase or the keyring is ever lost. It is shown "
                "only now, and nobody else has it. Write it down or save it away from this "
                "computer."
            ),
        )
        card = Card()
        self._add_key(card)
        self._add_buttons(card)
        self._told = Text("", "help")
        self._told.setObjectName("recovery.told")
        self._told.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        card.body.addWidget(self._told)
        self.add(card)
        self.error = InlineError("recovery.error")
        self.add(self.error)
        self._clear = QTimer(self)
        self._clear.setSingleShot(True)
        self._clear.setInterval(_CLIPBOARD_S * 1000)
        self._clear.timeout.connect(self._clear_clipboard)
        self._copied = ""

    def _add_key(self, card: Card) -> None:
        self.key = Text("", "heading", selectable=True)
        self.key.setObjectName("recoveryKey")
        self.key.setAccessibleName(self.tr("Recovery key"))
        self.key.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        self.key.setFont(font)
        card.body.addWidget(self.key)

    def _add_buttons(self, card: Card) -> None:
        row = QHBoxLayout()
        self.copy = push_button(self.tr("Copy"), "recovery.copy", "plain", "copy")
        self.copy.clicked.connect(self._copy)
        self.save = push_button(self.tr("Save to a file…"), "recovery.save", "plain", "export")
        self.save.clicked.connect(self._save)
        row.addStretch(1)
        row.addWidget(self.copy)
        row.addWidget(self.save)
        row.addStretch(1)
        card.body.addLayout(row)

    def redraw(self) -> None:
        """Shows the key, half of its groups a line."""
        groups = self.presenter.recovery_key.split("-")
        half = (len(groups) + 1) // 2
        self.key.setText("\n".join("-".join(part) for part in (groups[:half], groups[half:])))

    def _copy(self) -> None:
        """Copies the key, asks clipboard histories not to keep it, and takes it back later."""
        self._copied = self.presenter.recovery_key
        data = QMimeData()
        data.setText(self._copied)
        data.setData("x-kde-passwordManagerHint", b"secret")
        data.setData("application/x-qt-windows-mime;value=\"ExcludeClipboardContentFromMonitor"
                     "Processing\"", b"")  # fmt: skip
        QGuiApplication.clipboard().setMimeData(data)
        self._clear.start()
        text = self.tr("Copied. It leaves the clipboard in {count} seconds.")
        self._told.setText(text.format(count=_CLIPBOARD_S))

    def _clear_clipboard(self) -> None:
        if self._copied and QGuiApplication.clipboard().text() == self._copied:
            QGuiApplication.clipboard().clear()
        self._copied = ""
        self._told.setText("")

    def _save(self) -> None:
        path, _filter = QFileDialog.getSaveFileName(
            self, self.tr("Save the recovery key"), "confidant-recovery-key.txt", "*.txt"
        )
        if not path:
            return
        try:
            write_private(Path(path), f"Confidant\n{self.presenter.recovery_key}\n")
        except OSError:
            self.error.show_text(
                self.tr("It could not be written there; choose another folder or write it down.")
            )
            return
        self.error.clear()
        self._told.setText(self.tr("Saved. Move the file off this computer."))
