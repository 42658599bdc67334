"""Every exception gets a kind; none carries the user's words into the log or the sentence."""

import errno
import logging

import pytest

from engine.contract import EngineError, FailureKind
from engine.errors import named
from storage import errors as store_errors
from storage.settings import SettingError

SECRET = "zqx my own words"


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (EngineError(FailureKind.UNSUPPORTED_MODEL, "S."), FailureKind.UNSUPPORTED_MODEL),
        (store_errors.WrongKey("S."), FailureKind.WRONG_KEY),
        (store_errors.RecoveryTypo("S."), FailureKind.WRONG_KEY),
        (store_errors.KeyMissing("S."), FailureKind.KEY_MISSING),
        (store_errors.KeyringUnavailable("S."), FailureKind.KEYRING_UNAVAILABLE),
        (store_errors.DatabaseDamaged("S."), FailureKind.DATABASE_DAMAGED),
        (store_errors.ProfileInUse("S."), FailureKind.IN_USE),
        (store_errors.DiskFull("S."), FailureKind.DISK_FULL),
        (store_errors.NotFound("S."), FailureKind.NOT_FOUND),
        (store_errors.SealBroken("S."), FailureKind.ADAPTER_DAMAGED),
        (store_errors.StoreError("S."), FailureKind.BAD_INPUT),
        (SettingError("S."), FailureKind.BAD_INPUT),
        (OSError(errno.ENOSPC, "x"), FailureKind.DISK_FULL),
        (OSError(errno.EDQUOT, "x"), FailureKind.DISK_FULL),
        (MemoryError(), FailureKind.OUT_OF_MEMORY),
        (RuntimeError("[enforce fail] DefaultCPUAllocator: can't allocate memory: you tried"),
         FailureKind.OUT_OF_MEMORY),
        (RuntimeError("CUDA out of memory. Tried"), FailureKind.OUT_OF_MEMORY),
        (RuntimeError(SECRET), FailureKind.BUG),
        (OSError(errno.EIO, SECRET), FailureKind.BUG),
        (KeyError(SECRET), FailureKind.BUG),
    ],
)  # fmt: skip
def test_kinds(error, kind, caplog):
    found = named(error, "job-1")
    assert found.kind is kind
    assert found.detail.endswith(".")
    assert SECRET not in found.detail
    assert bool(caplog.records) == (kind is FailureKind.BUG)


def test_the_log_of_a_bug_names_places_and_no_words(caplog):
    def deep(words):
        raise ValueError(f"cannot handle {words}")

    with caplog.at_level(logging.ERROR):
        try:
            deep(SECRET)
        except ValueError as error:
            named(error, "job-7")
    assert "job-7" in caplog.text
    assert "ValueError" in caplog.text
    assert "test_errors.py" in caplog.text
    assert "zqx" not in caplog.text
