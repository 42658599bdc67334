"""Holds the lock of the profile named on the command line until it is killed."""

import sys
import time
from pathlib import Path

from storage.instance import InstanceLock
from storage.profile import ProfilePaths

lock = InstanceLock(ProfilePaths(Path(sys.argv[1])))
lock.acquire()
print("held", flush=True)  # noqa: T201
time.sleep(60)
