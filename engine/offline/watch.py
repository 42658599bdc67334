"""Python's audit hook: refuses what would reach a network, and counts it.

It sees what Python code does with sockets and names, not what a library does by itself and not what
another program does. On Linux it stands behind the kernel's filter and is there to count; elsewhere
it is the only guard. Events: PEP 578 and the "audit events table" of Python's documentation.
"""

import ipaddress
import socket
import sys
import threading
from typing import Any

_INTERNET = (socket.AF_INET, socket.AF_INET6)
_WITH_ADDRESS = ("socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg")
_NAMES = ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr")

_lock = threading.Lock()
_refused = 0
_uncounted = 0
_installed = False
_loopback_allowed = False


class ConnectionDeniedError(PermissionError):
    """Confidant opens no network connection; the message holds no address."""


def install(*, allow_loopback: bool = False) -> None:
    """Sets the hook up once; it cannot be taken away again.

    Args:
        allow_loopback: Lets connections within this computer pass.
    """
    global _installed, _loopback_allowed
    _loopback_allowed = allow_loopback
    if not _installed:
        _installed = True
        sys.addaudithook(_look)


def is_installed() -> bool:
    """Tells whether the hook stands in this process."""
    return _installed


def refused() -> int:
    """Attempts that were refused since the process started, the proof's own left out."""
    return _refused


def take_uncounted() -> int:
    """Attempts that the ledger has not heard of yet; it has now."""
    global _uncounted
    with _lock:
        count, _uncounted = _uncounted, 0
    return count


def forget(count: int) -> None:
    """Takes the last `count` attempts back: they were the proof's."""
    global _refused, _uncounted
    with _lock:
        _refused, _uncounted = _refused - count, max(0, _uncounted - count)


def _look(event: str, arguments: tuple[Any, ...]) -> None:
    if not event.startswith("socket."):
        return
    if event in _WITH_ADDRESS:
        made, address = arguments[0], arguments[1]
        if made.family not in _INTERNET or address is None:
            return
        _judge(address[0] if isinstance(address, tuple) and address else None)
    elif event in _NAMES and arguments[0] is not None:
        _judge(arguments[0])


def _judge(host: object) -> None:
    global _refused, _uncounted
    if _loopback_allowed and _is_loopback(host):
        return
    with _lock:
        _refused += 1
        _uncounted += 1
    raise ConnectionDeniedError("Confidant opens no network connection.")


def _is_loopback(host: object) -> bool:
    if isinstance(host, bytes):
        host = host.decode("ascii", "replace")
    if host == "localhost":
        return True
    try:
        return isinstance(host, str) and ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
