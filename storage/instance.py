"""One running copy of the app for each profile."""

from filelock import FileLock, Timeout

from storage.errors import ProfileInUse, disk_errors
from storage.profile import ProfilePaths


class InstanceLock:
    """An operating-system lock on the profile; it goes by itself when the process dies."""

    def __init__(self, paths: ProfilePaths) -> None:
        self._paths = paths
        self._lock = FileLock(paths.instance_lock, timeout=0, thread_local=False)

    def acquire(self) -> None:
        """Takes the lock at once or raises `ProfileInUse`; taking it twice is harmless."""
        if self._lock.is_locked:
            return
        with disk_errors():
            self._paths.prepare()
            try:
                self._lock.acquire()
            except Timeout:
                raise ProfileInUse(
                    "Confidant is already open with this profile; use that window or close it."
                ) from None

    def release(self) -> None:
        """Gives the lock back; without one nothing happens."""
        self._lock.release()
