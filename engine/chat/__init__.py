"""Chat: turns, prompts that fit the context, and the reply loop."""
