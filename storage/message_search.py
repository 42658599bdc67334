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
MANY = 5000


def _is_common(database: Database, expression: str) -> bool:
    """Whether more than `MANY` messages match."""
    counted = database.value(
        "SELECT count(*) FROM (SELECT 1 FROM message_words WHERE message_words MATCH ? LIMIT ?)",
        (expression, MANY + 1),
    )
    return int(counted) > MANY


def find(database: Database, query: str, limit: int) -> tuple[SearchHit, ...]:
    """Up to `limit` messages of conversations that are not deleted, best first.

    What is in more than `MANY` messages comes newest first: rating all of them would take long and
    tell them hardly apart.
    """
    query = clean(query).strip()
    expression = all_of(query)
    if expression:
        order = "w.rowid DESC" if _is_common(database, expression) else "w.rank"
        rows = database.rows(
            f"SELECT {_HIT} FROM message_words w JOIN messages m ON m.position = w.rowid {_LIVE}"  # noqa: S608
            f" WHERE w.message_words MATCH ? ORDER BY {order} LIMIT ?",
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
