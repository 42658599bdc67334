"""Answers the same questions with two versions. On the model lane; waiting replies go first."""

import random
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from engine.contract import (
    ComparedAnswers,
    ComparedVersions,
    CompareVersions,
    Emit,
    EngineError,
    FailureKind,
)
from engine.control import JobControl
from engine.library.chat_file import clean_text
from engine.model_keeper import AdapterInUse, ModelKeeper
from storage.records import ExampleStatus, Role
from storage.store import Store

if TYPE_CHECKING:
    from engine.model.loaded import LoadedModel

__all__ = ["CompareJob", "draw_questions"]

_MOST_QUESTIONS = 50
_MOST_TOKENS = 160
_TAUGHT_SHARE = 0.6
_NO_QUESTION = "Write at least one question, or ask for some to be drawn."
_TOO_MANY = f"Ask at most {_MOST_QUESTIONS} questions at a time."
_SAME_VERSION = "These are the same version; choose two that differ."


class CompareJob:
    """One `CompareVersions`.

    Args:
        command: Which versions, and what to ask.
        store: The profile: settings, adapters, examples.
        keeper: Has the model.
        control: Stop flag; lets waiting replies go first.
        emit: Receives the answers.
        loading: Told how far the model is loaded.
    """

    def __init__(
        self, command: CompareVersions, *, store: Store, keeper: ModelKeeper,
        control: JobControl, emit: Emit, loading: Callable[[float], None],
    ) -> None:  # fmt: skip
        self._command = command
        self._store = store
        self._keeper = keeper
        self._control = control
        self._emit = emit
        self._loading = loading

    def run(self) -> ComparedVersions:
        """The terminal event.

        Raises:
            JobStopped: The user stopped; nothing was kept.
            EngineError: ``BAD_INPUT`` for one version twice or without a question.
            StoreError: There is no such adapter, or its sealed file is broken.
        """
        started = time.monotonic()
        questions = self._questions()
        model = self._keeper.current(self._store, self._loading)
        return self._keeper.undisturbed(lambda: self._compare(model, questions, started))

    def _compare(
        self, model: "LoadedModel", questions: tuple[str, ...], started: float
    ) -> ComparedVersions:
        first, second = (self._use(model, version).id for version in self._versions())
        if first == second:
            raise EngineError(FailureKind.BAD_INPUT, _SAME_VERSION)
        alike = 0
        for number, question in enumerate(questions):
            told = [self._answer(model, version, question) for version in self._versions()]
            alike += told[0] == told[1]
            self._emit(
                ComparedAnswers(
                    job=self._command.job, number=number, count=len(questions),
                    question=question, first=told[0], second=told[1],
                )
            )  # fmt: skip
        return ComparedVersions(
            job=self._command.job, first_id=first, second_id=second, questions=len(questions),
            alike=alike, seconds=time.monotonic() - started,
        )  # fmt: skip

    def _versions(self) -> tuple[str, str]:
        return (self._command.first, self._command.second)

    def _use(self, model: "LoadedModel", version: str) -> AdapterInUse:
        """Puts a version on the decoder, at the strength that answers are given with."""
        strength = float(self._store.settings.get("adapter_strength"))
        return self._keeper.use_adapter(self._store, model, version, strength)

    def _answer(self, model: "LoadedModel", version: str, question: str) -> str:
        """The likeliest words of one version; replies that wait are served before it."""
        from engine.chat.prompt import build_turns, fit_context
        from engine.chat.reply import answer
        from engine.chat.turns import ChatTurn
        from engine.decode.sampling import Sampling

        self._control.checkpoint()
        self._use(model, version)
        instruction = str(self._store.settings.get("instruction"))
        turns = build_turns(instruction, (), [ChatTurn(Role.USER, question)])
        turns, _dropped = fit_context(model, turns, _MOST_TOKENS)
        how = Sampling(temperature=0.0, max_tokens=_MOST_TOKENS)
        told = answer(model, turns, how, self._control.should_stop, lambda _text: None)
        self._control.checkpoint()
        return told.text.strip()

    def _questions(self) -> tuple[str, ...]:
        asked = tuple(clean_text(text).strip() for text in self._command.questions)
        asked = tuple(text for text in asked if text)
        if self._command.questions and not asked:
            raise EngineError(FailureKind.BAD_INPUT, _NO_QUESTION)
        count = len(asked) or self._command.count
        if count < 1:
            raise EngineError(FailureKind.BAD_INPUT, _NO_QUESTION)
        if count > _MOST_QUESTIONS:
            raise EngineError(FailureKind.BAD_INPUT, _TOO_MANY)
        return asked or draw_questions(self._store, count)


def draw_questions(store: Store, count: int) -> tuple[str, ...]:
    """`count` questions in random order: some about what was taught, the others general ones."""
    from engine.tuning.exam import general_questions

    draw = random.SystemRandom()
    approved = store.examples.list(status=ExampleStatus.APPROVED)
    taught = sorted({one.question for one in approved if one.question})
    chinese = any(one.language == "zh" for one in approved)
    general = [question for question, _ in general_questions(chinese)]
    few = min(len(taught), max(1, round(count * _TAUGHT_SHARE)))
    chosen = draw.sample(taught, few)
    chosen += draw.sample(general, min(len(general), count - few))
    draw.shuffle(chosen)
    return tuple(chosen)
