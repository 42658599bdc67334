"""One fact in full: its words, its source, whether it is used, and forgetting it."""

from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QWidget

from storage.records import MemoryRecord
from ui.forms.confirm import Confirm
from ui.forms.units import moment_text
from ui.memory.presenter import MemoryPresenter
from ui.widgets import Card, SettingRow, Switch, Text, push_button

__all__ = ["DetailCard"]


class DetailCard(Card):
    """Edits the fact that `show_fact` gave; hidden without one."""

    def __init__(self, presenter: MemoryPresenter, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent)
        self.setObjectName("memoryDetail")
        self.setAccessibleName(self.tr("Fact"))
        self._presenter = presenter
        self._fact: MemoryRecord | None = None
        self.text = QPlainTextEdit()
        self.text.setObjectName("memory.text")
        self.text.setAccessibleName(self.tr("The fact's words"))
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(self.text.fontMetrics().lineSpacing() * 3 + 18)
        self.text.textChanged.connect(self._redraw_save)
        self.body.addWidget(self.text)
        self._source = Text("", "help", selectable=True)
        self.body.addWidget(self._source)
        self.enabled = Switch(self.tr("Use this fact"), "memory.enabled")
        self.enabled.clicked.connect(self._enable)
        words = self.tr("Off: it is kept, but never put into a prompt.")
        self.body.addWidget(SettingRow(self.tr("Use this fact"), words, self.enabled))
        self.confirm = Confirm("confirmForget")
        self.body.addWidget(self.confirm)
        self._build_buttons()
        self.hide()

    def _build_buttons(self) -> None:
        row = QHBoxLayout()
        self.delete = push_button(self.tr("Forget…"), "memory.delete", "quiet", "trash")
        self.delete.clicked.connect(self._ask_delete)
        self.save = push_button(self.tr("Save"), "memory.save", "primary", "check")
        self.save.clicked.connect(self._save)
        row.addWidget(self.delete)
        row.addStretch(1)
        row.addWidget(self.save)
        self.body.addLayout(row)

    def show_fact(self, fact: MemoryRecord | None) -> None:
        """Shows a fact. Words that are being edited stay while it is the same fact."""
        same = self._fact is not None and fact is not None and self._fact.id == fact.id
        edited = same and self._fact is not None and self.text.toPlainText() != self._fact.text
        self._fact = fact
        self.setVisible(fact is not None)
        if fact is None:
            return
        if not edited:
            self.text.setPlainText(fact.text)
        if not same:
            self.confirm.dismiss()
        self.enabled.setChecked(fact.enabled)
        self._source.setText(self._source_text(fact))
        self._redraw_save()

    def _source_text(self, fact: MemoryRecord) -> str:
        when = moment_text(fact.created_at)
        source = self._presenter.source(fact)
        if source:
            return self.tr("You said on {when}: {words}").format(when=when, words=source)
        if fact.source_message_id or fact.example_id:
            return self.tr("From a conversation, {when}").format(when=when)
        return self.tr("Added by you, {when}").format(when=when)

    def _redraw_save(self) -> None:
        text = self.text.toPlainText().strip()
        self.save.setVisible(self._fact is not None and text != self._fact.text and bool(text))

    def _save(self) -> None:
        if self._fact is not None:
            self._presenter.edit(self._fact, self.text.toPlainText())

    def _enable(self, on: bool) -> None:
        if self._fact is not None:
            self._presenter.enable(self._fact, on)

    def _ask_delete(self) -> None:
        fact = self._fact
        if fact is None:
            return
        self.confirm.ask(
            self.tr(
                "This fact is erased; this cannot be undone. Every version that learned it is "
                "switched off for good. The conversation it came from stays."
            ),
            self.tr("Forget it"),
            lambda: self._presenter.forget(fact),
        )
