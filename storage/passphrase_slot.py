"""From a passphrase to a wrapping key: Argon2id, as costly as this machine bears."""

import os
import time
import unicodedata
from dataclasses import dataclass

from argon2.exceptions import HashingError
from argon2.low_level import Type, hash_secret_raw

from storage.data_key import KEY_BYTES
from storage.errors import StoreError

TARGET_MEMORY_KIB = 256 * 1024
FLOOR_MEMORY_KIB = 64 * 1024
TARGET_SECONDS = 0.5
CEILING_SECONDS = 1.0
_LARGEST_MEMORY_KIB = 4 * 1024 * 1024
_MOST_PASSES = 1000
_MOST_LANES = 64


@dataclass(frozen=True, slots=True)
class Argon2Cost:
    """Memory in KiB, passes over it, and lanes (threads)."""

    memory_kib: int
    passes: int
    lanes: int

    def check(self) -> None:
        """Raises `StoreError` for figures no honest key file holds (a memory bomb)."""
        memory_fits = 8 * self.lanes <= self.memory_kib <= _LARGEST_MEMORY_KIB
        counts_fit = 1 <= self.passes <= _MOST_PASSES and 1 <= self.lanes <= _MOST_LANES
        if not (memory_fits and counts_fit):
            raise StoreError("The key file asks for an impossible effort; restore its copy.")


CHEAP_COST = Argon2Cost(memory_kib=64, passes=1, lanes=1)
"""For tests only: a thousandth of the memory floor, some microseconds."""


def stretch(passphrase: str, salt: bytes, cost: Argon2Cost) -> bytes:
    """The 32-byte wrapping key; the same letters typed in another Unicode form give the same."""
    cost.check()
    plain = unicodedata.normalize("NFKC", passphrase).encode()
    try:
        return hash_secret_raw(
            plain, salt, time_cost=cost.passes, memory_cost=cost.memory_kib,
            parallelism=cost.lanes, hash_len=KEY_BYTES, type=Type.ID,
        )  # fmt: skip
    except (HashingError, MemoryError):
        raise StoreError("Too little memory for the passphrase; close a program.") from None


def calibrate() -> Argon2Cost:
    """The cost that takes half a second to a second here; at least 64 MiB. Takes a few seconds."""
    lanes = min(4, os.cpu_count() or 1)
    memory = TARGET_MEMORY_KIB
    seconds = _measure(Argon2Cost(memory, 1, lanes))
    while seconds > CEILING_SECONDS and memory > FLOOR_MEMORY_KIB:
        memory //= 2
        seconds = _measure(Argon2Cost(memory, 1, lanes))
    passes = max(1, round((TARGET_SECONDS + CEILING_SECONDS) / 2 / max(seconds, 1e-3)))
    return Argon2Cost(memory, min(passes, _MOST_PASSES), lanes)


def _measure(cost: Argon2Cost) -> float:
    """Seconds of the quicker of two runs; without memory for them, more than any ceiling."""
    runs = []
    for _ in range(2):
        began = time.perf_counter()
        try:
            stretch("calibration", b"0123456789abcdef", cost)
        except StoreError:
            return float("inf")
        runs.append(time.perf_counter() - began)
    return min(runs)
