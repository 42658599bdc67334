"""The chat page: puts sidebar, thread and composer together and connects them."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from engine.contract import ActivateAdapter, ActivateModel, Failed, FailureKind
from storage.records import ConversationRecord
from ui.chat.composer import Composer
from ui.chat.conversations_presenter import ConversationsPresenter
from ui.chat.message_handler import MessageHandler
from ui.chat.presenter import ThreadPresenter
from ui.chat.sidebar import Sidebar
from ui.chat.thread_view import ThreadView
from ui.engine_client import EngineClient
from ui.status.state import AppState
from ui.widgets.buttons import push_button
from ui.widgets.card import Notice
from ui.widgets.errors import InlineError
from ui.widgets.labels import Heading, Text
from ui.widgets.page import column_width

__all__ = ["ChatPage"]

_SIDEBAR, _NARROW = 260, 820


class ChatPage(QWidget):
    """Chats.

    Signals:
        page_asked: another page of the rail is wanted.
    """

    page_asked = Signal(str)

    def __init__(
        self, client: EngineClient, state: AppState, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("chatPage")
        self._client, self._state = client, state
        self.presenter = ThreadPresenter(client, self)
        self.list = ConversationsPresenter(client, self)
        self.sidebar = Sidebar(self.list)
        self._build()
        self._handler = MessageHandler(self.presenter, self.view, state, self)
        self._connect_thread()
        self._connect_parts()
        self.new_chat()

    # -- building ---------------------------------------------------------------------------------

    def _build(self) -> None:
        split = self._split = QSplitter(Qt.Orientation.Horizontal)
        split.setHandleWidth(1)
        split.setChildrenCollapsible(False)
        self.sidebar.setMinimumWidth(170)
        split.addWidget(self.sidebar)
        split.addWidget(self._right())
        split.setStretchFactor(1, 1)
        split.setSizes([_SIDEBAR, 900])
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(split)

    def _right(self) -> QWidget:
        right = QWidget()
        box = QVBoxLayout(right)
        box.setContentsMargins(0, 0, 0, 18)
        box.setSpacing(0)
        self.view = ThreadView()
        box.addWidget(self.view, 1)
        self._above, self._below = QWidget(), QWidget()
        box.addWidget(self._above, 2)
        row = QHBoxLayout()
        row.setContentsMargins(28, 0, 28, 0)
        self._foot = QWidget()
        self._foot.setMaximumWidth(column_width(self))
        self._fill_foot(QVBoxLayout(self._foot))
        row.addStretch(1)
        row.addWidget(self._foot, 100)
        row.addStretch(1)
        box.addLayout(row)
        box.addWidget(self._below, 3)
        return right

    def _fill_foot(self, foot: QVBoxLayout) -> None:
        foot.setContentsMargins(0, 6, 0, 0)
        foot.setSpacing(10)
        self._greeting = Heading(self.tr("What is on your mind?"), "greeting")
        self._greeting.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._hint = Text("", "muted")
        self._hint.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._temporary = Notice(
            self.tr("Temporary chat: it is not stored and never learned from, and it is gone when "
                    "you leave it.")
        )  # fmt: skip
        self._temporary.setObjectName("temporaryNotice")
        self._dropped = Notice("")
        self._dropped.setObjectName("droppedNotice")
        self._newest = push_button(self.tr("Go to the newest message"), "newestButton", "link")
        self._go_on = push_button(self.tr("Go on with this answer"), "goOnButton", "plain", "play")
        self._go_on.hide()
        self.error = InlineError("chatError")
        self._retry = push_button(self.tr("Try again"), "retryButton", "quiet")
        self._models = push_button(self.tr("Choose a model"), "errorModelsButton", "quiet")
        self.error.buttons.addWidget(self._retry)
        self.error.buttons.addWidget(self._models)
        self.composer = Composer(self._state)
        for part in (self._greeting, self._hint, self._temporary, self._dropped, self._newest,
                     self._go_on, self.error, self.composer):  # fmt: skip
            foot.addWidget(part)
        for button in (self._newest, self._go_on):
            foot.setAlignment(button, Qt.AlignmentFlag.AlignHCenter)
        self._newest.hide()

    # -- connecting -------------------------------------------------------------------------------

    def _connect_thread(self) -> None:
        thread = self.presenter
        thread.opened.connect(self._show_thread)
        thread.changed_from.connect(self._change_from)
        thread.updated.connect(self.view.update_message)
        thread.streamed.connect(self.view.stream)
        thread.loading.connect(self._say_loading)
        thread.dropped.connect(self._say_dropped)
        thread.busy_changed.connect(self.composer.set_busy)
        thread.failed.connect(self._show_failure)
        thread.draft_returned.connect(self.composer.set_text)
        thread.conversation_changed.connect(self._conversation_changed)
        thread.listed_changed.connect(self.list.refresh)
        for changed in (thread.opened, thread.changed_from, thread.updated, thread.busy_changed):
            changed.connect(self._offer_to_go_on)

    def _connect_parts(self) -> None:
        self.sidebar.new_asked.connect(lambda temporary: self.new_chat(temporary=temporary))
        self.sidebar.open_asked.connect(self.presenter.open)
        self.list.deleted.connect(lambda gone, _title: self._leave(gone))
        self.list.erased.connect(self._leave)
        self.composer.sent.connect(self.presenter.send)
        self.composer.stop_asked.connect(self.presenter.stop)
        chips = self.composer.chips
        chips.page_asked.connect(self.page_asked)
        chips.consent_chosen.connect(self.presenter.allow_conversation)
        chips.memory_chosen.connect(self.presenter.use_memory)
        chips.model_chosen.connect(lambda model: self._ask(ActivateModel(model_id=model)))
        chips.adapter_chosen.connect(
            lambda adapter: self._ask(ActivateAdapter(adapter_id=adapter or None))
        )
        self.view.at_end_changed.connect(self._offer_newest)
        self._newest.clicked.connect(self.view.to_end)
        self._go_on.clicked.connect(self._press_go_on)
        self._retry.clicked.connect(self.presenter.retry)
        self._models.clicked.connect(lambda: self.page_asked.emit("models"))

    def _ask(self, command: ActivateModel | ActivateAdapter) -> None:
        self._client.request(command, lambda _event: None, self._show_failure, owner=self)

    # -- what the shell calls ---------------------------------------------------------------------

    def activate(self) -> None:
        """The page is shown: reads the list, puts the cursor into the composer."""
        self.list.refresh()
        self.composer.field.setFocus()

    def new_chat(self, *, temporary: bool = False) -> None:
        """Starts an empty chat."""
        self.sidebar.mark("")
        self.presenter.new_chat(temporary=temporary)
        self.composer.field.setFocus()

    def open_conversation(self, conversation_id: str) -> None:
        """Shows a conversation."""
        self.presenter.open(conversation_id)

    def find_text(self) -> None:
        """Puts the cursor into the search field."""
        self.sidebar.search.setFocus()
        self.sidebar.search.selectAll()

    def stop(self) -> None:
        """Stops the answer that is being written."""
        self.presenter.stop()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape stops the answer that is being written."""
        if event.key() == Qt.Key.Key_Escape and self.presenter.busy():
            self.stop()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Gives the thread the room when the window becomes narrow."""
        super().resizeEvent(event)
        width = event.size().width()
        if width < _NARROW <= event.oldSize().width():
            self._split.setSizes([170, width - 170])
        elif width >= _NARROW > event.oldSize().width():
            self._split.setSizes([_SIDEBAR, width - _SIDEBAR])

    def render_anew(self) -> None:
        """Takes new colours and text size."""
        self._foot.setMaximumWidth(column_width(self))
        self.sidebar.render_anew()
        self.view.render_anew()

    # -- told by the presenter --------------------------------------------------------------------

    def _show_thread(self, focus: str) -> None:
        self.view.show_thread(self.presenter.messages, focus)
        self._arrange()

    def _change_from(self, at: int) -> None:
        self._arrange()
        self.view.change_from(at, self.presenter.messages)

    def _arrange(self) -> None:
        """An empty chat greets in the middle; otherwise the thread has the room."""
        empty = not self.presenter.messages
        self.view.setVisible(not empty)
        for part in (self._above, self._below, self._greeting, self._hint):
            part.setVisible(empty)
        temporary = self.presenter.temporary
        self._hint.setText("" if temporary else self.tr("What you write stays on this computer."))
        self._temporary.setVisible(temporary)

    def _conversation_changed(self, record: ConversationRecord | None) -> None:
        self.sidebar.mark(record.id if record else "")
        self.composer.chips.show_conversation(
            consent=self.presenter.consent(), temporary=self.presenter.temporary,
            memory=self.presenter.memory(),
        )  # fmt: skip

    def _leave(self, conversation_id: str) -> None:
        shown = self.presenter.conversation
        if shown is not None and shown.id == conversation_id:
            self.presenter.stop()
            self.new_chat()

    def _say_loading(self, fraction: float) -> None:
        view = self.view.last_view()
        if view is not None:
            percent = f"{round(fraction * 100)} %"
            view.say(self.tr("The model is being loaded, {percent}").format(percent=percent))

    def _say_dropped(self, count: int) -> None:
        if not count:
            self._dropped.say("")
            return
        self._dropped.say(
            self.tr("This chat is longer than the model can look back on. The oldest messages "
                    "({count}) were not told to it.").format(count=count)
        )  # fmt: skip

    def _show_failure(self, failed: Failed | None) -> None:
        if failed is None:
            self.error.clear()
            return
        self.error.show_failure(failed)
        has_thread = bool(self.presenter.messages)
        memory = failed.kind in {FailureKind.OUT_OF_MEMORY, FailureKind.UNSUPPORTED_MODEL}
        self._retry.setVisible(has_thread and not self.composer.text())
        self._models.setVisible(memory)

    # -- told by the widgets ----------------------------------------------------------------------

    def _offer_to_go_on(self) -> None:
        self._go_on.setVisible(self.presenter.can_go_on())

    def _press_go_on(self) -> None:
        self.composer.field.setFocus()
        self.view.to_end()
        self.presenter.go_on()

    def _offer_newest(self, at_end: bool) -> None:
        self._newest.setVisible(not at_end and bool(self.presenter.messages))
