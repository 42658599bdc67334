"""Conversations of the scripted world: lists, branches, search, import and export."""

import json
from dataclasses import replace
from pathlib import Path
from typing import assert_never

from engine.contract import (
    Acknowledged,
    ChatsExported,
    ChatsImported,
    ConversationChanged,
    ConversationOpened,
    ConversationsListed,
    DeleteConversation,
    Done,
    EngineError,
    ExportChats,
    FailureKind,
    ImportChats,
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
from engine.fakery.collecting import withdraw
from engine.fakery.world import World
from storage.records import ConversationRecord, Role, SearchHit

__all__ = ["ChatCommand", "handle"]

_Change = (
    RenameConversation | PinConversation | SetConversationConsent | SetConversationMemory
    | DeleteConversation | RestoreConversation | SetRetention
)  # fmt: skip
_Mark = RateMessage | SetMessageConsent
ChatCommand = (
    _Change | _Mark | ListConversations | OpenConversation | SelectBranch | SearchMessages
    | RewriteAnswer | ImportChats | ExportChats
)  # fmt: skip


def handle(world: World, command: ChatCommand) -> Done:
    """The terminal event of a command about chats; raises `EngineError`."""
    match command:
        case ListConversations():
            return _list(world, command)
        case OpenConversation():
            return _opened(world, command.job, command.conversation_id)
        case SelectBranch():
            leaf = world.newest_leaf(command.message_id)
            owner = world.conversation(command.conversation_id)
            world.change_conversation(replace(owner, leaf_id=leaf))
            return _opened(world, command.job, command.conversation_id)
        case SearchMessages():
            return MessagesFound(job=command.job, hits=_search(world, command))
        case ImportChats():
            return _import(world, command)
        case ExportChats():
            return _export(world, command)
        case RateMessage() | SetMessageConsent():
            return _mark(world, command)
        case RewriteAnswer():
            return _rewrite(world, command)
        case (
            RenameConversation() | PinConversation() | SetConversationConsent()
            | SetConversationMemory() | DeleteConversation() | RestoreConversation()
            | SetRetention()
        ):  # fmt: skip
            return ConversationChanged(job=command.job, conversation=_change(world, command))
        case _:
            assert_never(command)


def _list(world: World, command: ListConversations) -> Done:
    shown = [
        world.conversation(c)
        for c, record in world.conversations.items()
        if c not in world.deleted and not record.temporary
    ]
    shown.sort(key=lambda c: (c.pinned, c.updated_at), reverse=True)
    page = shown[command.offset : command.offset + command.limit]
    return ConversationsListed(job=command.job, conversations=tuple(page))


def _opened(world: World, job: str, conversation_id: str) -> Done:
    return ConversationOpened(
        job=job,
        conversation=world.conversation(conversation_id),
        messages=world.branch(conversation_id),
    )


def _change(world: World, command: _Change) -> ConversationRecord:
    old = world.conversation(command.conversation_id)
    match command:
        case RenameConversation():
            return world.change_conversation(replace(old, title=command.title.strip()))
        case PinConversation():
            return world.change_conversation(replace(old, pinned=command.pinned))
        case SetConversationConsent():
            changed = world.change_conversation(replace(old, consent=command.allowed))
            withdraw(world)
            return changed
        case SetConversationMemory():
            return world.change_conversation(replace(old, memory=command.use))
        case SetRetention():
            return world.change_conversation(replace(old, retention_days=command.days))
        case DeleteConversation() if command.forever or old.temporary:
            world.purge(old.id)
            world.note("conversation_erased", old.id)
        case DeleteConversation():
            world.deleted.add(old.id)
        case RestoreConversation():
            world.deleted.discard(old.id)
        case _:
            assert_never(command)
    return old


def _rewrite(world: World, command: RewriteAnswer) -> Done:
    old, text = world.message(command.message_id), command.text.strip()
    if old.role is not Role.ASSISTANT or not text or text == old.text.strip():
        raise EngineError(FailureKind.BAD_INPUT, "Change the answer first, then keep it.")
    made = world.add_message(old.conversation_id, old.parent_id, Role.ASSISTANT, text)
    world.rewritten[made.id] = world.rewritten.get(old.id, old.id)
    return _opened(world, command.job, old.conversation_id)


def _mark(world: World, command: _Mark) -> Done:
    old = world.message(command.message_id)
    match command:
        case RateMessage():
            if command.rating not in {-1, 0, 1}:
                raise EngineError(FailureKind.BAD_INPUT, "A rating is up, down or none.")
            world.messages[old.id] = replace(old, rating=command.rating)
        case SetMessageConsent():
            world.messages[old.id] = replace(old, consent=command.allowed)
            withdraw(world)
        case _:
            assert_never(command)
    return Acknowledged(job=command.job)


def _search(world: World, command: SearchMessages) -> tuple[SearchHit, ...]:
    words = command.query.casefold().split()
    hits = []
    for message in reversed(list(world.messages.values())):
        text = message.text.casefold()
        owner = world.conversations[message.conversation_id]
        if not words or owner.temporary or owner.id in world.deleted:
            continue
        if all(word in text for word in words):
            at = text.index(words[0])
            hit = SearchHit(
                conversation_id=owner.id, message_id=message.id, title=owner.title,
                snippet=_snippet(message.text, at, len(words[0])), created_at=message.created_at,
            )  # fmt: skip
            hits.append(hit)
    return tuple(hits[: command.limit])


def _snippet(text: str, at: int, length: int) -> str:
    before, hit, after = text[max(0, at - 30) : at], text[at : at + length], text[at + length :]
    return f"{before}\ue000{hit}\ue001{after[:40]}"


def _import(world: World, command: ImportChats) -> Done:
    try:
        lines = Path(command.path).read_text("utf-8").splitlines()
        chats = [json.loads(line) for line in lines if line.strip()]
        pairs = [[(Role(m["role"]), str(m["content"])) for m in c["messages"]] for c in chats]
        if not chats:
            raise ValueError
    except (OSError, ValueError, KeyError, TypeError):
        raise EngineError(
            FailureKind.BAD_INPUT, "This file is not a readable chat export; nothing was imported."
        ) from None
    for chat, messages in zip(chats, pairs, strict=True):
        owner = world.add_conversation(str(chat.get("title", "")), consent=command.consent)
        parent: str | None = None
        for role, text in messages:
            parent = world.add_message(owner.id, parent, role, text).id
    if command.consent:
        world.settings["learning_consent"] = True
    return ChatsImported(
        job=command.job, conversations=len(chats), messages=sum(map(len, pairs)), skipped=0
    )


def _export(world: World, command: ExportChats) -> Done:
    chosen = [
        c for c in world.conversations
        if command.conversation_id in {None, c} and not world.conversations[c].temporary
    ]  # fmt: skip
    lines, count = [], 0
    for conversation in chosen:
        messages = world.branch(conversation)
        count += len(messages)
        body = [{"role": m.role.value, "content": m.text} for m in messages]
        lines.append(json.dumps({"messages": body}, ensure_ascii=False))
    try:
        Path(command.path).write_text("\n".join(lines) + "\n", "utf-8")
    except OSError:
        raise EngineError(
            FailureKind.BAD_INPUT, "The file could not be written; choose another folder."
        ) from None
    return ChatsExported(
        job=command.job, path=command.path, conversations=len(chosen), messages=count
    )
