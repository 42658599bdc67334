"""The command line itself, as a real process: usage errors, help, pipes, and docs/cli.md."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from ui.terminal import reference
from ui.terminal.options import build_parser, command_parsers

ROOT = Path(__file__).parents[2]
DOCUMENT = ROOT / "docs" / "cli.md"


def run(*words, **options):
    command = [sys.executable, str(ROOT / "main.py"), *words]
    options = {"capture_output": True, "text": True, "timeout": 60, "cwd": ROOT, **options}
    return subprocess.run(command, check=False, **options)


@pytest.mark.parametrize(
    "words",
    [
        ["nonsense"], ["chat"], ["chat", "--nonsense", "hello"], ["ask"], ["import"], ["adapters"],
        ["adapters", "activate"], ["chat", "--strength", "2", "hello"],
        ["chat", "--strength", "nan", "hello"], ["chat", "--temperature", "x", "hello"],
        ["chat", "--max-tokens", "0", "hello"], ["chat", "--seed", "-2", "hello"],
        ["learn", "--preset", "huge"], ["learn", "--max-minutes", "0"],
        ["learn", "--extraction", "guess"],
        ["search", "--limit", "0", "x"], ["export", "--format", "pdf", "x"],
        ["chat", "--temp", "1", "hello"],
    ],
)  # fmt: skip
def test_wrong_usage_is_two(words, capsys):
    with pytest.raises(SystemExit) as ended:
        build_parser().parse_args(words)
    assert ended.value.code == 2
    assert "usage: main.py" in capsys.readouterr().err


def test_issue_commands_are_all_there():
    assert list(command_parsers(build_parser())) == [
        "chat", "ask", "import", "rate", "rewrite", "learn", "adapters", "adapters list",
        "adapters activate", "adapters delete", "adapters rollback", "adapters export",
        "adapters import", "exam", "memory", "memory list", "memory add", "memory edit",
        "memory delete", "forget", "explain", "skill", "skill teach", "skill apply",
        "skill list", "skill delete", "export", "search", "doctor", "bench",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["", *command_parsers(build_parser())])
def test_the_document_is_equal_to_help(name):
    shown = run(*name.split(), "--help")
    assert shown.returncode == 0
    pattern = rf"^## main\.py{' ' if name else ''}{name}\n\n```text\n(.*?)```"
    found = re.search(pattern, DOCUMENT.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    assert found is not None
    assert found[1].split() == shown.stdout.split()


def test_the_document_holds_nothing_else():
    document = DOCUMENT.read_text(encoding="utf-8")
    assert document.split() == reference.renewed(document).split()


def test_help_is_fast_and_loads_neither_qt_nor_torch():
    code = ("import sys, main\n"
            "try: main.main(['--help'])\n"
            "except SystemExit: pass\n"
            "print(sorted(name for name in sys.modules if name.split('.')[0] in "
            "{'PySide6', 'torch', 'transformers', 'keyring', 'sqlcipher3'}))")
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True,
                          check=True)  # fmt: skip
    assert done.stdout.splitlines()[-1] == "[]"


def test_without_a_display_one_sentence_names_the_commands(tmp_path):
    hidden = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    if not sys.platform.startswith("linux"):
        pytest.skip("only Linux runs without a display")
    for extra in ({}, {"DISPLAY": ":4242"}):
        env = {key: value for key, value in os.environ.items() if key not in hidden} | extra
        done = run("--profile", str(tmp_path / "p"), env=env)
        assert done.returncode == 1
        assert len(done.stderr.splitlines()) == 1
        for name in ("chat", "ask", "import", "learn", "adapters", "export", "search", "doctor"):
            assert name in done.stderr
    assert not (tmp_path / "p").exists()


def test_a_closed_pipe_is_one_sentence(tmp_path):
    questions = tmp_path / "q.jsonl"
    questions.write_text('{"id": 1, "question": "a"}\n' * 4, encoding="utf-8")
    command = [sys.executable, "main.py", "--demo", "ask", "--file", str(questions)]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        error = process.stderr.read()
        assert process.wait(60) == 1
    assert error == "The reader of the output went away before all of it was written.\n"


def test_a_profile_path_that_is_a_file(tmp_path):
    (tmp_path / "file").touch()
    done = run("chat", "--profile", str(tmp_path / "file"), "hello")
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1


def test_the_demo_keeps_nothing(tmp_path):
    done = run("--demo", "--profile", str(tmp_path / "p"), "chat", "--max-tokens", "3", "hello")
    assert (done.returncode, done.stdout) == (0, "Here is a\n")
    assert not (tmp_path / "p").exists()
