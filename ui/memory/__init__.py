"""Memory: every remembered fact, editable."""
