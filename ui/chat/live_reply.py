"""An answer under way: which job writes which message of which conversation."""

from dataclasses import dataclass, field, replace

from storage.records import MessageRecord, MessageState, Role

__all__ = ["PENDING", "LiveReply", "pending_question", "streaming_answer"]

PENDING = "pending"


@dataclass(slots=True)
class LiveReply:
    """One `Reply` job. ``answer_id`` is empty until the engine has stored the question.

    ``replaced`` is what the thread showed from index ``at`` on before this was asked.
    """

    job: str
    conversation_id: str | None
    asked: str | None = field(default=None, repr=False)
    answer_id: str = ""
    text: str = field(default="", repr=False)
    dropped: int = 0
    at: int = 0
    replaced: list[MessageRecord] = field(default_factory=list, repr=False)


def pending_question(conversation_id: str, parent_id: str | None, text: str) -> MessageRecord:
    """A question that is shown before the engine has stored it."""
    return MessageRecord(
        id=PENDING, conversation_id=conversation_id, parent_id=parent_id, position=0,
        role=Role.USER, text=text, created_at=0.0,
    )  # fmt: skip


def streaming_answer(live: LiveReply, parent_id: str | None) -> MessageRecord:
    """The answer of `live` as far as it got."""
    return MessageRecord(
        id=live.answer_id or PENDING, conversation_id=live.conversation_id or "",
        parent_id=parent_id, position=0, role=Role.ASSISTANT, text=live.text, created_at=0.0,
        state=MessageState.STREAMING,
    )  # fmt: skip


def with_live_text(
    messages: tuple[MessageRecord, ...], live: LiveReply | None
) -> list[MessageRecord]:
    """Stored messages, with the live answer as far as it got.

    A message that is stored as streaming although nobody writes it any more broke off.
    """
    streaming = MessageState.STREAMING
    if live is None and all(record.state is not streaming for record in messages):
        return list(messages)
    result = []
    for record in messages:
        if live is not None and record.id == live.answer_id:
            result.append(replace(record, text=live.text, state=MessageState.STREAMING))
        elif record.state is MessageState.STREAMING:
            result.append(replace(record, state=MessageState.FAILED))
        else:
            result.append(record)
    return result
