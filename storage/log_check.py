"""Telling a damaged write-ahead log from one that a crash merely cut short.

SQLite reads the log up to the first frame whose checksum is wrong and forgets the rest without a
word. After a crash that is right: the rest was never acknowledged. After damage it drops commits
that were acknowledged. A crash leaves at most one unfinished transaction at the end; whole
transactions of the same run behind a broken frame are proof of damage.

The layout is SQLite's documented format of the log (https://www.sqlite.org/fileformat2.html,
section 4). Nothing is decrypted: the checksums are over the encrypted pages.
"""

import struct
import time
from pathlib import Path

_HEADER = struct.Struct(">8I")
_FRAME = struct.Struct(">6I")
_MAGIC_LITTLE, _MAGIC_BIG = 0x377F0682, 0x377F0683
_MASK = 0xFFFFFFFF
_LARGEST_PAGE = 65536
_READINGS, _PAUSE_S = 4, 0.05


def log_is_damaged(log: Path) -> bool:
    """Whether the log at `log` holds finished transactions that can no longer be reached.

    A missing or empty log is whole. Reads the file and changes nothing. A connection that writes
    meanwhile can make one reading look damaged, so only a finding that repeats counts.
    """
    for _ in range(_READINGS - 1):
        if not _looks_damaged(log):
            return False
        time.sleep(_PAUSE_S)
    return _looks_damaged(log)


def _looks_damaged(log: Path) -> bool:
    try:
        content = log.read_bytes()
    except FileNotFoundError:
        return False
    if len(content) <= _HEADER.size:
        return False
    magic, _, page, _, salt_1, salt_2, sum_1, sum_2 = _HEADER.unpack_from(content)
    order = {_MAGIC_LITTLE: "<", _MAGIC_BIG: ">"}.get(magic)
    whole_header = (
        order is not None
        and 512 <= page <= _LARGEST_PAGE
        and _checksum(order, content[:24], (0, 0)) == (sum_1, sum_2)
    )
    if order is None or not whole_header:
        return any(content[_HEADER.size :])
    return _lost_commits(content, order, page, (salt_1, salt_2)) > 1


def _lost_commits(content: bytes, order: str, page: int, salts: tuple[int, int]) -> int:
    """Commits of this run of the log that lie behind its first broken frame."""
    running, broken, lost = _checksum(order, content[:24], (0, 0)), False, 0
    size = _FRAME.size + page
    for start in range(_HEADER.size, len(content) - size + 1, size):
        _, commit, salt_1, salt_2, sum_1, sum_2 = _FRAME.unpack_from(content, start)
        if not broken:
            running = _checksum(order, content[start : start + 8], running)
            running = _checksum(order, content[start + _FRAME.size : start + size], running)
            broken = (salt_1, salt_2) != salts or running != (sum_1, sum_2)
        if broken and (salt_1, salt_2) == salts and commit:
            lost += 1
    return lost


def _checksum(order: str, content: bytes, start: tuple[int, int]) -> tuple[int, int]:
    first, second = start
    words = struct.unpack(f"{order}{len(content) // 4}I", content)
    for at in range(0, len(words), 2):
        first = first + words[at] + second & _MASK
        second = second + words[at + 1] + first & _MASK
    return first, second
