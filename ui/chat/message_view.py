"""One message of the thread: who speaks, what they say, and what can be done with it."""

import time

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from engine.contract import Explained
from storage.records import MessageRecord, MessageState, Role
from ui.chat.explanation import Explanation
from ui.chat.growing import GrowingText
from ui.chat.long_text import LongText
from ui.chat.markdown import blocks
from ui.chat.message_actions import MessageActions
from ui.chat.message_body import MessageBody
from ui.chat.message_editor import MessageEditor
from ui.widgets.labels import Text

__all__ = ["MessageView"]

_SHARE, _QUICK_S, _LONGEST_WAIT_S = 6, 0.003, 0.4
"""Rendering a growing text takes at most a sixth of the time, unless it is done in 3 ms."""
_ICON_INSET = 7
"""Empty pixels at the left of an icon button, so that the icon itself stands under the text."""


class MessageView(QWidget):
    """A message widget.

    Signals:
        asked: (what, message id); see `MessageActions.asked`.
        version_asked: the id of another version of this message.
        edited: (message id, new text).
        link_clicked: an address.
        conversation_asked: the chat that an explanation refers to.
    """

    asked = Signal(str, str)
    version_asked = Signal(str)
    edited = Signal(str, str)
    link_clicked = Signal(str)
    conversation_asked = Signal(str)

    def __init__(self, record: MessageRecord, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.record = record
        self._growing: GrowingText | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.timeout.connect(self._show_growing)
        self._editor: MessageEditor | None = None
        self._explanation: Explanation | None = None
        self._filled = False
        mine = record.role is Role.USER
        speaker = self.tr("You") if mine else self.tr("Confidant")
        self.setObjectName("message.user" if mine else "message.assistant")
        self.setAccessibleName(speaker)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 16)
        self._box.setSpacing(4)
        self._box.addWidget(Text(speaker, "strong"))
        self._body: LongText | MessageBody = LongText() if mine else MessageBody()
        if isinstance(self._body, MessageBody):
            self._body.link_clicked.connect(self.link_clicked)
        self._box.addWidget(self._body)
        self._state = Text("", "help")
        self._box.addWidget(self._state)
        self._actions = MessageActions(record.role)
        self._actions.asked.connect(self._act)
        self._actions.version_asked.connect(self.version_asked)
        row = QHBoxLayout()
        row.addSpacing(-_ICON_INSET)
        row.addWidget(self._actions)
        self._box.addLayout(row)
        self.show_record(record)

    # -- content ----------------------------------------------------------------------------------

    def show_record(self, record: MessageRecord) -> None:
        """Shows `record`, complete or streaming, as a whole."""
        changed = record.text != self.record.text or self._growing is not None
        self.record = record
        self._rest.stop()
        streaming = record.state is MessageState.STREAMING
        self._growing = GrowingText() if streaming else None
        if self._growing is not None:
            self._growing.add(record.text)
        if changed or not self._filled:
            self._fill(anew=False)
        self._actions.show_message(record)
        self.say(self._state_text(record))

    def take_over(self, record: MessageRecord) -> None:
        """Shows another message of the same speaker, as a widget just built would."""
        inside = QApplication.focusWidget()
        if inside is not None and self.isAncestorOf(inside):
            inside.clearFocus()
        self._end_edit()
        self.explain(None)
        self.note("")
        self.show_record(record)

    def stream(self, text: str) -> None:
        """Appends streamed `text`."""
        if self._growing is None or not isinstance(self._body, MessageBody):
            return
        self._growing.add(text)
        self.say("")
        if not self._rest.isActive():
            self._show_growing()

    def _show_growing(self) -> None:
        """Renders what came; a costly one has the next batches wait for each other."""
        if self._growing is None or not isinstance(self._body, MessageBody):
            return
        began = time.perf_counter()
        self._body.show_blocks(self._growing.blocks(), growing=True)
        took = time.perf_counter() - began
        if took > _QUICK_S:
            self._rest.start(round(1000 * min(took * _SHARE, _LONGEST_WAIT_S)))

    def explain(self, told: Explained | None) -> None:
        """Shows what stands behind the answer, under it; None takes it away."""
        if self._explanation is not None:
            self._explanation.hide()
            self._explanation.deleteLater()
            self._explanation = None
        self.say(self._state_text(self.record))
        if told is None:
            return
        self._explanation = Explanation(told)
        self._explanation.closed.connect(lambda: self.explain(None))
        self._explanation.conversation_asked.connect(self.conversation_asked)
        self._box.addWidget(self._explanation)
        self._explanation.show()

    @property
    def is_explained(self) -> bool:
        """Whether an explanation is shown."""
        return self._explanation is not None

    def render_anew(self) -> None:
        """Renders all again in the present colours and text size."""
        self._fill(anew=True)

    def set_width(self, width: int) -> None:
        """Lays out for `width` pixels."""
        self._body.set_width(width)

    def say(self, text: str) -> None:
        """A quiet line under the text, for example why it is not there yet."""
        self._state.setText(text)
        self._state.setVisible(bool(text))

    def note(self, text: str) -> None:
        """A small line beside the buttons, for example the token speed."""
        self._actions.note.setText(text)
        self._actions.note.setToolTip(text)

    def _fill(self, *, anew: bool) -> None:
        self._filled = True
        if isinstance(self._body, LongText):
            self._body.show_text(self.record.text)
        elif self._growing is not None:
            self._body.show_blocks(self._growing.blocks(), anew=anew, growing=True)
        else:
            self._body.show_blocks(blocks(self.record.text), anew=anew)

    def _state_text(self, record: MessageRecord) -> str:
        if record.state is MessageState.STOPPED:
            return self.tr("Stopped here.")
        if record.state is MessageState.CUT:
            return self.tr("The longest length of an answer was reached here.")
        if record.state is MessageState.FAILED:
            return self.tr("This answer broke off.")
        if record.state is MessageState.STREAMING and not record.text:
            return self.tr("Thinking…")
        return ""

    # -- editing ----------------------------------------------------------------------------------

    def _act(self, what: str) -> None:
        if what == "edit":
            self.edit()
        else:
            self.asked.emit(what, self.record.id)

    def edit(self) -> None:
        """Opens the message for editing in its place."""
        if self._editor is not None:
            return
        answer = self.record.role is not Role.USER
        self._editor = MessageEditor(self.record.text, answer=answer)
        self._editor.sent.connect(self._send_edit)
        self._editor.cancelled.connect(self._end_edit)
        self._box.insertWidget(2, self._editor)
        self._body.hide()
        self._actions.hide()
        self._editor.field.setFocus()

    def _send_edit(self, text: str) -> None:
        self._end_edit()
        self.edited.emit(self.record.id, text)

    def _end_edit(self) -> None:
        if self._editor is not None:
            self._editor.hide()
            self._editor.deleteLater()
            self._editor = None
            self._body.show()
            self._actions.show()
