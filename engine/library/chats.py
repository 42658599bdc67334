"""Conversations: lists, branches, search, marks, deletion. On the lane that owns `store`."""

from typing import assert_never

from engine.contract import (
    Acknowledged,
    ConversationChanged,
    ConversationOpened,
    ConversationsListed,
    DeleteConversation,
    Done,
    EngineError,
    FailureKind,
    ListConversations,
    MessagesFound,
    OpenConversation,
    PinConversation,
    RateMessage,
    RenameConversation,
    RestoreConversation,
    RewriteAnswer,
    SearchMessages,
    SelectBranch,
    SetConversationConsent,
    SetConversationMemory,
    SetMessageConsent,
    SetRetention,
)
from engine.library.chat_file import clean_text, title_from
from storage.records import ConversationRecord, MessageRecord, MessageState, Role
from storage.store import Store

__all__ = ["ChatChange", "ChatCommand", "erase", "handle", "opened"]

ChatChange = (
    RenameConversation | PinConversation | SetConversationConsent | SetConversationMemory
    | DeleteConversation | RestoreConversation | SetRetention
)  # fmt: skip
ChatCommand = (
    ChatChange | ListConversations | OpenConversation | SelectBranch | SearchMessages
    | RateMessage | RewriteAnswer | SetMessageConsent
)  # fmt: skip

_MOST_ROWS = 100_000
_RATINGS = {-1, 0, 1}


def handle(store: Store, command: ChatCommand) -> Done:
    """The terminal event of a command about chats; raises `StoreError` or `EngineError`."""
    match command:
        case ListConversations():
            limit = min(max(command.limit, 0), _MOST_ROWS)
            listed = store.conversations.list(limit=limit, offset=max(command.offset, 0))
            return ConversationsListed(job=command.job, conversations=tuple(listed))
        case OpenConversation():
            return opened(store, command.job, command.conversation_id)
        case SelectBranch():
            leaf = store.messages.newest_leaf(_message_of(store, command).id)
            store.conversations.show_leaf(command.conversation_id, leaf)
            return opened(store, command.job, command.conversation_id)
        case SearchMessages():
            limit = min(max(command.limit, 0), _MOST_ROWS)
            hits = store.messages.search(command.query, limit)
            return MessagesFound(job=command.job, hits=tuple(hits))
        case RateMessage():
            return _rate(store, command)
        case RewriteAnswer():
            return _rewrite(store, command)
        case SetMessageConsent():
            with store.transaction():
                store.messages.set_consent(command.message_id, command.allowed)
                store.examples.withdraw()
            return Acknowledged(job=command.job)
        case (
            RenameConversation() | PinConversation() | SetConversationConsent()
            | SetConversationMemory() | DeleteConversation() | RestoreConversation()
            | SetRetention()
        ):  # fmt: skip
            return ConversationChanged(job=command.job, conversation=_change(store, command))
        case _:
            assert_never(command)


def opened(store: Store, job: str, conversation_id: str) -> ConversationOpened:
    """The conversation with its shown branch."""
    return ConversationOpened(
        job=job,
        conversation=store.conversations.get(conversation_id),
        messages=tuple(store.messages.branch(conversation_id)),
    )


def _message_of(store: Store, command: SelectBranch) -> MessageRecord:
    """The message, checked to belong to the conversation that the command names."""
    message = store.messages.get(command.message_id)
    if message.conversation_id != command.conversation_id:
        raise EngineError(FailureKind.NOT_FOUND, "This message is in another conversation.")
    return message


def _rate(store: Store, command: RateMessage) -> Done:
    if command.rating not in _RATINGS:
        raise EngineError(FailureKind.BAD_INPUT, "Rate an answer up, down or not at all.")
    store.messages.rate(command.message_id, command.rating)
    return Acknowledged(job=command.job)


def _rewrite(store: Store, command: RewriteAnswer) -> Done:
    """The user's own words in an answer's place; raises `EngineError` when they say nothing new."""
    text = clean_text(command.text)
    old = store.messages.get(command.message_id)
    if old.role is not Role.ASSISTANT or old.state is MessageState.STREAMING:
        raise EngineError(FailureKind.BAD_INPUT, "Only a finished answer can be rewritten.")
    if not text or text == old.text.strip():
        raise EngineError(FailureKind.BAD_INPUT, "Change the answer first, then keep it.")
    store.judgements.rewrite(old.id, text)
    return opened(store, command.job, old.conversation_id)


def _change(store: Store, command: ChatChange) -> ConversationRecord:
    """Changes one conversation; returns it as it is afterwards (or was, when it is erased)."""
    name = command.conversation_id
    before = store.conversations.get(name)
    match command:
        case RenameConversation():
            store.conversations.rename(name, title_from(command.title))
        case PinConversation():
            store.conversations.pin(name, command.pinned)
        case SetConversationConsent():
            with store.transaction():
                store.conversations.set_consent(name, command.allowed)
                store.examples.withdraw()
                store.audit.add("consent_given" if command.allowed else "consent_withdrawn", name)
        case SetConversationMemory():
            store.conversations.use_memory(name, command.use)
        case SetRetention():
            store.conversations.keep_for(name, command.days)
        case DeleteConversation(forever=True):
            erase(store, name)
            return before
        case DeleteConversation():
            store.conversations.delete(name)
        case RestoreConversation():
            store.conversations.restore(name)
        case _:
            assert_never(command)
    return store.conversations.get(name)


def erase(store: Store, conversation_id: str) -> None:
    """Erases a conversation with all made from it; adapters that learned from it are retired."""
    with store.transaction():
        store.adapters.retire(store.conversations.purge(conversation_id))
        store.audit.add("conversation_erased", conversation_id)
