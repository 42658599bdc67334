"""Whether the model is to read chats. Imports nothing that takes time to load."""

from collections.abc import Mapping

from storage.settings import SettingValue

__all__ = ["LARGE", "model_reads"]

LARGE = 1_000_000_000
"""Parameters from which on a model is asked by itself: a judgement, no measurement; the 135 million
of the embedded one are too few (docs/measurements.md)."""


def model_reads(settings: Mapping[str, SettingValue], parameters: int) -> bool:
    """Whether a model of so many parameters reads beside the rules (setting *Find facts with*)."""
    how = settings["extraction"]
    return bool(settings["learning_consent"]) and (
        how == "model" or (how == "auto" and parameters >= LARGE)
    )
