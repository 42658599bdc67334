"""Whether the model is to read chats. Imports nothing that takes time to load."""

from collections.abc import Mapping

from storage.settings import SettingValue

__all__ = ["LARGE", "model_reads"]

LARGE = 1_000_000_000
"""Parameters from which on a model reads better than it makes up (docs/measurements.md)."""


def model_reads(settings: Mapping[str, SettingValue], parameters: int) -> bool:
    """Whether a model of so many parameters reads beside the rules, by the setting *Facts*."""
    how = settings["extraction"]
    return bool(settings["learning_consent"]) and (
        how == "model" or (how == "auto" and parameters >= LARGE)
    )
