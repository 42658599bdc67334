"""packaging/bootstrap.py: commands, hand-over to another Python, what is missing."""

import re
import struct
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "packaging" / "bootstrap.py"


@pytest.fixture
def bootstrap(load):
    load("find_python")
    load("system_packages")
    return load("bootstrap")


def test_help_lists_every_command_without_touching_anything(tmp_path):
    done = subprocess.run([sys.executable, str(SCRIPT), "help"], cwd=tmp_path, check=True,
                          capture_output=True, text=True)  # fmt: skip
    for name in ("setup", "run", "test", "torture", "bench", "bench-setup", "bench-gpu", "help"):
        assert f"make {name}" in done.stdout
    assert list(tmp_path.iterdir()) == []


def test_no_word_means_help(bootstrap, capsys):
    assert bootstrap.main([]) == 0
    assert "make run" in capsys.readouterr().out


def test_an_unknown_command_is_wrong_usage(bootstrap, capsys):
    assert bootstrap.main(["instal"]) == 2
    assert "no command instal" in capsys.readouterr().err


def test_an_old_python_hands_over_to_a_supported_one(bootstrap, monkeypatch):
    called = []
    monkeypatch.setattr(bootstrap.find_python, "running_version", lambda: (3, 9))
    monkeypatch.setattr(bootstrap.find_python, "find_supported", lambda: ["python3.12"])
    monkeypatch.setattr(
        bootstrap.subprocess, "run",
        lambda command, check: called.append(command) or subprocess.CompletedProcess(command, 7),
    )  # fmt: skip
    assert bootstrap.main(["run", "--demo"]) == 7
    assert called == [["python3.12", str(SCRIPT), "run", "--demo"]]


def test_an_old_python_alone_says_which_is_needed(bootstrap, monkeypatch, capsys):
    monkeypatch.setattr(bootstrap.find_python, "running_version", lambda: (3, 9))
    monkeypatch.setattr(bootstrap.find_python, "find_supported", lambda: None)
    assert bootstrap.main(["setup"]) == 1
    error = capsys.readouterr().err
    assert "Python 3.11 to 3.14" in error
    assert len(error.splitlines()) == 1


@pytest.mark.parametrize(
    ("version", "good"),
    [((3, 10), False), ((3, 11), True), ((3, 14), True), ((3, 15), False), ((2, 7), False)],
)
def test_supported_versions(load, version, good):
    assert load("find_python").is_supported(version) is good


def test_this_python_is_found(load):
    found = load("find_python").find_supported()
    assert found is not None


def test_missing_packages_are_named_with_the_command(bootstrap, monkeypatch, capsys):
    packages = bootstrap.system_packages
    monkeypatch.setattr(packages, "may_install", lambda: False)
    monkeypatch.setattr(packages.shutil, "which", lambda name: name == "dnf" and "/usr/bin/dnf")
    missing = [packages.Requirement("libEGL.so.1", "libegl1", "libglvnd-egl", "libglvnd")]
    assert bootstrap._provide(missing, "The window") is False
    assert capsys.readouterr().err == (
        "The window needs libEGL.so.1; install with: sudo dnf install -y libglvnd-egl\n"
    )


def test_root_on_debian_installs_what_is_missing(bootstrap, monkeypatch):
    packages, called = bootstrap.system_packages, []
    monkeypatch.setattr(packages, "may_install", lambda: True)
    monkeypatch.setattr(packages.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(
        packages.subprocess, "run",
        lambda command, **_: called.append(command) or subprocess.CompletedProcess(command, 0),
    )  # fmt: skip
    missing = [packages.Requirement("libEGL.so.1", "libegl1", "x", "y")]
    assert bootstrap._provide(missing, "The window") is True
    assert called[0][:3] == ["apt-get", "-qq", "update"]
    assert called[1] == ["apt-get", "-qq", "install", "-y", "--no-install-recommends", "libegl1"]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Linux's libraries")
def test_a_library_that_is_not_there_is_noticed(load, monkeypatch):
    packages = load("system_packages")
    ghost = packages.Requirement("libconfidant-ghost.so.9", "a", "b", "c")
    monkeypatch.setattr(packages, "_QT_LIBRARIES", (ghost,))
    assert ghost in packages.missing_for_qt()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Linux's libraries")
def test_the_list_covers_what_qt_links_to(load):
    """Every library under Qt's screen plugins, and under the parts of Qt that the window imports,
    that no wheel brings is named in the list."""
    import PySide6

    packages = load("system_packages")
    qt = Path(PySide6.__file__).parent / "Qt"
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "ui").rglob("*.py")]
    modules = {name for text in sources for name in re.findall(r"from PySide6\.Qt(\w+)", text)}
    assert {"Core", "Network"} <= modules
    files = [qt / "plugins" / "platforms" / name for name in ("libqxcb.so", "libqoffscreen.so")]
    files += [qt / "lib" / f"libQt6{name}.so.6" for name in (*modules, "XcbQpa")]
    needed = {name for path in files for name in needed_by(path)}
    assert "libxcb.so.1" in needed
    systems = ("libc.so", "libm.so", "libstdc++", "libgcc_s", "libpthread", "libdl", "libresolv",
               "libz.so", "ld-")  # fmt: skip
    brought = {path.name for path in (qt / "lib").iterdir()}
    outside = {name for name in needed - brought if not name.startswith(systems)}
    assert outside <= {one.name for one in packages._QT_LIBRARIES}


def needed_by(path):
    """What the dynamic section of a 64-bit ELF file asks for. Source: the ELF specification."""
    data = path.read_bytes()
    (sections,) = struct.unpack_from("<Q", data, 40)
    size, count = struct.unpack_from("<HH", data, 58)
    tables = [struct.unpack_from("<IIQQQQIIQQ", data, sections + size * n) for n in range(count)]
    dynamic = next(one for one in tables if one[1] == 6)
    names = tables[dynamic[6]][4]
    for at in range(dynamic[4], dynamic[4] + dynamic[5], 16):
        tag, value = struct.unpack_from("<qQ", data, at)
        if tag == 1:
            yield data[names + value : data.index(b"\0", names + value)].decode()
