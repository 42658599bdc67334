"""Finding messages by their words.

The index answers words, unfinished last words, and any run of Chinese, Japanese or Korean
characters. A query without a word (an emoji, "++") goes through the texts one by one.
"""

from storage.database import Database
from storage.records import SearchHit
from storage.search_text import all_of
from storage.snippets import snippet
from storage.values import clean

_HIT = "m.conversation_id, m.id, c.title, m.text, m.created_at"
_LIVE = "JOIN conversations c ON c.id = m.conversation_id AND c.deleted_at IS NULL"


def find(database: Database, query: str, limit: int) -> tuple[SearchHit, ...]:
    """Up to `limit` messages of conversations that are not deleted, best first."""
    query = clean(query).strip()
    expression = all_of(query)
    if expression:
        rows = database.rows(
            f"SELECT {_HIT} FROM message_words w JOIN messages m ON m.position = w.rowid {_LIVE}"  # noqa: S608
            " WHERE w.message_words MATCH ? ORDER BY w.rank LIMIT ?",
            (expression, limit),
        )
    elif query:
        escaped = query.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        rows = database.rows(
            f"SELECT {_HIT} FROM messages m {_LIVE}"  # noqa: S608
            " WHERE m.text LIKE ? ESCAPE '\\' ORDER BY m.position DESC LIMIT ?",
            (f"%{escaped}%", limit),
        )
    else:
        return ()
    return tuple(
        SearchHit(
            conversation_id=row[0], message_id=row[1], title=row[2],
            snippet=snippet(row[3], query), created_at=row[4],
        )
        for row in rows
    )  # fmt: skip
