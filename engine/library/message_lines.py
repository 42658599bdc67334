"""Chats as ``{"messages": [{"role", "content"}], "title"?}``, the form of training files."""

from typing import Any

from engine.library.chat_file import (
    ROLES,
    FileChat,
    FileMessage,
    bad_file,
    clean_text,
    clean_time,
    clean_title,
)

__all__ = ["chat_from_messages"]

_TOOL_ROLES = {"tool", "function"}


def chat_from_messages(untrusted_chat: Any, place: str) -> FileChat:
    """One conversation out of one decoded line.

    Raises:
        EngineError: ``BAD_INPUT`` naming `place` when the shape is another one.
    """
    if not isinstance(untrusted_chat, dict):
        raise bad_file(place, 'expected an object with "messages"')
    untrusted_messages = untrusted_chat.get("messages")
    if not isinstance(untrusted_messages, list) or not untrusted_messages:
        raise bad_file(place, 'expected a list of messages under "messages"')
    read = [_message(untrusted, place) for untrusted in untrusted_messages]
    kept = tuple(message for message in read if message is not None)
    return FileChat(clean_title(untrusted_chat.get("title")), kept, len(read) - len(kept))


def _message(untrusted: Any, place: str) -> FileMessage | None:
    """The message, or None for one that carries no text of a person or an assistant."""
    if not isinstance(untrusted, dict):
        raise bad_file(place, "each message must be an object")
    name, content = untrusted.get("role"), untrusted.get("content")
    if name in _TOOL_ROLES:
        return None
    if not isinstance(name, str) or name not in ROLES:
        raise bad_file(place, "each message needs a role: system, user or assistant")
    if content is None and "tool_calls" in untrusted:
        return None
    text = clean_text(_content_text(content, place))
    if not text:
        return None
    return FileMessage(ROLES[name], text, clean_time(untrusted.get("created_at")))


def _content_text(content: Any, place: str) -> str:
    """The text of a content that is a string or a list of parts."""
    if isinstance(content, str):
        return content
    if not isinstance(content, list):
        raise bad_file(place, "each message needs its content as text")
    texts = (part.get("text") for part in content if isinstance(part, dict))
    return "\n".join(text for text in texts if isinstance(text, str))
