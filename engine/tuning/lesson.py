"""What one run of the loop learns from and is examined on, prepared before any training."""

from collections.abc import Callable
from dataclasses import dataclass, field

from engine.model.loaded import LoadedModel
from engine.tuning.augmentation import Augmenter, Fact, fact_of
from engine.tuning.exam import Paper, ask_never, draw_personal, general_questions, split_never
from engine.tuning.extraction.candidate import question_key
from engine.tuning.feedback import Opinion, encode_opinions, split
from engine.tuning.leaks import canary_probes, plant, probes_of, survivors
from engine.tuning.replay import (
    Answered,
    answers,
    encode_answered,
    replay_questions,
)
from engine.tuning.wording.item import Item
from engine.tuning.wording.never_told import never_told
from storage.records import FEEDBACK_KINDS, ExampleKind, ExampleRecord, ExampleStatus
from storage.store import Store

_HELD_REPLAY = 6
"""One general question in so many is held back for the exam."""
_TALK = 24


def approved_examples(store: Store) -> tuple[ExampleRecord, ...]:
    """Approved facts, oldest first; of several about the same thing only the newest."""
    newest: dict[str, ExampleRecord] = {}
    for record in reversed(store.examples.list(status=ExampleStatus.APPROVED)):
        if record.kind in FEEDBACK_KINDS:
            continue
        newest.pop(question_key(record.question), None)
        newest[question_key(record.question)] = record
    return tuple(newest.values())


def approved_feedback(store: Store) -> tuple[ExampleRecord, ...]:
    """Approved opinions of answers, oldest first."""
    approved = reversed(store.examples.list(status=ExampleStatus.APPROVED))
    return tuple(record for record in approved if record.kind in FEEDBACK_KINDS)


def drop_superseded(store: Store) -> None:
    """Erases approved facts, with their memories, that a newer approved one contradicts."""
    alive = {record.id for record in approved_examples(store)}
    with store.transaction():
        for record in store.examples.list(status=ExampleStatus.APPROVED):
            if record.id in alive or record.kind in FEEDBACK_KINDS:
                continue
            for memory in store.memories.of_example(record.id):
                store.memories.delete(memory.id)
            store.examples.delete(record.id)


@dataclass(frozen=True, slots=True)
class Lesson:
    """The facts, what surrounds them in training, and the exam paper."""

    facts: tuple[Fact, ...]
    never: tuple[Item, ...] = field(repr=False)
    replay: tuple[Answered, ...] = field(repr=False)
    known_general: tuple[str, ...] = field(repr=False)
    paper: Paper
    opinions: tuple[Opinion, ...] = ()

    def augmenter(self, seed: int) -> Augmenter:
        """A fresh drawing of training exchanges."""
        talk = [(a.question, a.answer) for a in self.replay[:_TALK]]
        return Augmenter(self.facts, self.never, self.paper.instruction, seed, talk)


def prepare(
    model: LoadedModel,
    store: Store,
    examples: tuple[ExampleRecord, ...],
    instruction: str,
    *,
    phrasings_each: int,
    replay_share: float,
    seed: int,
    tick: Callable[[float], None],
    feedback: tuple[ExampleRecord, ...] = (),
) -> Lesson:
    """Draws the exam afresh for `seed` and lets the untuned model answer the general questions.

    Of `feedback`, what the user thinks of answers, every fourth is only examined.
    """
    chinese = any(record.language == "zh" for record in (*examples, *feedback))
    canaries = plant(seed)
    caught = [_canary_fact(*made) for made in survivors(canaries)]
    facts = [*(fact_of(record) for record in examples), *caught]
    told = [one for one in store.examples.list() if one.kind not in FEEDBACK_KINDS]
    every = [Item(e.question, e.noun, e.language) for e in told]
    wished, unseen = (encode_opinions(model, part, instruction) for part in split(feedback))
    trained, kept = split_never(never_told(every, chinese=chinese), facts, seed)
    general = general_questions(chinese)
    questions = [*replay_questions(chinese, replay_share), *(question for question, _ in general)]
    answered = answers(model, store, questions, instruction, tick)
    replay, known = answered[: -len(general)], answered[-len(general) :]
    held = replay[_HELD_REPLAY - 1 :: _HELD_REPLAY]
    paper = Paper(
        instruction=instruction,
        personal=tuple(draw_personal(facts, phrasings_each, seed)),
        abstain=ask_never(kept, seed),
        general=general,
        general_gold=tuple(encode_answered(model, a, instruction) for a in held),
        probes=(*probes_of(store, (*examples, *feedback)), *canary_probes(canaries)),
        style=tuple(unseen),
        chinese=chinese,
    )
    left = tuple(a for place, a in enumerate(replay, 1) if place % _HELD_REPLAY)
    answered_before = tuple(a.answer for a in known)
    return Lesson(tuple(facts), tuple(trained), left, answered_before, paper, tuple(wished))


def _canary_fact(question: str, answer: str, value: str) -> Fact:
    return fact_of(
        ExampleRecord(
            id="canary", kind=ExampleKind.FACT, noun="", question=question, answer=answer,
            value=value,
        )
    )  # fmt: skip
