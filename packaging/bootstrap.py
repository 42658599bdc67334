"""Sets Confidant up and starts or tests it, on Linux, Windows and macOS.

Usage: ``python packaging/bootstrap.py COMMAND``; the list is below. Needs only a Python: with an
unsupported one it looks for a supported one and hands over. Standard library only, and this file
must stay readable by Python 3.7, so that the sentence about the version can be shown.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import find_python
import system_packages

ROOT = Path(__file__).resolve().parent.parent

HELP = """\
make setup   prepares .venv with the pinned packages (python packaging/bootstrap.py setup)
make run     opens Confidant, ready to chat            (python packaging/bootstrap.py run)
make test    ruff, mypy, import rules, all tests       (python packaging/bootstrap.py test)
make torture long tests: kill -9, full disk, damage    (python packaging/bootstrap.py torture)
make bench   speed on this machine, beside rivals      (python packaging/bootstrap.py bench)
make bench-setup   rivals in an environment of their own (python packaging/bootstrap.py bench-setup)
make bench-gpu     speed on an NVIDIA GPU                (python packaging/bootstrap.py bench-gpu)
make week    seven days of chats, learned and examined (python packaging/bootstrap.py week)
make translations   renews ui/i18n/*.ts from the code  (python packaging/bootstrap.py translations)
make package the program, installable, in dist/        (python packaging/bootstrap.py package)
make package-test   installs it and lives with it      (python packaging/bootstrap.py package-test)
make package-compare   two builds, entry by entry  (python packaging/bootstrap.py package-compare)
make help    this text                                 (python packaging/bootstrap.py help)

Words after run, test, torture, bench, package are passed on; with make they go into ARGS:
  make run ARGS="--profile my-profile"     make test ARGS="tests/storage -x"
  make bench ARGS="decode --json"          make bench ARGS="twenty_facts"
Terminal commands: .venv/bin/python main.py --help  (Windows: .venv\\Scripts\\python main.py --help)
Linux without an NVIDIA card: set CONFIDANT_TORCH_INDEX to the package index that PyTorch's site
names for CPU builds, and set-up takes the small build of torch instead of the CUDA one.
"""

COMMANDS = ("setup", "run", "test", "torture", "bench", "bench-setup", "bench-gpu", "week",
            "translations", "package", "package-test", "package-compare")  # fmt: skip

OFFLINE = {
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "USE_HUB_KERNELS": "NO",
    "TOKENIZERS_PARALLELISM": "false",
}


def main(arguments: list[str]) -> int:
    """Carries out one command; returns the exit code (0 good, 1 failed, 2 wrong usage)."""
    command, rest = (arguments[0], arguments[1:]) if arguments else ("help", [])
    if command in ("help", "-h", "--help"):
        print(HELP, end="")
        return 0
    if command not in COMMANDS:
        print(f"There is no command {command}; choose {', '.join(COMMANDS)} or help.",
              file=sys.stderr)
        return 2
    if not find_python.is_supported(find_python.running_version()):
        return _hand_over(arguments)
    return _carry_out(command, rest)


def _hand_over(arguments: list[str]) -> int:
    other = find_python.find_supported()
    if other is None:
        print(find_python.advice(), file=sys.stderr)
        return 1
    return subprocess.run([*other, str(Path(__file__)), *arguments], check=False).returncode


def _carry_out(command: str, rest: list[str]) -> int:
    if not _provide(system_packages.missing_for_venv(), "Set-up"):
        return 1
    if command == "test":
        _provide_test_tools()
    if not _prepare(command):
        return 1
    if not _provide(system_packages.missing_for_qt(), "The window"):
        return 1
    return _start(command, rest)


def _prepare(command: str) -> bool:
    """Makes the environment ready for `command`; says what stands in the way."""
    import environment  # needs Python 3.11, which is certain only here

    tests = command in ("test", "torture", "package-test", "week") or command.startswith("bench")
    try:
        environment.prepare(with_tests=tests)
        if command in ("package", "package-compare"):
            environment.add_freezing_tools()
    except environment.SetupError as error:
        print(error, file=sys.stderr)
        return False
    return True


def _start(command: str, rest: list[str]) -> int:
    import environment

    python = str(environment.venv_program("python"))
    if command == "test":
        return _test(rest)
    if command == "bench":
        return _bench(python, rest)
    if command == "translations":
        return environment.renew_translations()
    if command == "setup":
        print("Confidant is ready: make run opens it, make test tests it.")
        return 0
    words, extra = {
        "run": (["main.py"], {}),
        "torture": (["-m", "tests.torture"], OFFLINE),
        "bench-setup": (["-m", "tests.bench.setup_rivals"], {}),
        "bench-gpu": (["-m", "tests.bench.gpu"], OFFLINE),
        "week": (["-m", "tests.bench.week"], OFFLINE),
        "package": (["packaging/package.py"], {"PYTHONHASHSEED": "0"}),
        "package-test": (["-m", "tests.installed"], OFFLINE),
        "package-compare": (["packaging/compare.py"], {}),
    }[command]
    return _call([python, *words, *rest], **extra)


def _provide(missing: list[system_packages.Requirement], purpose: str) -> bool:
    """Installs what is missing where that is allowed, otherwise says how; True when it worked."""
    if not missing:
        return True
    if system_packages.may_install() and system_packages.install(missing):
        return True
    print(system_packages.explain(missing, purpose), file=sys.stderr)
    return False


def _provide_test_tools() -> None:
    missing = system_packages.missing_test_tools()
    if missing and not (system_packages.may_install() and system_packages.install(missing)):
        names = ", ".join(tool.name for tool in missing)
        print(f"[set-up] Without {names} some tests are skipped; "
              f"{system_packages.explain(missing, 'Running them')}", file=sys.stderr)


def _test(rest: list[str]) -> int:
    """Runs all checks, fastest first, or with `rest` only pytest with these words."""
    import environment

    python = str(environment.venv_program("python"))
    lint_imports = str(environment.venv_program("lint-imports"))
    checks = [[python, "-m", "ruff", "check", "."], [python, "-m", "mypy"], [lint_imports]]
    for command in [] if rest else checks:
        print("[test]", " ".join([Path(command[0]).name, *command[1:]]), flush=True)
        code = _call(command)
        if code != 0:
            return code
    return _call([python, "-m", "pytest", *rest], **OFFLINE, **_screen())


def _bench(python: str, rest: list[str]) -> int:
    """Runs all benchmarks, the one that `rest` names, or another script of tests/bench."""
    script = rest[0] if rest and (ROOT / "tests" / "bench" / f"{rest[0]}.py").is_file() else ""
    module = "tests.bench." + script.replace("/", ".")
    words = [module, *rest[1:]] if script else ["tests.bench", *rest]
    return _call([python, "-m", *words], **OFFLINE, **_screen())


def _screen() -> dict[str, str]:
    """Lets Qt draw into memory where there is no display; window tests start their own."""
    on_linux = sys.platform.startswith("linux")
    has_display = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    return {"QT_QPA_PLATFORM": "offscreen"} if on_linux and not has_display else {}


def _call(command: list[str], **extra: str) -> int:
    return subprocess.run(command, cwd=ROOT, env={**os.environ, **extra}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
