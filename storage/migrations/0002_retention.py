"""How long each conversation is kept, and how old it is by the app's own count of time.

`retention_days` is the conversation's own wish: NULL follows the setting, 0 keeps it for ever.
`last_age` is the count of `storage.aging` at its newest message; conversations that were there
before this step start at 0, which is when counting begins.
"""

from collections.abc import Callable


def upgrade(execute: Callable[[str], int]) -> None:
    """Adds the two columns."""
    execute("ALTER TABLE conversations ADD COLUMN retention_days INTEGER")
    execute("ALTER TABLE conversations ADD COLUMN last_age INTEGER NOT NULL DEFAULT 0")
    execute("CREATE INDEX conversations_by_age ON conversations (last_age)")
