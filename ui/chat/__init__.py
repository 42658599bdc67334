"""The chat page: conversations at the left, the thread, the composer."""
