"""Handlers of the library lane: profile, chats, inbox, memories, adapters, models, files."""
