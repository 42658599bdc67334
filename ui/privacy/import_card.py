"""Chats that come in from elsewhere: a ChatGPT export, or JSONL."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from engine.contract import ChatsImported
from ui.privacy.presenter import PrivacyPresenter
from ui.widgets import Card, Notice, SettingRow, Switch, allow, forbid, push_button

__all__ = ["ImportCard"]


class ImportCard(Card):
    """Chooses a file, says whether its chats may be learned from, and how much came in."""

    def __init__(self, presenter: PrivacyPresenter, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Import conversations"),
            self.tr(
                "From ChatGPT's export (the zip, or conversations.json in it) or from JSONL with "
                "messages. A file comes in whole or not at all."
            ),
            parent,
        )
        self.setObjectName("importCard")
        self._presenter = presenter
        self.learn = Switch(self.tr("They may be learned from"), "importConsent")
        words = self.tr("What you said in them is then proposed in the inbox.")
        self.body.addWidget(SettingRow(self.tr("They may be learned from"), words, self.learn))
        row = QHBoxLayout()
        row.addStretch(1)
        self.button = push_button(
            self.tr("Choose a file…"), "importChatsButton", "plain", "folder"
        )
        self.button.clicked.connect(self._choose)
        row.addWidget(self.button)
        self.body.addLayout(row)
        self._notice = Notice()
        self._notice.setObjectName("import.notice")
        self.body.addWidget(self._notice)
        presenter.changed.connect(self.redraw)
        self.redraw()

    def redraw(self) -> None:
        """Shows how the import went."""
        presenter = self._presenter
        self._notice.say(self._words(presenter.imported) if presenter.imported else "")
        if presenter.importing:
            forbid(self.button, self.tr("The file is being read."))
        else:
            allow(self.button)

    def _words(self, done: ChatsImported) -> str:
        words = self.tr("Came in: {chats} conversations with {messages} messages.")
        told = words.format(chats=done.conversations, messages=done.messages)
        if not done.skipped:
            return told
        left_out = self.tr("Left out, because hidden or without text: {count}.")
        return f"{told} {left_out.format(count=done.skipped)}"

    def _choose(self) -> None:
        kinds = self.tr("Chats") + " (*.zip *.json *.jsonl)"
        path, _filter = QFileDialog.getOpenFileName(
            self, self.tr("Import conversations"), "", kinds
        )
        if path:
            self._presenter.import_chats(Path(path), consent=self.learn.isChecked())
