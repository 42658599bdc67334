"""A second start of the app brings the first one's window to the front.

The first listens on a local socket (a named pipe on Windows) that only this user can reach; its
name is a digest of the profile's folder. A word sent there means: show yourself. Nothing of the
profile is read or written.
"""

import hashlib
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QWidget

__all__ = ["Summons", "summon"]

_WORD = b"show\n"
_WAIT_MS = 700


def summon(profile_path: Path) -> bool:
    """Asks a window that is open on this profile to come to the front; False when none answers."""
    socket = QLocalSocket()
    socket.connectToServer(_name(profile_path))
    if not socket.waitForConnected(_WAIT_MS):
        return False
    socket.write(_WORD)
    heard = socket.waitForReadyRead(_WAIT_MS)
    socket.disconnectFromServer()
    return heard


class Summons(QObject):
    """Listens for later starts. GUI thread."""

    def __init__(self, window: QWidget, profile_path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window = window
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._answer)
        name = _name(profile_path)
        if not self._server.listen(name):
            # What a killed process left; nobody answered there, or this one would have ended.
            QLocalServer.removeServer(name)
            self._server.listen(name)

    def close(self) -> None:
        """Listens no more."""
        self._server.close()

    def _answer(self) -> None:
        socket = self._server.nextPendingConnection()
        socket.write(_WORD)
        socket.flush()
        socket.disconnected.connect(socket.deleteLater)
        self._come_forward()

    def _come_forward(self) -> None:
        window = self._window
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.show()
        window.raise_()
        window.activateWindow()


def _name(profile_path: Path) -> str:
    digest = hashlib.sha256(str(profile_path).encode("utf-8", "surrogatepass")).hexdigest()
    return f"confidant-{digest[:24]}"
