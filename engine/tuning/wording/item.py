"""Something that can be asked for, told or never told."""

from dataclasses import dataclass, field

from engine.tuning.extraction.candidate import question_key


@dataclass(frozen=True, slots=True)
class Item:
    """A question in the user's person, with its noun phrase where there is one."""

    question: str = field(repr=False)
    noun: str = field(default="", repr=False)
    language: str = "en"

    @property
    def key(self) -> str:
        """What two items must share to be the same."""
        return question_key(self.question)
