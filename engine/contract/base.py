"""What every command and every event has."""

from dataclasses import dataclass, field
from uuid import uuid4

__all__ = ["CommandBase", "Done", "EventBase", "new_job"]


def new_job() -> str:
    """A fresh job name."""
    return uuid4().hex


@dataclass(frozen=True, kw_only=True)
class CommandBase:
    """Every command names its job."""

    job: str = field(default_factory=new_job)


@dataclass(frozen=True, kw_only=True)
class EventBase:
    """Every event names the job that it belongs to."""

    job: str


@dataclass(frozen=True, kw_only=True)
class Done(EventBase):
    """Base of all events that end a job well."""
