"""What the assistant remembers: facts and past turns, found by words and by meaning."""
