"""Two builds beside each other: what differs is named, what is the same is said to be."""

import io
import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "packaging"


@pytest.fixture
def compare(monkeypatch):
    import importlib

    monkeypatch.syspath_prepend(str(FOLDER))
    yield importlib.import_module("compare")
    for name in [name for name in sys.modules if name.partition(".")[0] in ("bundle", "compare")]:
        del sys.modules[name]


def pack(path, files, *, time=5):
    """A portable archive that holds `files`: name to (bytes, mode), or to the aim of a link."""
    with tarfile.open(path, "w:xz") as packed:
        for name, held in files.items():
            entry = tarfile.TarInfo(name)
            entry.mtime = time
            if isinstance(held, str):
                entry.type, entry.linkname = tarfile.SYMTYPE, held
                packed.addfile(entry)
            else:
                entry.size, entry.mode = len(held[0]), held[1]
                packed.addfile(entry, io.BytesIO(held[0]))
    return path


BASE = {"a/program": (b"one", 0o755), "a/data": (b"two", 0o644), "a/link": "data"}


def test_the_same_twice(compare, tmp_path, capsys):
    first, second = (pack(tmp_path / f"{n}.tar.xz", BASE) for n in "12")
    assert compare.main([str(first), str(second)]) == 0
    assert "the same bytes" in capsys.readouterr().out


@pytest.mark.parametrize(("changed", "line"), [
    ({"a/data": (b"twe", 0o644)}, "a/data: content"),
    ({"a/data": (b"longer", 0o644)}, "a/data: size, content"),
    ({"a/data": (b"two", 0o755)}, "a/data: mode"),
    ({"a/link": "program"}, "a/link: content"),
    ({"a/more": (b"", 0o644)}, "a/more: only in the second"),
])  # fmt: skip
def test_what_differs_is_named(compare, tmp_path, capsys, changed, line):
    first = pack(tmp_path / "1.tar.xz", BASE)
    second = pack(tmp_path / "2.tar.xz", BASE | changed)
    assert compare.main([str(first), str(second)]) == 1
    told = capsys.readouterr().out
    assert line in told
    assert "1 of 3 entries differ" in told


def test_times_count(compare, tmp_path, capsys):
    first, second = (pack(tmp_path / f"{n}.tar.xz", BASE, time=n) for n in (1, 2))
    assert compare.main([str(first), str(second)]) == 1
    assert "3 of 3 entries differ" in capsys.readouterr().out


@pytest.mark.skipif(not shutil.which("dpkg-deb"), reason="dpkg-deb is Debian's")
def test_control_files_of_a_deb_count_too(compare, tmp_path, capsys):
    made = []
    for number in (1, 2):
        tree = tmp_path / str(number)
        (tree / "DEBIAN").mkdir(parents=True)
        (tree / "DEBIAN" / "control").write_text(
            f"Package: x\nVersion: {number}\nArchitecture: all\nMaintainer: a <a@b>\n"
            "Description: x\n")  # fmt: skip
        (tree / "file").write_bytes(b"held")
        for path in [*tree.rglob("*"), tree]:
            os.utime(path, (9, 9))
        made.append(tmp_path / f"{number}.deb")
        subprocess.run(["dpkg-deb", "--root-owner-group", "--build", str(tree), str(made[-1])],
                       check=True, capture_output=True,
                       env={**os.environ, "SOURCE_DATE_EPOCH": "9"})  # fmt: skip
    assert compare.main([str(path) for path in made]) == 1
    told = capsys.readouterr().out
    assert "control/./control: content" in told
    assert "data/./file" not in told


def test_a_file_that_was_made_only_once(compare, tmp_path, capsys):
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "SHA256SUMS").write_text(name)
        (tmp_path / name / "a.json").write_text("same")
    assert compare.compare_folders(tmp_path / "first", tmp_path / "second") == 0
    (tmp_path / "first" / "b.deb").write_bytes(b"x")
    assert compare.compare_folders(tmp_path / "first", tmp_path / "second") == 1
    assert "b.deb: made only once" in capsys.readouterr().out


@pytest.mark.skipif(not (FOLDER.parent / ".git").exists(), reason="it clones the last commit")
def test_a_step_that_fails_is_told(compare, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(compare, "PLACE", tmp_path)
    assert compare.main(["bake"]) == 1
    assert "failed in first" in capsys.readouterr().err


def test_sizes_count_a_librarys_folders_together(compare, tmp_path):
    from bundle import sizes

    for name, size in (("confidant", 3), ("_internal/torch/lib/a.so", 50), ("_internal/x.so", 4),
                       ("_internal/numpy/a.py", 7), ("_internal/numpy.libs/b.so", 8)):  # fmt: skip
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"0" * size)
    assert sizes.by_part(tmp_path) == {"torch": 50, "numpy": 15, "program and single files": 7}
