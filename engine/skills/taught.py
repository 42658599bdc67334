"""What teaching found, whatever the kind of skill."""

from dataclasses import dataclass, field

from engine.skills.skill import Skill
from storage.skill_records import SkillAttempt, SkillFigures


@dataclass(frozen=True, slots=True)
class Taught:
    """The outcome; ``skill`` is None when nothing beat the untuned model or a plain guess.

    ``unused`` counts training rows beyond what memory is spent on.
    """

    skill: Skill | None = field(repr=False)
    tuned: SkillFigures
    untuned: SkillFigures
    untuned_method: str
    validation: float | None
    attempts: tuple[SkillAttempt, ...]
    stopped: bool
    unused: int = 0
