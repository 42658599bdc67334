"""What the user thinks of answers: thumbs, and answers that were rewritten.

A rewritten answer is a message beside the one that it improves, so that the old one stays; that it
is one, and of which answer, is noted among the sources of the answer (`storage.reply_sources`).
"""

from dataclasses import dataclass

from storage.database import Database
from storage.errors import NotFound
from storage.message_rows import MESSAGE_COLUMNS, message_of
from storage.messages import Messages
from storage.records import MessageRecord, Role
from storage.reply_sources import REWRITTEN, ReplySources

_NO_ANSWER = "Only an answer can be rewritten; choose one."


@dataclass(frozen=True, slots=True)
class Judgement:
    """An answer that the user thought something of, and the question that it was given to.

    ``better`` is how the user rewrote it, None where only a thumb was given. Without siblings.
    """

    question: MessageRecord
    answer: MessageRecord
    better: MessageRecord | None = None


class Judgements:
    """The judged answers of one store."""

    def __init__(self, database: Database, messages: Messages, sources: ReplySources) -> None:
        self._db = database
        self._messages = messages
        self._sources = sources

    def rewrite(self, answer_id: str, text: str) -> MessageRecord:
        """Stores the user's `text` beside an answer and shows it in the answer's place.

        Rewriting what was rewritten before counts as another rewriting of the first answer.

        Raises:
            NotFound: The message is gone, or is no answer.
        """
        old = self._messages.get(answer_id)
        if old.role is not Role.ASSISTANT:
            raise NotFound(_NO_ANSWER)
        with self._db.transaction():
            made = self._messages.add(
                old.conversation_id, parent_id=old.parent_id, role=Role.ASSISTANT, text=text
            )
            first = dict(self._rewritten()).get(answer_id, answer_id)
            self._sources.keep(made.id, [(REWRITTEN, first)])
        return made

    def list(self) -> tuple[Judgement, ...]:
        """Judged answers that may be learned from, oldest first.

        Answer, question and rewriting must all be allowed: by themselves, or where they say
        nothing by their conversation.
        """
        rewritten = self._rewritten()
        newest = {first: better for better, first in rewritten}
        written = {better for better, _ in rewritten}
        rated = {row[0] for row in self._db.rows(
            "SELECT id FROM messages WHERE role = 'assistant' AND rating <> 0"
        )}  # fmt: skip
        found = [self._judged(name, newest.get(name)) for name in (rated | set(newest)) - written]
        return tuple(sorted((one for one in found if one), key=lambda one: one.answer.position))

    def stands(self, answer_id: str) -> bool:
        """Whether there is still an opinion of this answer, learned from or not."""
        rated = self._db.value(
            "SELECT count(*) FROM messages WHERE id = ? AND rating <> 0", (answer_id,)
        )
        return bool(rated) or any(first == answer_id for _, first in self._rewritten())

    def _judged(self, answer_id: str, better_id: str | None) -> Judgement | None:
        answer = self._allowed(answer_id)
        question = self._allowed(answer.parent_id) if answer else None
        better = self._allowed(better_id)
        if answer is None or question is None or question.role is not Role.USER:
            return None
        if better_id is not None and better is None:
            return None
        return Judgement(question, answer, better)

    def _allowed(self, message_id: str | None) -> MessageRecord | None:
        row = self._db.row(
            f"SELECT {MESSAGE_COLUMNS} FROM messages m"  # noqa: S608
            " JOIN conversations c ON c.id = m.conversation_id WHERE m.id = ?"
            " AND m.state IN ('complete', 'cut', 'stopped')"
            " AND coalesce(m.consent, c.consent) = 1 AND c.deleted_at IS NULL",
            (message_id,),
        )
        return None if row is None else message_of(row)

    def _rewritten(self) -> tuple[tuple[str, str], ...]:
        """(rewriting, first answer) in the order of their age."""
        rows = self._db.rows(
            "SELECT r.answer_id, r.source_id FROM reply_sources r"
            " JOIN messages m ON m.id = r.answer_id WHERE r.kind = ? ORDER BY m.position",
            (REWRITTEN,),
        )
        return tuple((row[0], row[1]) for row in rows)
