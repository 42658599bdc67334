"""The bill of materials: every part of the package in CycloneDX 1.6 JSON.

Taken from the metadata of the distributions that are packed, so it cannot name another version
than the one inside. Times and the serial number follow from the commit and the content.
Source: CycloneDX specification 1.6, cyclonedx.org.
"""

from __future__ import annotations

import json
import platform
import ssl
import uuid
from datetime import UTC, datetime
from importlib.metadata import Distribution
from pathlib import Path
from typing import Any

from bundle.checksums import digest
from bundle.distributions import MODELS, name_of, needs, shipped
from bundle.places import DIST, NAME, file_stem, moment, project, say, version
from packaging.utils import canonicalize_name

_SPACE = uuid.UUID("9f0c3b52-6a44-5d0e-9d0a-0c6d2b8a8f11")
_FROM_FILE = {"sqlcipher3": "Zlib"}
"""Licences that a library states in a file only, by what the file says."""
_EXPRESSIONS = ("Apache-2.0", "MIT", "BSD-3-Clause", "BSD-2-Clause", "MPL-2.0", "ISC", "PSF-2.0")


def build() -> Path:
    """Writes the bill into dist/; returns its path."""
    DIST.mkdir(exist_ok=True)
    target = DIST / f"{file_stem()}.cdx.json"
    target.write_text(json.dumps(document(), indent=1, sort_keys=True) + "\n", encoding="utf-8")
    say(f"{target.name}: {len(shipped())} libraries")
    return target


def document() -> dict[str, Any]:
    """The whole bill as plain JSON values."""
    found = shipped()
    components = [*map(component, found), *_runtime(), *_start_program()]
    content = json.dumps(components, sort_keys=True)
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "serialNumber": f"urn:uuid:{uuid.uuid5(_SPACE, content)}",
        "metadata": {
            "timestamp": datetime.fromtimestamp(moment(), UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "component": {
                "type": "application", "bom-ref": NAME, "name": NAME, "version": version(),
                "licenses": [{"license": {"id": project()["license"]}}],
            },
        },
        "components": sorted(components, key=lambda one: str(one["bom-ref"])),
        "dependencies": _dependencies(found),
    }  # fmt: skip


def component(found: Distribution) -> dict[str, Any]:
    """One distribution."""
    name = name_of(found)
    purl = f"pkg:pypi/{name}@{found.version}"
    row: dict[str, Any] = {"type": "library", "bom-ref": purl, "purl": purl, "name": name,
                           "version": found.version}  # fmt: skip
    if text := _licence(found):
        row["licenses"] = [text]
    if name in MODELS:
        row["type"] = "machine-learning-model"
        row["hashes"] = [{"alg": "SHA-256", "content": digest(path)} for path in _weights(found)]
    return row


def _weights(found: Distribution) -> list[Path]:
    return sorted(Path(str(entry.locate())) for entry in found.files or ()
                  if entry.suffix in {".gguf", ".safetensors"})  # fmt: skip


def _licence(found: Distribution) -> dict[str, Any]:
    """An SPDX expression where the author gave one, else the author's own words."""
    data = found.metadata
    if expression := (data.get_all("License-Expression") or [""])[0]:
        return {"expression": expression}
    text = str((data.get_all("License") or [""])[0]).strip().partition("\n")[0]
    if text in _EXPRESSIONS:
        return {"license": {"id": text}}
    kinds = [line.rpartition(" :: ")[2] for line in data.get_all("Classifier") or ()
             if line.startswith("License ::")]  # fmt: skip
    if not text and not kinds and name_of(found) in _FROM_FILE:
        return {"license": {"id": _FROM_FILE[name_of(found)]}}
    name = text or " or ".join(kinds)
    return {"license": {"name": name[:200]}} if name else {}


def _runtime() -> list[dict[str, Any]]:
    openssl = ssl.OPENSSL_VERSION.split()[1]
    parts = (("python", platform.python_version(), "PSF-2.0"), ("openssl", openssl, "Apache-2.0"))
    return [{"type": "library", "bom-ref": f"pkg:generic/{name}@{number}", "name": name,
             "purl": f"pkg:generic/{name}@{number}", "version": number,
             "licenses": [{"license": {"id": licence}}]} for name, number, licence in parts]


def _start_program() -> list[dict[str, Any]]:
    lines = (Path(__file__).parents[1] / "freezing.txt").read_text(encoding="utf-8").splitlines()
    number = next(line.partition("==")[2] for line in lines if line.startswith("pyinstaller=="))
    purl = f"pkg:pypi/pyinstaller@{number}"
    return [{"type": "library", "bom-ref": purl, "purl": purl, "name": "pyinstaller",
             "version": number, "description": "its start program only",
             "licenses": [{"expression": "GPL-2.0-or-later WITH Bootloader-exception"}]}]


def _dependencies(found: list[Distribution]) -> list[dict[str, Any]]:
    by_name = {name_of(one): f"pkg:pypi/{name_of(one)}@{one.version}" for one in found}
    rows = []
    for one in found:
        names = {str(canonicalize_name(need.name)) for need in needs(one)}
        rows.append({"ref": by_name[name_of(one)],
                     "dependsOn": sorted(by_name[name] for name in names if name in by_name)})
    rows.append({"ref": NAME, "dependsOn": sorted(by_name.values())})
    return sorted(rows, key=lambda row: str(row["ref"]))


