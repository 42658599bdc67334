"""What the assistant remembers: facts found by the words of a question."""
