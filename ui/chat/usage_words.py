"""The figures of an answer in one line."""

from PySide6.QtCore import QCoreApplication, QLocale

from engine.contract import ReplyUsage

__all__ = ["usage_words"]


def usage_words(usage: ReplyUsage) -> str:
    """Speed, length, wait for the first token, and how full the context is."""
    local = QLocale()
    text = QCoreApplication.translate(
        "Usage", "{speed} tokens/s, {tokens} tokens, first after {first} s, context {used}/{room}"
    )
    return text.format(
        speed=local.toString(usage.tokens_per_s, "f", 1),
        tokens=local.toString(usage.tokens),
        first=local.toString(usage.first_token_s, "f", 2),
        used=local.toString(usage.prompt_tokens + usage.tokens),
        room=local.toString(usage.context_length),
    )
