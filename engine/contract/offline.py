"""What the doctor and the privacy page tell about the network."""

from dataclasses import dataclass

__all__ = ["NetworkAttempt"]


@dataclass(frozen=True, kw_only=True)
class NetworkAttempt:
    """One way to reach a network that was tried. ``denied``: a guard refused it, nothing else."""

    name: str
    denied: bool
    detail: str
