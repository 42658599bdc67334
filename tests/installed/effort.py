"""What a process has used of the processors, and how long it waited for one.

On a busy machine the time until a window shows says little; without the waiting it says what a
quiet machine would take. Source: Linux, Documentation/scheduler/sched-stats.rst.
"""

import os
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")


def processor_s(pid: int) -> float:
    """Seconds of processor time of all threads of process `pid`."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def waited_s(pid: int) -> float:
    """Seconds that the first thread of process `pid` was ready and had no processor."""
    return int(Path(f"/proc/{pid}/schedstat").read_text(encoding="ascii").split()[1]) / 1e9
