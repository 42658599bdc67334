"""Conversations as plain text files: JSON lines, JSON or Markdown. The shown branch of each."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from storage.records import ConversationRecord, MessageRecord, Role

__all__ = ["FORMATS", "Chat", "as_json", "as_lines", "as_markdown"]

Chat = tuple[ConversationRecord, tuple[MessageRecord, ...]]

_NAMES = {Role.USER: "You", Role.ASSISTANT: "Assistant", Role.SYSTEM: "Instruction"}


def as_lines(chats: Iterator[Chat]) -> Iterator[str]:
    """One object with ``messages`` and ``title`` a line: the form that import reads."""
    for conversation, messages in chats:
        body = [{"role": m.role.value, "content": m.text} for m in messages]
        yield json.dumps({"messages": body, "title": conversation.title}, ensure_ascii=False) + "\n"


def as_json(chats: Iterator[Chat]) -> Iterator[str]:
    """One list of conversations, with times."""
    yield "["
    for number, (conversation, messages) in enumerate(chats):
        yield ",\n" if number else "\n"
        body = [
            {"role": m.role.value, "content": m.text, "created_at": m.created_at}
            for m in messages
        ]
        chat = {
            "title": conversation.title,
            "created_at": conversation.created_at,
            "messages": body,
        }
        yield json.dumps(chat, ensure_ascii=False, indent=1)
    yield "\n]\n"


def as_markdown(chats: Iterator[Chat]) -> Iterator[str]:
    """Headings for conversations, bold names for speakers."""
    for number, (conversation, messages) in enumerate(chats):
        yield "\n---\n\n" if number else ""
        begun = datetime.fromtimestamp(conversation.created_at, UTC)
        yield f"# {conversation.title or 'Conversation'}\n\n*{begun:%Y-%m-%d}*\n"
        for message in messages:
            yield f"\n**{_NAMES[message.role]}**\n\n{message.text}\n"


FORMATS: dict[str, Callable[[Iterator[Chat]], Iterator[str]]] = {
    "jsonl": as_lines,
    "json": as_json,
    "markdown": as_markdown,
}
