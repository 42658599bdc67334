"""The parts of the scripted engine: a world in memory and what each command does to it."""
