"""main.py: the log that tells no words, the protection of the process, the last resort."""

import logging
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def run_python(code, *words):
    return subprocess.run([sys.executable, "-c", code, *words], cwd=ROOT, capture_output=True,
                          text=True, check=False, timeout=60)  # fmt: skip


UNEXPECTED = """
import sys, main, ui.terminal.run
def fail(*_): raise RuntimeError("my secret diary")
main.run_command = fail
sys.exit(main.main(["chat", "--profile", sys.argv[1], "another secret"]))
"""


def test_an_unexpected_failure_is_one_sentence_and_a_log_without_words(tmp_path):
    done = run_python(UNEXPECTED, str(tmp_path / "p"))
    log = (tmp_path / "p" / "logs" / "confidant.log").read_text(encoding="utf-8")
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "RuntimeError" in done.stderr
    assert "RuntimeError" in log
    assert "main.py:" in log
    for text in (done.stderr, done.stdout, log):
        assert "secret" not in text


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="prctl is Linux's own")
def test_no_core_dump_and_no_looking_into_memory():
    code = ("import main, resource, ctypes; main._protect_process();"
            "print(resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3))")
    assert run_python(code).stdout.strip() == "(0, 0) 0"


def test_the_environment_keeps_libraries_offline(tmp_path):
    code = ("import sys, os, main; from storage.profile import ProfilePaths; "
            "from pathlib import Path; main._prepare_environment(ProfilePaths(Path(sys.argv[1])));"
            "print(*(os.environ[name] for name in ('HF_HUB_OFFLINE', 'USE_HUB_KERNELS', "
            "'TOKENIZERS_PARALLELISM', 'HF_HOME')))")
    shown = run_python(code, str(tmp_path)).stdout.split()
    assert shown == ["1", "NO", "false", str(tmp_path / "cache" / "huggingface")]


@pytest.mark.skipif(sys.platform == "win32", reason="rights are other there")
def test_no_other_user_may_read_what_the_process_writes(tmp_path):
    folder = tmp_path / "p"
    folder.mkdir(mode=0o755)
    log = "import main, sys; main.run_command = lambda *_: 1 / 0;"
    code = f"{log} main.main(['search', '--profile', sys.argv[1], 'x'])"
    run_python(code, str(folder))
    store = ("import main; from pathlib import Path; from storage.profile import ProfilePaths;"
             "from storage.setup import create_profile; from storage.keys import *; import sys;"
             "paths = ProfilePaths(Path(sys.argv[1])); main._prepare_environment(paths);"
             "create_profile(paths, KeyFile(paths.key_file, cost=CHEAP_COST), passphrase='a')")
    run_python(store, str(folder))
    written = {path: path.stat().st_mode & 0o077 for path in folder.rglob("*")}
    assert {"confidant.db", "confidant.log"} <= {path.name for path in written}
    assert set(written.values()) == {0}


def test_a_record_with_an_exception_tells_places_only():
    from main import _SilentFormatter

    try:
        raise ValueError("words of the user")
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, "f", 1, "job %s", ("7",), sys.exc_info())
    shown = _SilentFormatter().format(record)
    assert shown.startswith("job 7\nValueError\n  test_main.py:")
    assert "words" not in shown


def test_lock_starts_the_same_command_again(tmp_path):
    code = """
import os, sys, types, main
window = types.ModuleType("ui.app")
window.run_window = lambda engine, profile_path, hand_over: 75
sys.modules["ui.app"] = window
main.os.execv = lambda program, command: (print(program == sys.executable, command[1:]),
                                          os._exit(0))
os.environ["QT_QPA_PLATFORM"] = "offscreen"
main.main(["--demo", "--profile", sys.argv[1]])
"""
    done = subprocess.run([sys.executable, "-u", "-c", code, str(tmp_path / "p")], cwd=ROOT,
                          capture_output=True, text=True, check=False, timeout=60)  # fmt: skip
    assert done.stdout.startswith("True ['-u', '-c', ")
