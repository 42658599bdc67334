"""The private store: encrypted database, keys and sealed files. Imports nothing of ours."""
