"""The terminal commands: the contract of the engine, spoken from a shell. Needs no Qt."""
