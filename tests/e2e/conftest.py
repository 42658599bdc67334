"""The terminal commands as a user runs them: real processes, real store, real model."""

import hashlib
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest

ROOT = Path(__file__).parents[2]
PASSPHRASE = "a rather long passphrase"
LIMIT_S = 900
_PASSING = {"confidant.db-wal", "confidant.db-shm", "instance.lock"}


@dataclass(frozen=True)
class Outcome:
    """What one process did."""

    code: int
    out: str
    err: str

    @property
    def json(self):
        return json.loads(self.out)

    @property
    def answers(self):
        """Answers of ``ask`` by id."""
        return {row["id"]: row["answer"] for row in map(json.loads, self.out.splitlines())}

    @property
    def sentence(self):
        """The one sentence of a failure; fails the test unless there is exactly that."""
        assert self.code == 1, (self.code, self.err[-2000:])
        assert len(self.err.splitlines()) == 1, self.err[-2000:]
        assert self.out == ""
        return self.err.strip()


class Profile:
    """A profile folder and the commands on it."""

    def __init__(self, folder):
        self.path = folder / "profile"
        self.passphrase_file = folder / "passphrase.txt"
        self.passphrase_file.write_text(f"{PASSPHRASE}\n", encoding="utf-8")

    def command(self, name, *words, passphrase_file=None):
        """The words of one command line; ``adapters list`` is one name."""
        key = ["--passphrase-file", str(passphrase_file or self.passphrase_file)]
        return [sys.executable, str(ROOT / "main.py"), *name.split(), "--profile", str(self.path),
                *key, *map(str, words)]  # fmt: skip

    def run(self, name, *words, passphrase_file=None, **options):
        """Runs one command to its end and leaves the judgement to the test."""
        options = {"timeout": LIMIT_S, "cwd": ROOT, "stdin": subprocess.DEVNULL, **options}
        done = subprocess.run(self.command(name, *words, passphrase_file=passphrase_file),
                              capture_output=True, text=True, check=False, **options)  # fmt: skip
        return Outcome(done.returncode, done.stdout, done.stderr)

    def good(self, name, *words, **options):
        """Runs one command that has to succeed."""
        done = self.run(name, *words, **options)
        assert done.code == 0, done.err[-3000:]
        return done

    def start(self, name, *words, **options):
        """Starts one command and returns the process."""
        return subprocess.Popen(self.command(name, *words), cwd=ROOT, stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, text=True, **options)  # fmt: skip

    def digests(self):
        """SHA-256 of every lasting file; what SQLite keeps only while it is open is left out."""
        return {
            path.relative_to(self.path).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(self.path.rglob("*"))
            if path.is_file() and path.name not in _PASSING
        }

    def contents(self):
        """All that the profile holds, as the commands tell it: chats and adapters."""
        target = self.path.parent / f"contents-{uuid4().hex}.json"
        self.good("export", "--format", "json", target)
        return target.read_text(encoding="utf-8"), self.good("adapters list", "--json").out


@pytest.fixture
def profile(tmp_path):
    """A profile that does not exist yet."""
    return Profile(tmp_path)


@pytest.fixture(scope="session", autouse=True)
def _two_threads():
    os.environ.setdefault("OMP_NUM_THREADS", "2")


def write_jsonl(path, rows):
    """Writes one JSON value a line and returns the path."""
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def jsonl(tmp_path):
    """``jsonl("name", rows)`` writes a file beside the profile."""
    return lambda name, rows: write_jsonl(tmp_path / name, rows)
