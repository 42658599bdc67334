"""The lock screen and what to do when the key or the database is missing or damaged."""
