"""Explains one answer: its sources and what the adapter did to it. Runs on the model lane."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from engine.contract import (
    EngineError,
    Explain,
    Explained,
    ExplainedSource,
    FailureKind,
    ReplyOptions,
)
from engine.control import JobControl
from engine.library.chat_file import clean_text
from engine.model_keeper import AdapterInUse, ModelKeeper
from engine.question import checked_settings
from storage.errors import NotFound, StoreError
from storage.records import AdapterRecord, AdapterState, ExampleRecord, MessageRecord, Role
from storage.settings import SettingValue
from storage.store import Store

if TYPE_CHECKING:
    from engine.chat.turns import ChatTurn
    from engine.memory.finder import Finder
    from engine.memory.remembered import Remembered
    from engine.model.loaded import LoadedModel

__all__ = ["ExplainJob"]

_NO_ANSWER = "Only an answer with some text can be explained; choose one."
_OTHER_MODEL = "This answer came from another model; choose that model to have it explained."
_LONGEST = 512


@dataclass(frozen=True, slots=True)
class _Answer:
    """An answer with all that it was given from. ``gone``: its adapter may not be used any more."""

    text: str = field(repr=False)
    question: str = field(repr=False)
    turns: "list[ChatTurn]" = field(repr=False)
    remembered: "Remembered"
    adapter: AdapterInUse
    gone: bool = False


class ExplainJob:
    """Explains one answer.

    Args:
        command: Which answer.
        store: The profile.
        chats: Where the answer lives: the profile, or the store of temporary chats.
        keeper: Has the model.
        finder: Looks for what fits a fresh question.
        control: Stop flag.
        loading: Told how far the model is loaded.
    """

    def __init__(
        self, command: Explain, *, store: Store, chats: Store, keeper: ModelKeeper,
        finder: "Finder", control: JobControl, loading: Callable[[float], None],
    ) -> None:  # fmt: skip
        self._command = command
        self._store = store
        self._chats = chats
        self._keeper = keeper
        self._finder = finder
        self._control = control
        self._loading = loading

    def run(self) -> Explained:
        """The explanation.

        Raises:
            EngineError: ``BAD_INPUT`` when there is nothing to explain.
            StoreError: The message is gone.
        """
        from engine.tuning.explaining import changed_words

        settings = checked_settings(self._store, ReplyOptions())
        model = self._keeper.current(self._store, self._loading)
        given = self._given(model, settings)
        self._control.checkpoint()
        weights = None
        if given.adapter.id is not None:
            weights = self._keeper.weights(self._store, given.adapter.id)
        words = changed_words(
            model, model.prompt_ids(given.turns), model.tokenizer.encode(given.text), weights,
            given.adapter.strength,
        )  # fmt: skip
        return Explained(
            job=self._command.job, answer=given.text, model=model.info.name,
            adapter_id=given.adapter.id, strength=given.adapter.strength,
            sources=(*given.remembered.sources(), *self._examples(given)), words=words,
            adapter_gone=given.gone,
        )  # fmt: skip

    def _given(self, model: "LoadedModel", settings: dict[str, SettingValue]) -> _Answer:
        if (self._command.message_id is None) == (self._command.text is None):
            raise EngineError(FailureKind.BAD_INPUT, _NO_ANSWER)
        if self._command.message_id is not None:
            return self._stored(model, settings, self._chats.messages.get(self._command.message_id))
        return self._fresh(model, settings, clean_text(self._command.text or ""))

    def _stored(
        self, model: "LoadedModel", settings: dict[str, SettingValue], answer: MessageRecord
    ) -> _Answer:
        """As it was given: the same turns, facts and adapter, as far as they are still there."""
        from engine.memory.remembered import recorded

        if answer.role is not Role.ASSISTANT or not answer.text or answer.parent_id is None:
            raise EngineError(FailureKind.BAD_INPUT, _NO_ANSWER)
        if answer.model_id not in {None, model.record.id}:
            raise EngineError(FailureKind.BAD_INPUT, _OTHER_MODEL)
        messages = self._chats.messages.path_to(answer.parent_id)
        ids = self._chats.reply_sources.of(answer.id)
        remembered = recorded(self._store, ids, messages[-1].text)
        turns = self._turns(model, settings, remembered, messages)
        usable = answer.adapter_id is not None and self._usable(answer.adapter_id) is not None
        used = AdapterInUse(answer.adapter_id, answer.strength) if usable else AdapterInUse()
        gone = answer.adapter_id is not None and not usable
        return _Answer(answer.text, messages[-1].text, turns, remembered, used, gone)

    def _fresh(
        self, model: "LoadedModel", settings: dict[str, SettingValue], text: str
    ) -> _Answer:
        """Answers now, as a new chat would, always with the likeliest words."""
        from engine.chat.reply import answer
        from engine.chat.turns import ChatTurn
        from engine.decode.sampling import Sampling
        from engine.memory.remembered import remember

        if not text:
            raise EngineError(FailureKind.BAD_INPUT, "The message is empty; write something first.")
        strength = float(settings["adapter_strength"])
        used = self._keeper.use_adapter(self._store, model, "active", strength)
        remembered = remember(self._finder, self._store, settings, model, text)
        turns = self._turns(model, settings, remembered, [ChatTurn(Role.USER, text)])
        longest = min(int(settings["max_tokens"]), _LONGEST)
        greedy = Sampling(temperature=0.0, repetition_penalty=float(settings["repetition_penalty"]),
                          max_tokens=longest)  # fmt: skip
        told = answer(model, turns, greedy, self._control.should_stop, lambda _piece: None)
        return _Answer(told.text, text, turns, remembered, used)

    def _turns(
        self,
        model: "LoadedModel",
        settings: dict[str, SettingValue],
        remembered: "Remembered",
        messages: "tuple[MessageRecord, ...] | list[ChatTurn]",
    ) -> "list[ChatTurn]":
        from engine.chat.prompt import build_turns, fit_context

        turns = build_turns(
            str(settings["instruction"]), remembered.facts, messages, remembered.past
        )
        return fit_context(model, turns, int(settings["max_tokens"]))[0]

    def _usable(self, adapter_id: str) -> AdapterRecord | None:
        """The adapter, unless it is gone or was retired."""
        try:
            found = self._store.adapters.get(adapter_id)
        except NotFound:
            return None
        return None if found.state is AdapterState.RETIRED else found

    def _examples(self, given: _Answer) -> list[ExplainedSource]:
        """What the adapter was trained on and fits."""
        from engine.tuning.explaining import fitting_examples

        adapter = self._usable(given.adapter.id) if given.adapter.id else None
        learned: list[ExampleRecord] = []
        for name in adapter.example_ids if adapter else ():
            try:
                learned.append(self._store.examples.get(name))
            except StoreError:
                continue
        return [
            ExplainedSource(kind="example", id=one.id, text=f"{one.question} {one.answer}",
                            conversation_id=one.conversation_id)
            for one in fitting_examples(learned, given.question, given.text)
        ]  # fmt: skip
