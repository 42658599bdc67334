"""Figures in words: sizes, durations, percentages and dates, in the language of the window."""

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale


def size_text(size_bytes: int) -> str:
    """A size in bytes as people write it, for example ``98.1 MB`` (decimal units)."""
    return QLocale().formattedDataSize(
        size_bytes, 1 if size_bytes >= 1000 else 0, QLocale.DataSizeFormat.DataSizeSIFormat
    )


def percent_text(rate: float | None) -> str:
    """A rate from 0 to 1 as a whole percentage; a dash when it was not measured."""
    if rate is None:
        return "–"
    return f"{QLocale().toString(round(rate * 100))}%"


def number_text(value: float | None, digits: int = 2) -> str:
    """A number with `digits` decimals; a dash when it was not measured."""
    return "–" if value is None else QLocale().toString(value, "f", digits)


def count_text(value: int) -> str:
    """A whole number with the locale's grouping."""
    return QLocale().toString(value)


def duration_text(seconds: float) -> str:
    """A length of time, in the two largest units that matter."""
    whole = max(0, round(seconds))
    if whole < 60:
        return QCoreApplication.translate("Units", "%1 s").replace("%1", str(whole))
    minutes, rest = divmod(whole, 60)
    if minutes < 60:
        text = QCoreApplication.translate("Units", "%1 min %2 s")
        return text.replace("%1", str(minutes)).replace("%2", str(rest))
    hours, minutes = divmod(minutes, 60)
    text = QCoreApplication.translate("Units", "%1 h %2 min")
    return text.replace("%1", str(hours)).replace("%2", str(minutes))


def left_text(seconds: float | None) -> str:
    """Time left, said no more exactly than it is known; a dash when it is unknown."""
    if seconds is None:
        return "–"
    if seconds < 60:
        return QCoreApplication.translate("Units", "under a minute")
    minutes = round(seconds / 60)
    if minutes < 60:
        return QCoreApplication.translate("Units", "about %1 min").replace("%1", str(minutes))
    return QCoreApplication.translate("Units", "about %1 h").replace("%1", str(round(minutes / 60)))


def date_text(unix_seconds: float) -> str:
    """A moment (Unix seconds) as local date and time in the locale's short form."""
    if unix_seconds <= 0:
        return "–"
    moment = QDateTime.fromSecsSinceEpoch(int(unix_seconds))
    return QLocale().toString(moment, QLocale.FormatType.ShortFormat)
