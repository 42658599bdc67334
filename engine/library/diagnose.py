"""Facts about this installation, and what is wrong with it. Works on a locked profile too."""

import platform
from importlib.metadata import PackageNotFoundError, version

from sqlcipher3 import dbapi2

from engine.contract import Diagnose, Diagnosed, HardwareInfo
from engine.library.privacy import note_refused
from engine.offline import guard, proof
from engine.session import Session
from storage.keys import keyring_status
from storage.store import Store

__all__ = ["diagnose"]

_PACKAGES = (
    "torch", "transformers", "peft", "bitsandbytes", "PySide6-Essentials", "keyring", "sqlcipher3",
    "cryptography", "safetensors", "gguf",
)  # fmt: skip
_Facts = list[tuple[str, str, str]]


def diagnose(store: Store | None, session: Session, command: Diagnose) -> Diagnosed:
    """Collects hardware, versions, key status and integrity; changes nothing.

    Args:
        store: The open store, None while the profile is locked.
        session: The profile.
        command: The command to answer; it may ask for attempts to reach a network.
    """
    problems = list(session.key_file.problems()) if session.key_file.exists else []
    facts = [*_hardware(session.hardware), *_versions(), *_keys(session), *_network()]
    condition = session.condition()
    facts.append(("profile", "state", condition.state))
    if condition.detail:
        problems.append(condition.detail)
    if store is not None:
        found = store.check()
        facts.append(("profile", "database", "damaged" if found else "whole"))
        problems.extend(found)
        note_refused(store)
        facts.append(("network", "refused_attempts", str(store.ledger.refused)))
    attempts = proof.attempts() if command.prove_offline else ()
    problems += [f"A way to the network is open: {one.name} ({one.detail})."
                 for one in attempts if not one.denied]
    return Diagnosed(job=command.job, facts=tuple(facts), problems=tuple(problems),
                     attempts=attempts)


def _hardware(hardware: HardwareInfo) -> _Facts:
    return [
        ("hardware", "processor", hardware.cpu),
        ("hardware", "cores", str(hardware.cores)),
        ("hardware", "memory_bytes", str(hardware.memory_bytes)),
        ("hardware", "gpu", hardware.gpu or "none"),
        ("hardware", "gpu_memory_bytes", str(hardware.gpu_memory_bytes)),
        ("hardware", "system", hardware.system),
    ]


def _versions() -> _Facts:
    facts = [("versions", "python", platform.python_version())]
    facts += [("versions", name.lower(), _installed(name)) for name in _PACKAGES]
    return [*facts, ("versions", "sqlite", dbapi2.sqlite_version)]


def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def _keys(session: Session) -> _Facts:
    available, name = keyring_status()
    return [
        ("keys", "slots", ", ".join(session.slots()) or "none"),
        ("keys", "keyring", name),
        ("keys", "keyring_safe", "yes" if available else "no"),
    ]


_GUARDS = {
    "filter": "kernel filter: no internet socket for this process and all that it starts",
    "hook": "Python's audit hook only",
    "left_out": "kernel filter left out on request; Python's hook lets this computer pass",
    "none": "nothing",
}


def _network() -> _Facts:
    found = guard.present()
    words = _GUARDS[found.kind] + (f" ({found.detail})" if found.detail else "")
    return [("network", "guard", words)]
