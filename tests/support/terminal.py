"""The terminal commands as a user runs them: real processes, real store, real model."""

import base64
import hashlib
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

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
    def json_lines(self):
        return [json.loads(line) for line in self.out.splitlines()]

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
        self.home = folder / "home"
        self.temp = folder / "temp"
        self.home.mkdir(exist_ok=True)
        self.temp.mkdir(exist_ok=True)

    def environment(self):
        """Home, caches and temporary files in folders of their own, for a look at them later."""
        kept = {key: value for key, value in os.environ.items() if not key.startswith("XDG_")}
        return kept | {"HOME": str(self.home), "TMPDIR": str(self.temp)}

    def write(self, name, rows):
        """Writes one JSON value a line into a file beside the profile; returns its path."""
        return write_jsonl(self.path.parent / name, rows)

    def command(self, name, *words, passphrase_file=None):
        """The words of one command line; ``adapters list`` is one name."""
        key = ["--passphrase-file", str(passphrase_file or self.passphrase_file)]
        return [sys.executable, str(ROOT / "main.py"), *name.split(), "--profile", str(self.path),
                *key, *map(str, words)]  # fmt: skip

    def run(self, name, *words, passphrase_file=None, **options):
        """Runs one command to its end and leaves the judgement to the test."""
        options = {"timeout": LIMIT_S, "cwd": ROOT, "stdin": subprocess.DEVNULL,
                   "env": self.environment(), **options}  # fmt: skip
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
        options = {"env": self.environment(), **options}
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

    def chats(self):
        """Every conversation as ``export`` writes it."""
        target = self.path.parent / f"chats-{uuid4().hex}.jsonl"
        self.good("export", target)
        lines = target.read_text(encoding="utf-8").splitlines()
        target.unlink()
        return [json.loads(line) for line in lines]

    def files_holding(self, words):
        """Files of the profile, home and temporary folder that hold a word in any encoding."""
        needles = {needle for word in words for needle in _encodings(word)}
        folders = (self.path, self.home, self.temp)
        files = (path for folder in folders for path in folder.rglob("*") if path.is_file())
        return [path for path in files if any(map(path.read_bytes().__contains__, needles))]


def _encodings(word):
    """`word` in UTF-8, UTF-16 both ways, and base64 at each of the three alignments."""
    plain = [word.encode(), word.encode("utf-16-le"), word.encode("utf-16-be")]
    yield from plain
    for data in plain:
        for shift in range(3):
            coded = base64.b64encode(bytes(shift) + data)
            yield coded[4 if shift else 0 : len(coded) // 4 * 4 - 4]


def write_jsonl(path, rows):
    """Writes one JSON value a line and returns the path."""
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    path.write_text(text, encoding="utf-8")
    return path
