"""Every table of the first version.

`counters` hands out positions: order never depends on a clock. Times are Unix seconds, for
showing only. `message_words` and `memory_words` are search indexes without their own copy of the
text; with FTS5's secure-delete a removed word leaves the index at once.
"""

from collections.abc import Callable

_TABLES = """
CREATE TABLE counters (
    name TEXT PRIMARY KEY, value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE settings (
    key TEXT PRIMARY KEY, value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE conversations (
    id TEXT PRIMARY KEY, title TEXT NOT NULL, created_at REAL NOT NULL, updated_at REAL NOT NULL,
    activity INTEGER NOT NULL, pinned INTEGER NOT NULL DEFAULT 0,
    consent INTEGER NOT NULL DEFAULT 0, leaf_id TEXT, message_count INTEGER NOT NULL DEFAULT 0,
    deleted_at REAL
) STRICT;

CREATE INDEX conversations_in_order ON conversations (pinned DESC, activity DESC);

CREATE TABLE messages (
    position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
    conversation_id TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    parent_id TEXT REFERENCES messages (id) ON DELETE CASCADE,
    role TEXT NOT NULL, text TEXT NOT NULL, created_at REAL NOT NULL, state TEXT NOT NULL,
    consent INTEGER, rating INTEGER NOT NULL DEFAULT 0, model_id TEXT, adapter_id TEXT,
    strength REAL NOT NULL DEFAULT 0, collected INTEGER NOT NULL DEFAULT 0,
    indexed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX messages_of_conversation ON messages (conversation_id, position);

CREATE INDEX messages_of_parent ON messages (parent_id);

CREATE INDEX messages_to_collect ON messages (position) WHERE role = 'user' AND collected = 0;

CREATE INDEX messages_streaming ON messages (position) WHERE state = 'streaming';

CREATE VIRTUAL TABLE message_words USING fts5 (
    words, content = '', tokenize = 'unicode61 remove_diacritics 2'
);

INSERT INTO message_words (message_words, rank) VALUES ('secure-delete', 1);

CREATE TABLE examples (
    position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL,
    noun TEXT NOT NULL, question TEXT NOT NULL, answer TEXT NOT NULL, value TEXT NOT NULL,
    language TEXT NOT NULL, status TEXT NOT NULL, conversation_id TEXT, source_message_id TEXT,
    source_text TEXT NOT NULL, redactions TEXT NOT NULL, weight REAL NOT NULL,
    created_at REAL NOT NULL
) STRICT;

CREATE INDEX examples_of_conversation ON examples (conversation_id);

CREATE INDEX examples_of_message ON examples (source_message_id);

CREATE TABLE memories (
    position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, text TEXT NOT NULL,
    enabled INTEGER NOT NULL DEFAULT 1, source_message_id TEXT, example_id TEXT,
    created_at REAL NOT NULL, updated_at REAL NOT NULL
) STRICT;

CREATE INDEX memories_of_message ON memories (source_message_id);

CREATE INDEX memories_of_example ON memories (example_id);

CREATE VIRTUAL TABLE memory_words USING fts5 (
    words, content = '', tokenize = 'porter unicode61 remove_diacritics 2'
);

INSERT INTO memory_words (memory_words, rank) VALUES ('secure-delete', 1);

CREATE TABLE files (
    position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL,
    version INTEGER NOT NULL, wrapped_key BLOB NOT NULL, size_bytes INTEGER NOT NULL,
    sealed_bytes INTEGER NOT NULL, created_at REAL NOT NULL
) STRICT;

CREATE TABLE adapters (
    position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, version INTEGER NOT NULL UNIQUE,
    created_at REAL NOT NULL, model_id TEXT NOT NULL, state TEXT NOT NULL,
    file_id TEXT NOT NULL REFERENCES files (id), size_bytes INTEGER NOT NULL,
    seed INTEGER NOT NULL, recipe TEXT NOT NULL, report TEXT
) STRICT;

CREATE TABLE adapter_examples (
    adapter_id TEXT NOT NULL REFERENCES adapters (id) ON DELETE CASCADE,
    example_id TEXT NOT NULL, place INTEGER NOT NULL, PRIMARY KEY (adapter_id, place)
) STRICT, WITHOUT ROWID;

CREATE INDEX adapter_examples_of_example ON adapter_examples (example_id);

CREATE TABLE activations (
    position INTEGER PRIMARY KEY, at REAL NOT NULL,
    adapter_id TEXT REFERENCES adapters (id) ON DELETE CASCADE
) STRICT;

CREATE INDEX activations_of_adapter ON activations (adapter_id);

CREATE TABLE active_adapter (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    adapter_id TEXT REFERENCES adapters (id) ON DELETE SET NULL
) STRICT;

INSERT INTO active_adapter (only, adapter_id) VALUES (1, NULL);

CREATE TABLE models (
    position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, path TEXT NOT NULL,
    format TEXT NOT NULL, architecture TEXT NOT NULL, parameters INTEGER NOT NULL,
    size_bytes INTEGER NOT NULL, licence TEXT NOT NULL, embedded INTEGER NOT NULL,
    added_at REAL NOT NULL
) STRICT;

CREATE TABLE audit (
    position INTEGER PRIMARY KEY, at REAL NOT NULL, action TEXT NOT NULL, detail TEXT NOT NULL
) STRICT;
"""


def upgrade(execute: Callable[[str], int]) -> None:
    """Makes the tables of an empty database."""
    for statement in _TABLES.split(";\n"):
        if statement.strip():
            execute(statement)
