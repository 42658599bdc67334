"""The thread on the screen: opens it, asks, regenerates, edits, stops. No widgets.

Answers go on when the user looks at another conversation; each is a `LiveReply`.
"""

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from engine.contract import (
    ConversationChanged,
    ConversationOpened,
    Event,
    Explain,
    Explained,
    Failed,
    ModelLoading,
    OpenConversation,
    RateMessage,
    Reply,
    ReplyDone,
    ReplyOptions,
    ReplyStarted,
    ReplyTokens,
    ReplyUsage,
    RewriteAnswer,
    SelectBranch,
    SetConversationConsent,
    SetConversationMemory,
    SetMessageConsent,
    Stop,
    Stopped,
)
from storage.records import ConversationRecord, MessageRecord, MessageState, Role
from ui.chat.live_reply import (
    LiveReply,
    pending_question,
    streaming_answer,
    with_live_text,
)
from ui.engine_client import EngineClient

__all__ = ["ThreadPresenter"]


class ThreadPresenter(QObject):
    """State of the shown thread. ``messages`` is its branch, oldest first.

    Signals:
        opened: another thread is shown; the text is the message to scroll to, or empty.
        changed_from: messages from this index on are new.
        updated: the message at this index changed.
        streamed: more text of the last message.
        loading: 0 to 1 while the answer waits for the model.
        noted: (message id, ReplyUsage) of a finished answer.
        explained: (message id, `Explained`), or None where it failed.
        dropped: how many old messages the model does not see.
        busy_changed: whether the shown thread is being answered.
        failed: a `Failed`, or None when it is over.
        draft_returned: a question that could not be stored, back into the composer.
        conversation_changed: the shown conversation's record is new (None in a new chat).
        listed_changed: the list of conversations needs a refresh.
    """

    opened = Signal(str)
    changed_from = Signal(int)
    updated = Signal(int)
    streamed = Signal(str)
    loading = Signal(float)
    noted = Signal(str, object)
    explained = Signal(str, object)
    dropped = Signal(int)
    busy_changed = Signal(bool)
    failed = Signal(object)
    draft_returned = Signal(str)
    conversation_changed = Signal(object)
    listed_changed = Signal()

    def __init__(self, client: EngineClient, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client = client
        self.conversation: ConversationRecord | None = None
        self.messages: list[MessageRecord] = []
        self.temporary = False
        self.consent_wish = False
        self.memory_wish: bool | None = None
        self.usage: dict[str, ReplyUsage] = {}
        self._live: dict[str, LiveReply] = {}
        self._job = ""
        self._opening = ""
        client.event.connect(self._hear)

    # -- which thread -----------------------------------------------------------------------------

    def busy(self) -> bool:
        """Whether the shown thread is being answered."""
        return bool(self._job)

    def new_chat(self, *, temporary: bool = False) -> None:
        """Shows an empty thread; the conversation is made by the first message."""
        self._opening = ""
        self.temporary, self.consent_wish, self.memory_wish = temporary, False, None
        self._show(None, [], "", "")

    def open(self, conversation_id: str, message_id: str = "") -> None:
        """Shows a conversation, and `message_id` in it on whatever branch it lies."""
        command = (
            SelectBranch(conversation_id=conversation_id, message_id=message_id)
            if message_id
            else OpenConversation(conversation_id=conversation_id)
        )
        self._opening = command.job
        self._client.request(
            command, lambda event: self._opened(event, message_id), self._tell, owner=self
        )

    def _opened(self, event: ConversationOpened, message_id: str) -> None:
        if event.job != self._opening:
            return
        found = (r for r in self._live.values() if r.conversation_id == event.conversation.id)
        live = next(found, None)
        self.temporary = event.conversation.temporary
        messages = with_live_text(event.messages, live)
        shown = live is not None and any(m.id == live.answer_id for m in messages)
        self._show(event.conversation, messages, live.job if live and shown else "", message_id)

    def _show(
        self, conversation: ConversationRecord | None, messages: list[MessageRecord], job: str,
        message_id: str,
    ) -> None:  # fmt: skip
        self.conversation, self.messages = conversation, messages
        self._set_job(job)
        self.failed.emit(None)
        self.dropped.emit(self._live[job].dropped if job else 0)
        self.conversation_changed.emit(conversation)
        self.opened.emit(message_id)

    def _set_job(self, job: str) -> None:
        self._job = job
        self.busy_changed.emit(bool(job))

    # -- asking -----------------------------------------------------------------------------------

    def send(self, text: str) -> None:
        """Asks at the end of the shown thread."""
        self._ask(len(self.messages), text, None)

    def edit(self, message_id: str, text: str) -> None:
        """Puts `text` in place of a message; a question is asked anew. The old branch stays."""
        at = self._index(message_id)
        if at is None:
            return
        if self.messages[at].role is Role.ASSISTANT:
            self._rewrite(message_id, text)
        else:
            self._ask(at, text, self.messages[at].parent_id, at_root=at == 0)

    def regenerate(self, message_id: str) -> None:
        """Answers the question of an answer anew; the old answer stays beside the new one."""
        at = self._index(message_id)
        if at is None:
            return
        question = self.messages[at].parent_id
        if self.messages[at].role is Role.USER:
            at, question = at + 1, message_id
        self._ask(at, None, question)

    def can_go_on(self) -> bool:
        """Whether the newest message is an answer that ended before it was complete."""
        unfinished = {MessageState.CUT, MessageState.STOPPED, MessageState.FAILED}
        if not self.messages or self.busy():
            return False
        newest = self.messages[-1]
        return newest.role is Role.ASSISTANT and newest.state in unfinished and bool(newest.text)

    def go_on(self) -> None:
        """Takes the newest answer up where it ended; its text grows."""
        if not self.can_go_on() or self.conversation is None:
            return
        begun = self.messages[-1]
        command = Reply(
            conversation_id=begun.conversation_id, parent_id=begun.id, goes_on=True,
            temporary=self.temporary, options=ReplyOptions(memory=self.memory()),
        )  # fmt: skip
        live = LiveReply(command.job, begun.conversation_id, None, begun.id, begun.text)
        self._live[command.job] = live
        self.messages[-1] = replace(begun, state=MessageState.STREAMING)
        self.failed.emit(None)
        self._set_job(command.job)
        self.updated.emit(len(self.messages) - 1)
        self._client.submit(command)

    def retry(self) -> None:
        """Answers the last question anew after a failure."""
        if self.messages and not self.busy():
            self.regenerate(self.messages[-1].id)

    def _ask(
        self, at: int, text: str | None, parent_id: str | None, *, at_root: bool = False
    ) -> None:
        if self.busy():
            return
        owner = self.conversation.id if self.conversation else None
        command = Reply(
            conversation_id=owner, parent_id=parent_id, at_root=at_root, text=text,
            temporary=self.temporary, options=ReplyOptions(memory=self.memory()),
        )  # fmt: skip
        live = LiveReply(command.job, owner, text)
        self._live[command.job] = live
        live.at, live.replaced = at, self.messages[at:]
        del self.messages[at:]
        if text is not None:
            self.messages.append(pending_question(owner or "", parent_id, text))
        self.messages.append(streaming_answer(live, parent_id))
        self.failed.emit(None)
        self.dropped.emit(0)
        self._set_job(command.job)
        self.changed_from.emit(at)
        self._client.submit(command)

    def stop(self) -> None:
        """Stops the answer of the shown thread."""
        if self._job:
            self._client.submit(Stop(target=self._job))

    # -- marks ------------------------------------------------------------------------------------

    def select_version(self, message_id: str) -> None:
        """Shows the branch through another version of a message."""
        if self.conversation is not None and not self.busy():
            self.open(self.conversation.id, message_id)

    def rate(self, message_id: str, rating: int) -> None:
        """Thumb up (1) or down (-1); the same again takes it back."""
        at = self._index(message_id)
        if at is None:
            return
        value = 0 if self.messages[at].rating == rating else rating
        command = RateMessage(message_id=message_id, rating=value)
        self._client.request(
            command, lambda _e: self._put(message_id, rating=value), self._tell, owner=self
        )
        self.updated.emit(at)

    def _rewrite(self, message_id: str, text: str) -> None:
        if self.busy():
            return
        command = RewriteAnswer(message_id=message_id, text=text)
        self._opening = command.job
        self._client.request(
            command, lambda event: self._opened(event, ""), self._tell, owner=self
        )

    def explain(self, message_id: str) -> None:
        """Asks what stands behind an answer."""

        def tell(event: Explained) -> None:
            self.explained.emit(message_id, event)

        def fail(failed: Failed) -> None:
            self.explained.emit(message_id, None)
            self._tell(failed)

        self._client.request(Explain(message_id=message_id), tell, fail, owner=self)

    def allow_message(self, message_id: str, allowed: bool | None) -> None:
        """Allows or forbids learning from one message; None follows the conversation."""
        command = SetMessageConsent(message_id=message_id, allowed=allowed)
        self._client.request(
            command, lambda _e: self._put(message_id, consent=allowed), self._tell, owner=self
        )

    def allow_conversation(self, allowed: bool) -> None:
        """Allows or forbids learning from the shown conversation, made already or not."""
        self.consent_wish = allowed
        if self.conversation is not None:
            command = SetConversationConsent(
                conversation_id=self.conversation.id, allowed=allowed
            )
            self._client.request(command, self._conversation_changed, self._tell, owner=self)
        else:
            self.conversation_changed.emit(None)

    def consent(self) -> bool:
        """Whether the shown conversation may be learned from."""
        return self.conversation.consent if self.conversation else self.consent_wish

    def use_memory(self, use: bool) -> None:
        """Tells the model what is remembered in the shown conversation, or not."""
        self.memory_wish = use
        if self.conversation is not None:
            command = SetConversationMemory(conversation_id=self.conversation.id, use=use)
            self._client.request(command, self._conversation_changed, self._tell, owner=self)
        else:
            self.conversation_changed.emit(None)

    def memory(self) -> bool | None:
        """What the shown conversation wishes; None follows the setting."""
        return self.conversation.memory if self.conversation else self.memory_wish

    def _conversation_changed(self, event: ConversationChanged) -> None:
        if self.conversation is not None and self.conversation.id == event.conversation.id:
            self.conversation = event.conversation
            self.conversation_changed.emit(event.conversation)

    def _put(self, message_id: str, **values: object) -> None:
        at = self._index(message_id)
        if at is not None:
            self.messages[at] = replace(self.messages[at], **values)  # type: ignore[arg-type]
            self.updated.emit(at)

    def _index(self, message_id: str) -> int | None:
        found = (i for i, m in enumerate(self.messages) if m.id == message_id)
        return next(found, None)

    # -- told by the engine -----------------------------------------------------------------------

    def _hear(self, event: Event) -> None:
        live = self._live.get(event.job)
        if live is None:
            return
        shown = event.job == self._job
        match event:
            case ModelLoading():
                if shown:
                    self.loading.emit(event.fraction)
            case ReplyStarted():
                self._started(live, event, shown)
            case ReplyTokens():
                live.text += event.text
                if shown:
                    self._grow(event.text, live)
            case ReplyDone() | Stopped() | Failed():
                del self._live[event.job]
                self._ended(live, event, shown)

    def _grow(self, text: str, live: LiveReply) -> None:
        self.messages[-1] = replace(self.messages[-1], text=live.text)
        self.streamed.emit(text)

    def _started(self, live: LiveReply, event: ReplyStarted, shown: bool) -> None:
        live.conversation_id = event.conversation.id
        live.answer_id, live.dropped = event.answer_id, event.dropped_messages
        if shown:
            at = len(self.messages) - 1
            if event.question is not None:
                at -= 1
                self.messages[at] = event.question
            if not live.text:
                self.messages[-1] = streaming_answer(live, self.messages[-2].id)
            new = self.conversation is None
            self.conversation = event.conversation
            self.changed_from.emit(at)
            self.dropped.emit(event.dropped_messages)
            self.conversation_changed.emit(event.conversation)
            if new and self.consent_wish and not self.temporary:
                self.allow_conversation(True)
            if new and self.memory_wish is not None:
                self.use_memory(self.memory_wish)
        self.listed_changed.emit()

    def _ended(
        self, live: LiveReply, event: ReplyDone | Stopped | Failed, shown: bool
    ) -> None:
        if isinstance(event, ReplyDone):
            self.usage[event.message.id] = event.usage
        if shown:
            self._set_job("")
            if isinstance(event, ReplyDone):
                self.conversation = event.conversation
                self._finish(event.message)
                self.noted.emit(event.message.id, event.usage)
            elif isinstance(event, Stopped) and event.message is not None:
                self._finish(event.message)
            else:
                self._break_off(live, stopped=isinstance(event, Stopped))
        if isinstance(event, Failed) and shown:
            self.failed.emit(event)
        self.listed_changed.emit()

    def _finish(self, message: MessageRecord) -> None:
        self.messages[-1] = message
        self.updated.emit(len(self.messages) - 1)

    def _break_off(self, live: LiveReply, *, stopped: bool) -> None:
        """Keeps what was stored; takes back what was not."""
        if live.answer_id:
            state = MessageState.STOPPED if stopped else MessageState.FAILED
            self._finish(replace(self.messages[-1], text=live.text, state=state))
            return
        self.messages[live.at :] = live.replaced
        self.changed_from.emit(live.at)
        if live.asked is not None:
            self.draft_returned.emit(live.asked)

    def _tell(self, failed: Failed) -> None:
        self.failed.emit(failed)
