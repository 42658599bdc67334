"""Finding past turns and facts by meaning, what stood in an answer's prompt, chats of an adapter.

`turn_words` holds the search words of messages by their stems; `messages.turn_indexed` tells which
are in it. Vectors go with their row, and when its text changes. `reply_sources` names the memories
and messages that were put into the prompt of an answer. `conversations.memory` is the chat's own
wish: NULL follows the setting. `adapter_conversations` outlives the examples, so that erasing a
chat finds every adapter that learned from it.
"""

from collections.abc import Callable

_STEPS = (
    "ALTER TABLE conversations ADD COLUMN memory INTEGER",
    "ALTER TABLE messages ADD COLUMN turn_indexed INTEGER NOT NULL DEFAULT 0",
    "CREATE INDEX messages_to_index ON messages (position) WHERE turn_indexed = 0",
    "CREATE VIRTUAL TABLE turn_words USING fts5 ("
    " words, content = '', tokenize = 'porter unicode61 remove_diacritics 2')",
    "INSERT INTO turn_words (turn_words, rank) VALUES ('secure-delete', 1)",
    "CREATE TABLE turn_vectors ("
    " position INTEGER PRIMARY KEY REFERENCES messages (position) ON DELETE CASCADE,"
    " encoder TEXT NOT NULL, vector BLOB NOT NULL) STRICT",
    "CREATE TABLE memory_vectors ("
    " position INTEGER PRIMARY KEY REFERENCES memories (position) ON DELETE CASCADE,"
    " encoder TEXT NOT NULL, vector BLOB NOT NULL) STRICT",
    "CREATE TRIGGER turn_changed AFTER UPDATE OF text ON messages"
    " BEGIN DELETE FROM turn_vectors WHERE position = old.position; END",
    "CREATE TRIGGER memory_changed AFTER UPDATE OF text ON memories"
    " BEGIN DELETE FROM memory_vectors WHERE position = old.position; END",
    "CREATE TABLE reply_sources ("
    " answer_id TEXT NOT NULL REFERENCES messages (id) ON DELETE CASCADE, place INTEGER NOT NULL,"
    " kind TEXT NOT NULL, source_id TEXT NOT NULL, PRIMARY KEY (answer_id, place)"
    ") STRICT, WITHOUT ROWID",
    "CREATE TABLE adapter_conversations ("
    " adapter_id TEXT NOT NULL REFERENCES adapters (id) ON DELETE CASCADE,"
    " conversation_id TEXT NOT NULL, PRIMARY KEY (adapter_id, conversation_id)"
    ") STRICT, WITHOUT ROWID",
    "INSERT INTO adapter_conversations (adapter_id, conversation_id)"
    " SELECT DISTINCT a.adapter_id, e.conversation_id FROM adapter_examples a"
    " JOIN examples e ON e.id = a.example_id WHERE e.conversation_id IS NOT NULL",
)


def upgrade(execute: Callable[[str], int]) -> None:
    """Adds the tables, empty but for what is known of adapters."""
    for step in _STEPS:
        execute(step)
