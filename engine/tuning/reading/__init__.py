"""The loaded model reads what the user told: the second way from chats to candidates."""
