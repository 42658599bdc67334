"""One conversation of a ChatGPT data export: a tree of nodes, read along its current branch.

What the person saw is taken; hidden system messages, tool calls and their output, thoughts and
quotations of pages are left out. Answers that a tool call had cut in two are joined again.
"""

from typing import Any

from engine.library.chat_file import (
    FileChat,
    FileMessage,
    bad_file,
    clean_text,
    clean_time,
    clean_title,
)
from storage.records import Role

__all__ = ["chat_from_tree"]

_ROLES = {"user": Role.USER, "assistant": Role.ASSISTANT}
_TEXT_TYPES = {None, "text", "multimodal_text"}
_Node = dict[str, Any]


def chat_from_tree(untrusted_chat: Any, place: str) -> FileChat:
    """One conversation out of one decoded entry of the export.

    Raises:
        EngineError: ``BAD_INPUT`` naming `place` when it is no tree of messages.
    """
    mapping = untrusted_chat.get("mapping") if isinstance(untrusted_chat, dict) else None
    if not isinstance(mapping, dict):
        raise bad_file(place, 'expected a conversation with a "mapping"')
    nodes = {key: node for key, node in mapping.items() if isinstance(node, dict)}
    current = untrusted_chat.get("current_node")
    leaf = current if isinstance(current, str) and current in nodes else _newest_leaf(nodes)
    told = [node["message"] for node in _path(nodes, leaf, place) if node.get("message")]
    read = [_message(untrusted) for untrusted in told]
    kept = [message for message in read if message is not None]
    title = clean_title(untrusted_chat.get("title"))
    return FileChat(title, tuple(_joined(kept)), len(read) - len(kept))


def _path(nodes: dict[str, _Node], leaf: str | None, place: str) -> list[_Node]:
    """Nodes from the root down to `leaf`, by parents: `children` may be missing."""
    path: list[_Node] = []
    seen: set[str] = set()
    at: Any = leaf
    while isinstance(at, str) and at in nodes:
        if at in seen:
            raise bad_file(place, "its messages form a ring")
        seen.add(at)
        path.append(nodes[at])
        at = nodes[at].get("parent")
    return path[::-1]


def _newest_leaf(nodes: dict[str, _Node]) -> str | None:
    """The leaf with the newest message; the later one in the file where times are equal."""
    parents = {node.get("parent") for node in nodes.values() if _hashable(node.get("parent"))}
    newest: str | None = None
    newest_time = -1.0
    for key, node in nodes.items():
        message = node.get("message")
        made = clean_time(message.get("create_time")) if isinstance(message, dict) else None
        if key not in parents and (made or 0.0) >= newest_time:
            newest, newest_time = key, made or 0.0
    return newest


def _hashable(value: Any) -> bool:
    return value is None or isinstance(value, str)


def _message(untrusted: Any) -> FileMessage | None:
    """What a person saw of a message, or None when that is nothing."""
    if not isinstance(untrusted, dict):
        return None
    author, content = untrusted.get("author"), untrusted.get("content")
    role = _ROLES.get(str(author.get("role"))) if isinstance(author, dict) else None
    if role is None or not isinstance(content, dict) or _is_hidden(untrusted):
        return None
    text = clean_text(_text(content))
    return FileMessage(role, text, clean_time(untrusted.get("create_time"))) if text else None


def _is_hidden(untrusted: _Node) -> bool:
    metadata = untrusted.get("metadata")
    hidden = isinstance(metadata, dict) and metadata.get("is_visually_hidden_from_conversation")
    to_tool = untrusted.get("recipient") not in {None, "all"}
    return bool(hidden) or to_tool


def _text(content: _Node) -> str:
    kind = content.get("content_type")
    if kind == "code":
        body = _parts(content) or content.get("text")
        language = content.get("language")
        name = language if isinstance(language, str) and language.isalnum() else ""
        return f"```{name}\n{body}\n```" if isinstance(body, str) and body else ""
    return _parts(content) if kind is None or kind in _TEXT_TYPES else ""


def _parts(content: _Node) -> str:
    """The text parts; pictures and files among them are left out."""
    parts = content.get("parts")
    if not isinstance(parts, list):
        return ""
    texts = (part.get("text") if isinstance(part, dict) else part for part in parts)
    return "\n".join(text for text in texts if isinstance(text, str) and text)


def _joined(messages: list[FileMessage]) -> list[FileMessage]:
    """Joins answers that follow each other."""
    joined: list[FileMessage] = []
    for message in messages:
        if joined and joined[-1].role is message.role is Role.ASSISTANT:
            first = joined.pop()
            text = f"{first.text}\n\n{message.text}"
            joined.append(FileMessage(Role.ASSISTANT, text, first.created_at))
        else:
            joined.append(message)
    return joined
