"""Bad input gets one clear sentence and changes nothing.

Where the profile cannot be opened, no byte of it may change. Where it can, the audit trail notes
that it was opened; its chats and adapters must be the same.
"""

import json
import os
import pickle
import resource
import shutil
import subprocess
import sys
import time
import zipfile

import pytest

pytestmark = pytest.mark.e2e

CHATS = [{"messages": [{"role": "user", "content": f"Fact number {n}."}]} for n in range(3)]


@pytest.fixture
def filled(profile, jsonl):
    profile.good("import", jsonl("chats.jsonl", CHATS))
    return profile


@pytest.fixture
def unchanged(filled):
    """The profile; after the test every file must be what it was."""
    before = filled.digests()
    yield filled
    assert filled.digests() == before


@pytest.fixture
def same_contents(filled):
    """The profile; after the test it must hold the same chats and adapters."""
    before = filled.contents()
    yield filled
    assert filled.contents() == before


def test_a_wrong_passphrase(unchanged, tmp_path):
    wrong = tmp_path / "wrong.txt"
    wrong.write_text("not that one\n", encoding="utf-8")
    for name, *words in (("chat", "hello"), ("search", "fact"), ("learn",)):
        done = unchanged.run(name, *words, passphrase_file=wrong)
        assert "passphrase" in done.sentence
        assert "not that one" not in done.err


def test_no_passphrase(unchanged):
    command = unchanged.command("search", "fact")

    plain = [word for word in command
             if word not in ("--passphrase-file", str(unchanged.passphrase_file))]  # fmt: skip
    done = subprocess.run(plain, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 1
    assert "--passphrase-file" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_damaged_database(filled):
    database = filled.path / "confidant.db"
    data = bytearray(database.read_bytes())
    data[20:84] = bytes(64)
    database.write_bytes(data)
    before = filled.digests()
    for name, *words in (("search", "fact"), ("chat", "hello"), ("learn",)):
        assert "damaged" in filled.run(name, *words).sentence
    assert filled.run("doctor").code == 1
    assert filled.digests() == before


def test_the_doctor_names_damage_deep_inside(filled):
    database = filled.path / "confidant.db"
    data = bytearray(database.read_bytes())
    data[len(data) // 2] ^= 1
    database.write_bytes(data)
    done = filled.run("doctor")
    assert done.code == 1
    assert len(done.err.splitlines()) == 1
    assert "Problem: " in done.out


def test_a_missing_key_file(filled):
    for path in filled.path.glob("keys.json*"):
        path.unlink()
    before = filled.digests()
    assert "key" in filled.run("chat", "hello").sentence
    assert filled.digests() == before


def broken_zip(path):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("notes.txt", "no conversations here")


def test_files_that_cannot_be_imported(same_contents, tmp_path):
    files = {
        "empty.jsonl": b"",
        "broken.jsonl": b'{"messages": [{"role": "user", "content": "good"}]}\n{"mess',
        "other.jsonl": b'{"text": "no messages"}\n',
        "list.json": b"[1, 2, 3]",
        "latin.jsonl": b'{"messages": [{"role": "user", "content": "caf\xe9"}]}\n',
        "model.pkl": pickle.dumps({"weights": [1.0]}),
        "model.gguf": b"GGUF\x03\x00\x00\x00" + b"\xff" * 64,
        "cut.zip": b"PK\x03\x04" + b"\x00" * 20,
        "deep.json": b"[" * 200_000,
    }
    for name, data in files.items():
        path = tmp_path / name
        path.write_bytes(data)
        done = same_contents.run("import", "--consent", path)
        assert done.sentence.endswith("."), name
    broken_zip(tmp_path / "other.zip")
    assert same_contents.run("import", tmp_path / "other.zip").sentence
    assert same_contents.run("import", tmp_path / "missing.jsonl").sentence
    assert same_contents.good("search", "good").out == ""


def test_bad_questions_adapters_and_targets(same_contents, jsonl, tmp_path):
    bad = jsonl("q.jsonl", [{"id": 1}])
    assert "Line 1" in same_contents.run("ask", "--file", bad).sentence
    assert "no adapter" in same_contents.run("chat", "--adapter", "beef", "hi").sentence
    assert "no adapter" in same_contents.run("adapters delete", "1").sentence
    assert same_contents.run("adapters rollback").sentence
    assert same_contents.run("export", tmp_path / "no" / "folder" / "x.jsonl").sentence
    assert same_contents.run("export", "--conversation", "none", tmp_path / "x.jsonl").sentence
    assert not (tmp_path / "x.jsonl").exists()


def test_a_second_copy_is_refused(filled, jsonl):
    many = jsonl("many.jsonl", [{"id": n, "question": "Tell me a story."} for n in range(50)])
    first = filled.start("ask", "--file", many, "--max-tokens", "20")
    try:
        assert json.loads(first.stdout.readline())["id"] == 0
        began = time.monotonic()
        assert "already open" in filled.run("search", "fact").sentence
        assert "already open" in filled.run("chat", "hello").sentence
        assert time.monotonic() - began < 60
    finally:
        first.kill()
        first.communicate()
    assert filled.good("search", "fact").out


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="file size limits of Linux")
def test_no_room_for_an_import(filled, jsonl):
    """A limit on file size stands in for a full disk; everything stored before stays readable."""
    rows = [{"messages": [{"role": "user", "content": "word " * 2000}]} for _ in range(400)]
    big = jsonl("big.jsonl", rows)
    limit = (filled.path / "confidant.db").stat().st_size + 300_000

    def little_room():
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    done = filled.run("import", big, preexec_fn=little_room)
    assert done.sentence
    assert len(filled.good("search", "fact").out.splitlines()) == 3
    assert filled.good("search", "word").out == ""
    assert filled.good("doctor", "--json").json["problems"] == []


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs root to mount")
def test_a_full_disk(filled, jsonl, tmp_path):
    """The profile on a tiny file system in memory that runs full in the middle of an import."""
    mount = tmp_path / "tiny"
    mount.mkdir()
    size = sum(path.stat().st_size for path in filled.path.rglob("*") if path.is_file()) + 600_000
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(mount)],
                          capture_output=True, text=True, check=False)  # fmt: skip
    if made.returncode != 0:
        pytest.skip("this machine lets nobody mount a file system")
    try:
        shutil.copytree(filled.path, mount / "profile")
        filled.path = mount / "profile"
        rows = [{"messages": [{"role": "user", "content": "word " * 2000}]} for _ in range(400)]
        done = filled.run("import", jsonl("big.jsonl", rows))
        assert "full" in done.sentence
        assert len(filled.good("search", "fact").out.splitlines()) == 3
        assert filled.good("search", "word").out == ""
    finally:
        subprocess.run(["umount", "-l", str(mount)], check=False)
