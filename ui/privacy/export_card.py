"""Everything out, in plain text, to a file of the user's choice."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from ui.forms.pills import Pills
from ui.privacy.presenter import PrivacyPresenter
from ui.widgets import Card, Notice, allow, forbid, push_button

__all__ = ["ExportCard"]

_SUFFIXES = {"jsonl": ".jsonl", "json": ".json", "markdown": ".md", "everything": ".json"}


class ExportCard(Card):
    """Format, button, and how much went out."""

    def __init__(self, presenter: PrivacyPresenter, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Export all conversations"),
            self.tr(
                "Your chats are yours. The file is not encrypted: whoever gets it can read it. "
                "“Everything” adds facts, examples, settings and the audit trail."
            ),
            parent,
        )
        self._presenter = presenter
        self._format = "jsonl"
        row = QHBoxLayout()
        self.formats = Pills(
            "export.format",
            [("jsonl", "JSONL"), ("json", "JSON"), ("markdown", "Markdown"),
             ("everything", self.tr("Everything"))],
        )
        self.formats.chosen.connect(self._choose)
        self.formats.choose(self._format)
        row.addWidget(self.formats, 1)
        self.button = push_button(self.tr("Export…"), "exportButton", "plain", "export")
        self.button.clicked.connect(self._export)
        row.addWidget(self.button)
        self.body.addLayout(row)
        self._notice = Notice()
        self._notice.setObjectName("export.notice")
        self.body.addWidget(self._notice)
        presenter.changed.connect(self.redraw)
        self.redraw()

    def redraw(self) -> None:
        """Shows how the export went."""
        done = self._presenter.exported
        words = self.tr("Wrote {chats} conversations with {messages} messages to {path}")
        self._notice.say(
            words.format(
                chats=done.conversations, messages=done.messages, path=Path(done.path).name
            )
            if done is not None
            else ""
        )
        if self._presenter.exporting:
            forbid(self.button, self.tr("The export is being written."))
        else:
            allow(self.button)

    def _choose(self, file_format: str) -> None:
        self._format = file_format

    def _export(self) -> None:
        suffix = _SUFFIXES[self._format]
        path, _filter = QFileDialog.getSaveFileName(
            self, self.tr("Export to"), f"confidant-chats{suffix}", f"*{suffix}"
        )
        if path:
            self._presenter.export(Path(path), self._format)
