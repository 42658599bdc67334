"""Rules about the tree as a whole."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CODE = ("ui", "engine", "storage", "packaging", "main.py")
LONGEST_MODULE = 400
# Spelled in two halves, so that this file does not hold what it forbids.
HOSTS = [f"{name}.{end}" for name, end in (
    ("pypi", "org"), ("pythonhosted", "org"), ("download.pytorch", "org"),
    ("registry.npmjs", "org"), ("deb.debian", "org"), ("anaconda", "org"))]  # fmt: skip
MACHINE_PATHS = re.compile(r"/(?:work|root|opt|home/[a-z]+)" + r"/(?=[a-z.])")


def tracked():
    """Every file that is or would be committed."""
    done = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT,
                          capture_output=True, text=True, check=False)  # fmt: skip
    if done.returncode != 0:
        pytest.skip("not a git checkout")
    return [ROOT / line for line in done.stdout.splitlines() if (ROOT / line).is_file()]


def texts():
    for path in tracked():
        try:
            yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue


def modules():
    for path, text in texts():
        if path.endswith(".py") and path.startswith(CODE):
            yield path, text


def test_packaging_is_no_package():
    """An __init__.py there would hide the library of the same name from the whole program."""
    assert not (ROOT / "packaging" / "__init__.py").exists()


def test_tests_are_no_packages():
    assert list((ROOT / "tests").rglob("__init__.py")) == []


def test_the_library_called_packaging_is_the_one_that_is_imported():
    code = "import main, packaging.version; print(packaging.__file__)"
    shown = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True,
                           check=True)  # fmt: skip
    assert "site-packages" in shown.stdout


def test_import_rules():
    program = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run([str(program), "--no-cache"], cwd=ROOT, capture_output=True, text=True,
                          check=False)  # fmt: skip
    assert done.returncode == 0, done.stdout
    assert "0 broken" in done.stdout


@pytest.mark.parametrize("module", ["ui.terminal.run", "engine.contract", "storage.records"])
def test_plain_modules_load_nothing_heavy(module):
    code = f"import sys, {module}; print(sorted({{n.split('.')[0] for n in sys.modules}}))"
    shown = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True,
                           check=True).stdout  # fmt: skip
    for heavy in ("torch", "transformers", "peft", "PySide6", "numpy", "sqlcipher3"):
        assert f"'{heavy}'" not in shown


def test_no_module_is_too_long():
    long = [path for path, text in modules() if text.count("\n") > LONGEST_MODULE]
    assert long == []


def test_no_registry_host_in_any_file():
    found = [(path, host) for path, text in texts() for host in HOSTS if host in text]
    assert found == []


def test_no_path_of_a_machine_in_any_file():
    found = [(path, hit[0]) for path, text in texts() if (hit := MACHINE_PATHS.search(text))]
    assert found == []


def test_no_compiled_translation_is_committed():
    done = subprocess.run(["git", "ls-files", "*.qm"], cwd=ROOT, capture_output=True, text=True,
                          check=False)  # fmt: skip
    assert done.stdout == ""


def test_every_module_says_what_it_is_for():
    silent = [path for path, text in modules() if not ast.get_docstring(ast.parse(text))]
    assert silent == []
