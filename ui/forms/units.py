"""Figures in words that the shared formats do not cover: unmeasured rates, time left, moments."""

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

from ui.widgets import percent_text

__all__ = ["count_text", "left_text", "moment_text", "number_text", "rate_text"]

UNKNOWN = "–"


def rate_text(rate: float | None) -> str:
    """A rate from 0 to 1 as a whole percentage; a dash when it was not measured."""
    return UNKNOWN if rate is None else percent_text(rate)


def number_text(value: float | None, digits: int = 2) -> str:
    """A number with `digits` decimals; a dash when it was not measured."""
    return UNKNOWN if value is None else str(QLocale().toString(float(value), "f", digits))


def count_text(value: int) -> str:
    """A whole number with the locale's grouping."""
    return str(QLocale().toString(value))


def left_text(seconds: float | None) -> str:
    """Time left, said no more exactly than it is known; a dash when it is unknown."""
    if seconds is None:
        return UNKNOWN
    if seconds < 60:
        return QCoreApplication.translate("Units", "under a minute")
    minutes = round(seconds / 60)
    if minutes < 60:
        return QCoreApplication.translate("Units", "about {count} min").format(count=minutes)
    hours = round(minutes / 60)
    return QCoreApplication.translate("Units", "about {count} h").format(count=hours)


def moment_text(unix_seconds: float) -> str:
    """A moment (Unix seconds) as local date and time in the locale's short form."""
    if unix_seconds <= 0:
        return UNKNOWN
    moment = QDateTime.fromSecsSinceEpoch(int(unix_seconds))
    return str(QLocale().toString(moment, QLocale.FormatType.ShortFormat))
