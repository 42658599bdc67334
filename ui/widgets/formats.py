"""Numbers, sizes, times as the user's language writes them."""

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

__all__ = ["bytes_text", "date_text", "duration_text", "percent_text"]


def bytes_text(size: int) -> str:
    """A size in bytes, for example ``98.4 MB``."""
    return QLocale().formattedDataSize(size, 1, QLocale.DataSizeFormat.DataSizeSIFormat)


def percent_text(share: float, decimals: int = 0) -> str:
    """A share of 0 to 1 as per cent."""
    return f"{QLocale().toString(share * 100, 'f', decimals)} %"


def date_text(unix_seconds: float) -> str:
    """A moment: the hour if it was today, else the date."""
    moment = QDateTime.fromSecsSinceEpoch(int(unix_seconds))
    short = QLocale.FormatType.ShortFormat
    if moment.date() == QDateTime.currentDateTime().date():
        return str(QLocale().toString(moment.time(), short))
    return str(QLocale().toString(moment.date(), short))


def duration_text(seconds: float) -> str:
    """A time span in the two largest units, for example ``2 min 5 s``."""
    whole = max(0, round(seconds))
    hours, rest = divmod(whole, 3600)
    minutes, left = divmod(rest, 60)
    if hours:
        text = QCoreApplication.translate("Formats", "{hours} h {minutes} min")
    elif minutes:
        text = QCoreApplication.translate("Formats", "{minutes} min {seconds} s")
    else:
        text = QCoreApplication.translate("Formats", "{seconds} s")
    return text.format(hours=hours, minutes=minutes, seconds=left)
