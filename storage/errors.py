"""Failures of the store. Each carries one sentence for the user that says what to do next.

No sentence ever holds the user's words, a key or a passphrase.
"""

import errno
from collections.abc import Iterator
from contextlib import contextmanager


class StoreError(Exception):
    """Something the store could not do; `detail` is one sentence that can be shown."""

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


class WrongKey(StoreError):  # noqa: N818
    """The passphrase, recovery key or stored key does not fit this profile."""


class RecoveryTypo(WrongKey):
    """A recovery key whose checksum is wrong: it was mistyped, not merely another profile's."""


class KeyMissing(StoreError):  # noqa: N818
    """There is no usable key file, or no key in the slot that was asked."""


class KeyringUnavailable(StoreError):  # noqa: N818
    """The system has no keyring that keeps secrets safely, or it did not answer."""


class DatabaseDamaged(StoreError):  # noqa: N818
    """The key is right, yet the database does not read."""


class ProfileInUse(StoreError):  # noqa: N818
    """Another running copy holds this profile."""


class ProfileTooNew(StoreError):  # noqa: N818
    """A newer version of the app wrote this profile."""


class DiskFull(StoreError):  # noqa: N818
    """No room to write. What was stored before is unharmed."""


class NotFound(StoreError):  # noqa: N818
    """No such row or file."""


class SealBroken(StoreError):  # noqa: N818
    """A sealed file was changed, cut, swapped or is gone."""


DISK_FULL = "The disk is full; free some space and try again. Everything saved before is safe."

_NO_ROOM = {errno.ENOSPC, errno.EDQUOT}


@contextmanager
def disk_errors() -> Iterator[None]:
    """Turns "no space left" and "quota exceeded" of the operating system into `DiskFull`."""
    try:
        yield
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise DiskFull(DISK_FULL) from error
        raise
