"""The inbox: piles of examples, one of them in full, and what to do with it."""

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from storage.records import FEEDBACK_KINDS, ExampleKind, ExampleRecord, ExampleStatus
from ui.forms.pills import Pills
from ui.forms.record_list import RecordList
from ui.learning.item_model import InboxModel
from ui.learning.presenter import LearningPresenter
from ui.learning.redaction_words import redacted_text, redaction_text
from ui.widgets import Card, EmptyState, Text, line, push_button

__all__ = ["InboxCard"]


class InboxCard(Card):
    """Reads the presenter's examples; every button is one review."""

    def __init__(self, presenter: LearningPresenter, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent)
        self.setObjectName("inbox")
        self._presenter = presenter
        self._model = InboxModel(self)
        self._editing = ""
        self._labels: dict[str, Text] = {}
        self._build_head()
        self.list = RecordList("inboxList", self.tr("Examples"), self._model)
        self.list.picked.connect(self._show_example)
        self.body.addWidget(self.list)
        self._empty = EmptyState("learning", self.tr("Nothing here"), "")
        self.body.addWidget(self._empty)
        self._detail = QWidget()
        self.body.addWidget(self._detail)
        self._build_detail()
        presenter.changed.connect(self.redraw)
        self.redraw()

    # -- building ---------------------------------------------------------------------------------

    def _build_head(self) -> None:
        row = QHBoxLayout()
        self._summary = Text("", "heading")
        self._summary.setObjectName("inbox.summary")
        row.addWidget(self._summary, 1)
        self.approve_all = push_button(self.tr("Approve all"), "approveAllButton", "plain", "check")
        self.approve_all.clicked.connect(self._presenter.approve_all)
        row.addWidget(self.approve_all)
        self.body.addLayout(row)
        piles = [(status.value, "") for status in ExampleStatus]
        self._pills = Pills("inbox.pile", piles)
        self._pills.chosen.connect(lambda value: self._presenter.show_status(ExampleStatus(value)))
        self.body.addWidget(self._pills)

    def _build_detail(self) -> None:
        box = QVBoxLayout(self._detail)
        box.setContentsMargins(0, 4, 0, 0)
        box.setSpacing(8)
        box.addWidget(line())
        self._source = Text("", "text", selectable=True)
        self._removed = Text("", "help")
        self._source_label = Text("", "help")
        box.addWidget(self._source_label)
        box.addWidget(self._source)
        box.addWidget(self._removed)
        self._fields = {
            "question": self._field(box, "question", self.tr("When you ask")),
            "answer": self._field(box, "answer", self.tr("It should answer")),
            "value": self._field(box, "value", self.tr("The words that must be right")),
        }
        self._problem = Text("", "bad")
        self._problem.setObjectName("inbox.problem")
        box.addWidget(self._problem)
        self._build_buttons(box)

    def _field(self, box: QVBoxLayout, name: str, label: str) -> QLineEdit:
        words = self._labels[name] = Text(label, "help")
        field = QLineEdit()
        field.setObjectName(f"inbox.{name}")
        field.setAccessibleName(label)
        field.textEdited.connect(self._begin_edit)
        words.setBuddy(field)
        box.addWidget(words)
        box.addWidget(field)
        return field

    def _build_buttons(self, box: QVBoxLayout) -> None:
        row = QHBoxLayout()
        self.never = push_button(self.tr("Never learn this"), "neverButton", "quiet", "block")
        self.never.clicked.connect(lambda: self._review(ExampleStatus.NEVER))
        self.undo = push_button(self.tr("Discard the edit"), "discardEditButton", "quiet")
        self.undo.clicked.connect(self._discard_edit)
        self.approve = push_button(self.tr("Approve"), "approveButton", "primary", "check")
        self.approve.clicked.connect(lambda: self._review(ExampleStatus.APPROVED))
        row.addWidget(self.never)
        row.addStretch(1)
        row.addWidget(self.undo)
        row.addWidget(self.approve)
        box.addLayout(row)

    # -- showing ----------------------------------------------------------------------------------

    def redraw(self) -> None:
        """Shows the pile, its counts and the summary."""
        presenter = self._presenter
        pending = presenter.with_status(ExampleStatus.PENDING)
        self._summary.setText(self._summary_text(len(pending)))
        self.approve_all.setVisible(len(pending) > 1)
        self.approve_all.setEnabled(not presenter.approving)
        names = {
            ExampleStatus.PENDING: self.tr("New"),
            ExampleStatus.APPROVED: self.tr("Approved"),
            ExampleStatus.NEVER: self.tr("Never learn"),
        }
        for status, name in names.items():
            count = len(presenter.with_status(status))
            self._pills.set_text(status.value, f"{name} {count}")
        self._pills.choose(presenter.shown_status.value)
        kept, row = self.list.current_id(), max(self.list.currentIndex().row(), 0)
        if self._model.show(presenter.with_status(presenter.shown_status)):
            self.list.pick(kept, row)
        empty = self._model.rowCount() == 0
        self.list.setVisible(not empty)
        self._detail.setVisible(not empty)
        self._empty.setVisible(empty)
        if presenter.examples_known or not presenter.consent:
            self._empty.say(self.tr("Nothing here"), self._empty_text())
        else:
            self._empty.say(self.tr("Looking through your chats…"))

    def _summary_text(self, pending: int) -> str:
        if not pending:
            return self.tr("Inbox")
        new = self.tr("1 new example") if pending == 1 else self.tr("{count} new examples")
        held = [
            redaction_text(count, kind) for kind, count in self._presenter.redacted().items()
        ]
        return ", ".join([new.format(count=pending), *held])

    def _empty_text(self) -> str:
        if not self._presenter.consent:
            return self.tr("Learning is off, so nothing is collected.")
        if self._presenter.shown_status is not ExampleStatus.PENDING:
            return self.tr("You have put nothing here.")
        if self._presenter.with_status(ExampleStatus.APPROVED):
            return self.tr("You have decided on everything that was found.")
        return self.tr(
            "Allow learning in a conversation, tell something about yourself there, and it "
            "appears here for you to decide."
        )

    def _show_example(self, example_id: str) -> None:
        example = self._model.example(example_id)
        self._editing = ""
        self._problem.hide()
        self.undo.hide()
        if example is None:
            return
        self._source.setText(example.source_text or self.tr("(the message is gone)"))
        self._removed.setText(redacted_text(example.redactions) if example.redactions else "")
        self._removed.setVisible(bool(example.redactions))
        self._fill(example)
        self._show_kind(example)
        self.never.setVisible(example.status is not ExampleStatus.NEVER)
        self.approve.setVisible(example.status is not ExampleStatus.APPROVED)
        self._name_approve(self.tr("Approve"))

    def _show_kind(self, example: ExampleRecord) -> None:
        """An opinion of an answer is taken as it is or not; no word of it must be right."""
        opinion = example.kind in FEEDBACK_KINDS
        source, answer = {
            ExampleKind.REWRITTEN: (self.tr("It answered"), self.tr("You wrote instead")),
            ExampleKind.LIKED: (self.tr("It answered"), self.tr("More answers like this")),
            ExampleKind.DISLIKED: (self.tr("It answered"), self.tr("Fewer answers like this")),
        }.get(example.kind, (self.tr("You said"), self.tr("It should answer")))
        self._source_label.setText(source)
        self._labels["answer"].setText(answer)
        self._fields["answer"].setAccessibleName(answer)
        for field in self._fields.values():
            field.setReadOnly(opinion)
        for part in (self._labels["value"], self._fields["value"]):
            part.setVisible(not opinion)

    def _fill(self, example: ExampleRecord) -> None:
        texts = {"question": example.question, "answer": example.answer, "value": example.value}
        for name, text in texts.items():
            self._fields[name].setText(text)
            self._fields[name].setCursorPosition(0)

    def _name_approve(self, text: str) -> None:
        self.approve.setText(text)
        self.approve.setAccessibleName(text)

    # -- acting -----------------------------------------------------------------------------------

    def _begin_edit(self) -> None:
        self._editing = self.list.current_id()
        self.undo.show()
        self.approve.show()
        self._name_approve(self.tr("Keep the edit and approve"))

    def _discard_edit(self) -> None:
        self._show_example(self.list.current_id())

    def _review(self, status: ExampleStatus) -> None:
        example_id = self.list.current_id()
        if not example_id:
            return
        texts = None
        if self._editing == example_id and status is ExampleStatus.APPROVED:
            question, answer, value = (
                self._fields[name].text().strip() for name in ("question", "answer", "value")
            )
            problem = self._presenter.edit_problem(question, answer, value)
            if problem is not None:
                self._say_problem(problem)
                return
            texts = question, answer, value
        self._presenter.review(example_id, status, texts)

    def _say_problem(self, problem: str) -> None:
        self._problem.setText(
            self.tr("Fill in all three lines.")
            if problem == "empty"
            else self.tr("The answer must contain the words that must be right.")
        )
        self._problem.show()


