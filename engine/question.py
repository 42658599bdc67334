"""The user's side of a reply: checked, and written down before anything else is done with it."""

from dataclasses import dataclass

from engine.contract import EngineError, FailureKind, Reply, ReplyOptions
from engine.library.chat_file import clean_text, title_from
from storage.records import ConversationRecord, MessageRecord, MessageState, Role
from storage.settings import SettingValue, check
from storage.store import Store

__all__ = ["Place", "checked_settings", "store_question"]


@dataclass(frozen=True, slots=True)
class Place:
    """The conversation, the new question (None when answering anew), and what is answered.

    ``continued`` is the answer that is taken up where it ended; None for a new one.
    """

    conversation_id: str
    question: MessageRecord | None
    answered: MessageRecord
    continued: MessageRecord | None = None


def checked_settings(store: Store, options: ReplyOptions) -> dict[str, SettingValue]:
    """Settings, replaced by the options that are given.

    Raises:
        SettingError: An option is out of its bounds.
        StoreError: There is no adapter of the name that `options` give.
    """
    given = {
        "temperature": options.temperature,
        "max_tokens": options.max_tokens,
        "seed": options.seed,
        "adapter_strength": options.strength,
        "memory": options.memory,
        "past_chats": options.past_chats,
    }
    chosen = {key: check(key, value) for key, value in given.items() if value is not None}
    if options.adapter not in {"active", "off"}:
        store.adapters.get(options.adapter)
    return store.settings.all() | chosen


def store_question(chats: Store, command: Reply) -> Place:
    """Stores the user's words where `command` says, or finds the question to answer anew.

    Args:
        chats: Where the conversation lives: the profile, or the store of temporary chats.
        command: What was said, or which question is meant.

    Raises:
        EngineError: ``BAD_INPUT`` for an empty message or for something that is no question.
        StoreError: The conversation or message is gone, or the disk is full.
    """
    if command.goes_on:
        return _answer_to_continue(chats, command)
    if command.text is None:
        return _question_again(chats, command)
    text = clean_text(command.text)
    if not text:
        raise EngineError(FailureKind.BAD_INPUT, "The message is empty; write something first.")
    with chats.transaction():
        conversation = _conversation(chats, command, text)
        parent_id = command.parent_id
        if parent_id is None and not command.at_root:
            parent_id = conversation.leaf_id
        question = chats.messages.add(
            conversation.id, parent_id=parent_id, role=Role.USER, text=text
        )
    return Place(conversation.id, question, question)


def _question_again(chats: Store, command: Reply) -> Place:
    if command.parent_id is None:
        raise EngineError(
            FailureKind.BAD_INPUT, "Choose the question that is to be answered again."
        )
    asked = chats.messages.get(command.parent_id)
    if asked.role is not Role.USER or command.conversation_id != asked.conversation_id:
        raise EngineError(
            FailureKind.BAD_INPUT, "Only a message of yours can be answered; choose one."
        )
    return Place(asked.conversation_id, None, asked)


def _answer_to_continue(chats: Store, command: Reply) -> Place:
    if command.parent_id is None or command.text is not None:
        raise EngineError(
            FailureKind.BAD_INPUT, "Choose an answer to go on with, and send no new words."
        )
    begun = chats.messages.get(command.parent_id)
    own = command.conversation_id == begun.conversation_id and begun.role is Role.ASSISTANT
    if not own or begun.parent_id is None:
        raise EngineError(
            FailureKind.BAD_INPUT, "Only an answer to a question can go on; choose one."
        )
    if begun.state is MessageState.STREAMING:
        raise EngineError(
            FailureKind.BAD_INPUT, "This answer is still being written; wait until it ends."
        )
    return Place(begun.conversation_id, None, chats.messages.get(begun.parent_id), begun)


def _conversation(chats: Store, command: Reply, text: str) -> ConversationRecord:
    if command.conversation_id is None:
        return chats.conversations.create(title_from(text))
    found = chats.conversations.get(command.conversation_id)
    if not found.title:
        chats.conversations.rename(found.id, title_from(text))
    return found
