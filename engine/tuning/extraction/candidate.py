"""What extraction yields: one fact as a question, an answer and the value inside the answer."""

from dataclasses import dataclass, field

from storage.records import ExampleKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One fact found in a statement.

    ``question`` is canonical: two candidates with the same question speak of the same thing, and
    the later one replaces the earlier, unless both are ``additive`` (an allergy does not replace
    another) and their values can be joined. ``template`` holds the answer with ``{}`` for the
    value. ``retracts`` marks a statement that takes something back and teaches nothing itself.
    """

    question: str = field(repr=False)
    template: str = field(repr=False)
    value: str = field(repr=False)
    noun: str = field(default="", repr=False)
    kind: ExampleKind = ExampleKind.FACT
    language: str = "en"
    additive: bool = False
    retracts: bool = False

    @property
    def answer(self) -> str:
        """The assistant's sentence with the value in its place."""
        text = self.template.replace("{}", self.value)
        return text[:1].upper() + text[1:]


def question_key(question: str) -> str:
    """A question in the form in which two are compared: lower case, letters and digits only."""
    return "".join(character for character in question.lower() if character.isalnum())
