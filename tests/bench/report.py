"""What a benchmark found: figures beside their goals, with the machine named."""

import json
import os
import statistics
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.model.hardware import probe

Sample = Mapping[str, float]


@dataclass(frozen=True)
class Goal:
    """A bound that the project has set itself: ``sign`` is >= or <=."""

    sign: str
    bound: float

    def met(self, value: float) -> bool:
        """Tells whether `value` keeps to the bound."""
        return value >= self.bound if self.sign == ">=" else value <= self.bound

    def __str__(self) -> str:
        return f"{self.sign} {self.bound:g}"


@dataclass
class Report:
    """One benchmark. Names of figures end in their unit, or in ``ratio``."""

    bench: str
    rounds: int
    figures: dict[str, float | int | str]
    goals: dict[str, Goal] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Plain data, the machine and its load included."""
        goals = {
            name: {"goal": str(goal), "met": goal.met(float(self.figures[name]))}
            for name, goal in self.goals.items()
            if name in self.figures
        }
        return {
            "bench": self.bench, "machine": machine(), "rounds": self.rounds,
            "figures": {name: _short(value) for name, value in self.figures.items()},
            "goals": goals, "notes": self.notes,
        }  # fmt: skip

    def as_text(self) -> str:
        """Lines for a person."""
        about = machine()
        lines = [f"{self.bench}: {about['cpu']}, {about['cores']} cores, load average "
                 f"{about['load_average']}, median of {self.rounds}"]  # fmt: skip
        for name, value in self.figures.items():
            goal = self.goals.get(name)
            judged = "" if goal is None else f"   goal {goal}: "
            judged += "" if goal is None else "met" if goal.met(float(value)) else "NOT met"
            lines.append(f"  {name:48} {_short(value)!s:>10}{judged}")
        return "\n".join([*lines, *(f"  {note}" for note in self.notes)])


def show(report: Report, *, as_json: bool) -> None:
    """Prints `report` on standard output."""
    text = json.dumps(report.as_json()) if as_json else report.as_text()
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def machine() -> dict[str, Any]:
    """This machine, and how busy it is at the moment."""
    about = probe(with_gpu=False)
    load = os.getloadavg() if hasattr(os, "getloadavg") else ()
    return {
        "cpu": about.cpu, "cores": about.cores, "memory_bytes": about.memory_bytes,
        "system": about.system, "load_average": " ".join(f"{one:.1f}" for one in load),
    }  # fmt: skip


def alternate(
    sides: Mapping[str, Callable[[], Sample]], rounds: int
) -> dict[str, list[Sample]]:
    """Samples of each side, taken in turn so that a busy spell hits all; the first round warms."""
    found: dict[str, list[Sample]] = {name: [] for name in sides}
    for number in range(rounds + 1):
        for name, side in sides.items():
            sample = side()
            if number:
                found[name].append(sample)
    return found


def median(samples: list[Sample], key: str) -> float:
    """The median of one figure over the rounds."""
    return statistics.median(sample[key] for sample in samples)


def ratio(ours: list[Sample], theirs: list[Sample], key: str) -> float:
    """How much faster we are: the median over the rounds of their time by ours."""
    pairs = zip(ours, theirs, strict=True)
    return statistics.median(other[key] / own[key] for own, other in pairs)


def _short(value: float | int | str) -> float | int | str:
    return float(f"{value:.4g}") if isinstance(value, float) else value
