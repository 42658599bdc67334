"""Decoding: from token ids to the next token, fast; adapters are applied at run time."""
