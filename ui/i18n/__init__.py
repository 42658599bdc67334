"""The window's languages: English in the source, others as Qt translation files."""

from ui.i18n.language import Language

__all__ = ["Language"]
