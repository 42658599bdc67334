"""Opens addresses and folders in the user's other programs, from outside our own network ban.

A program that is started from here would inherit the kernel's filter, and a browser without a
network is of no use. So the helper was started before the filter (`main.py`); here Qt is told to
hand addresses to it. It gets an address only after the user has seen it whole and agreed.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices

__all__ = ["SCHEMES", "LinkOpener"]

SCHEMES = ("https", "http", "mailto", "file")


class LinkOpener(QObject):
    """Stands in for Qt's own way to open addresses. GUI thread."""

    def __init__(self, hand_over: Callable[[str], bool], parent: QObject | None = None) -> None:
        """`hand_over` gives an address to the helper and tells whether it is alive."""
        super().__init__(parent)
        self._hand_over = hand_over

    def install(self) -> None:
        """From now on Qt gives every address of `SCHEMES` to the helper."""
        for scheme in SCHEMES:
            QDesktopServices.setUrlHandler(scheme, self, "open")  # type: ignore[arg-type]

    def remove(self) -> None:
        """Gives the schemes back to Qt."""
        for scheme in SCHEMES:
            QDesktopServices.unsetUrlHandler(scheme)

    @Slot(QUrl)
    def open(self, address: QUrl) -> None:
        """Hands one address over."""
        self._hand_over(address.toString(QUrl.ComponentFormattingOption.FullyEncoded))
