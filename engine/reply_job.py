"""One reply, from a stored question to a stored answer. Runs on the model lane.

Order: the model, the adapter and the prompt are made ready; then the answer's row is made,
announced, and filled while it streams. Whatever goes wrong leaves an answer row that says so, and
`ReplyStarted` is told in every case.
"""

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from engine.chat.scope import may_help
from engine.contract import (
    Emit,
    ModelLoading,
    Reply,
    ReplyDone,
    ReplyStarted,
    ReplyUsage,
    Stopped,
)
from engine.control import JobControl, JobStopped
from engine.model_keeper import AdapterInUse, ModelKeeper
from engine.question import Place, checked_settings
from engine.scribe import Scribe
from storage.errors import StoreError
from storage.records import MessageRecord, MessageState, Role
from storage.settings import SettingValue
from storage.store import Store

if TYPE_CHECKING:
    from engine.chat.reply import ReplyStats
    from engine.chat.turns import ChatTurn
    from engine.decode.sampling import Sampling
    from engine.memory.finder import Finder
    from engine.memory.remembered import Remembered
    from engine.model.loaded import LoadedModel

__all__ = ["ReplyJob"]


@dataclass(frozen=True, slots=True)
class _Ready:
    """All that is needed to answer."""

    model: "LoadedModel"
    adapter: AdapterInUse
    turns: "Sequence[ChatTurn]" = field(repr=False)
    dropped: int
    remembered: "Remembered" = field(repr=False)
    sampling: "Sampling"


class ReplyJob:
    """Answers one `Reply`.

    Args:
        command: How to answer.
        place: What to answer, already stored.
        store: The profile: settings, adapters, memories.
        chats: Where the conversation lives: the profile, or the store of temporary chats.
        keeper: Has the model.
        finder: Looks for what fits the question.
        control: Stop flag.
        emit: Receives the events before the terminal one.
    """

    def __init__(
        self,
        command: Reply,
        place: Place,
        *,
        store: Store,
        chats: Store,
        keeper: ModelKeeper,
        finder: "Finder",
        control: JobControl,
        emit: Emit,
    ) -> None:
        self._command = command
        self._place = place
        self._store = store
        self._chats = chats
        self._keeper = keeper
        self._finder = finder
        self._control = control
        self._emit = emit

    def run(self) -> ReplyDone | Stopped:
        """The terminal event; raises whatever failed, after noting it in the answer's row."""
        place = self._place
        try:
            ready = self._prepare(place)
        except JobStopped:
            return Stopped(
                job=self._command.job, message=self._announce(place, MessageState.STOPPED)
            )
        except Exception:
            with contextlib.suppress(StoreError):
                self._announce(place, MessageState.FAILED)
            raise
        return self._stream(place, ready)

    # -- making ready -----------------------------------------------------------------------------

    def _prepare(self, place: Place) -> _Ready:
        self._leave_if_stopped()
        settings = checked_settings(self._store, self._command.options)
        settings["memory"] = self._uses_memory(place, settings)
        model = self._keeper.current(self._store, self._loading)
        self._leave_if_stopped()
        wanted, strength = self._command.options.adapter, self._strength(place, settings)
        adapter = self._keeper.use_adapter(self._store, model, wanted, strength)
        from engine.memory.remembered import remember

        remembered = remember(
            self._finder, self._store, settings, model, place.answered.text, place.conversation_id
        )
        sampling = _sampling(settings)
        turns, dropped = self._turns(model, place, settings, remembered, sampling.max_tokens)
        self._leave_if_stopped()
        return _Ready(model, adapter, turns, dropped, remembered, sampling)

    def _strength(self, place: Place, settings: dict[str, SettingValue]) -> float:
        """The strength asked for; 0 where what was learned has nothing to do with the question."""
        options, strength = self._command.options, float(settings["adapter_strength"])
        chosen = options.adapter != "active" or options.strength is not None
        if chosen or settings["adapter_scope"] == "always":
            return strength
        asked = [
            message.text
            for message in self._chats.messages.path_to(place.answered.id)
            if message.role is Role.USER
        ]
        return strength if may_help(self._store, asked) else 0.0

    def _uses_memory(self, place: Place, settings: dict[str, SettingValue]) -> SettingValue:
        """What the command says, else the conversation, else the setting."""
        wish = self._chats.conversations.get(place.conversation_id).memory
        if self._command.options.memory is not None or wish is None:
            return settings["memory"]
        return wish

    def _turns(
        self,
        model: "LoadedModel",
        place: Place,
        settings: dict[str, SettingValue],
        remembered: "Remembered",
        reserve: int,
    ) -> "tuple[list[ChatTurn], int]":
        from engine.chat.prompt import build_turns, fit_context
        from engine.chat.turns import ChatTurn

        messages = self._chats.messages.path_to(place.answered.id)
        turns = build_turns(
            str(settings["instruction"]), remembered.facts, messages, remembered.past
        )
        if place.continued is not None and place.continued.text:
            turns.append(ChatTurn(Role.ASSISTANT, place.continued.text))
        return fit_context(model, turns, reserve)

    def _loading(self, fraction: float) -> None:
        self._leave_if_stopped()
        self._emit(ModelLoading(job=self._command.job, fraction=fraction))

    def _leave_if_stopped(self) -> None:
        if self._control.should_stop():
            raise JobStopped

    # -- the answer -------------------------------------------------------------------------------

    def _announce(
        self, place: Place, state: MessageState, ready: _Ready | None = None
    ) -> MessageRecord:
        """Makes the answer's row, or takes up the old one, and tells that the reply has begun."""
        answer = place.continued or self._new_row(place, state, ready)
        started = ReplyStarted(
            job=self._command.job,
            conversation=self._chats.conversations.get(place.conversation_id),
            question=place.question,
            answer_id=answer.id,
            dropped_messages=ready.dropped if ready else 0,
            memories=ready.remembered.facts if ready else (),
            past_turns=ready.remembered.past if ready else (),
        )
        self._emit(started)
        return answer

    def _new_row(self, place: Place, state: MessageState, ready: _Ready | None) -> MessageRecord:
        adapter = ready.adapter if ready else AdapterInUse()
        answer = self._chats.messages.add(
            place.conversation_id,
            parent_id=place.answered.id,
            role=Role.ASSISTANT,
            text="",
            state=state,
            model_id=ready.model.record.id if ready else None,
            adapter_id=adapter.id,
            strength=adapter.strength,
        )
        if ready:
            self._chats.reply_sources.keep(answer.id, ready.remembered.ids)
        return answer

    def _stream(self, place: Place, ready: _Ready) -> ReplyDone | Stopped:
        from engine.chat.reply import answer

        row = self._announce(place, MessageState.STREAMING, ready)
        scribe = Scribe(self._chats, row, self._command.job, self._emit)
        stop, turns = self._control.should_stop, ready.turns
        if row.text:
            turns = turns[:-1]
        try:
            stats = answer(
                ready.model, turns, ready.sampling, stop, scribe.add, begun=row.text
            )
        except Exception:
            with contextlib.suppress(StoreError):
                scribe.finish(MessageState.FAILED)
            raise
        if stats.stopped:
            kept = scribe.finish(MessageState.STOPPED)
            return Stopped(job=self._command.job, message=kept)
        return ReplyDone(
            job=self._command.job,
            message=scribe.finish(MessageState.CUT if stats.cut else MessageState.COMPLETE),
            conversation=self._chats.conversations.get(place.conversation_id),
            usage=_usage(ready, stats),
        )


def _sampling(settings: dict[str, SettingValue]) -> "Sampling":
    from engine.decode.sampling import Sampling

    return Sampling(
        temperature=float(settings["temperature"]),
        top_k=int(settings["top_k"]),
        top_p=float(settings["top_p"]),
        min_p=float(settings["min_p"]),
        repetition_penalty=float(settings["repetition_penalty"]),
        max_tokens=int(settings["max_tokens"]),
        seed=int(settings["seed"]),
    )


def _usage(ready: _Ready, stats: "ReplyStats") -> ReplyUsage:
    return ReplyUsage(
        prompt_tokens=stats.prompt_tokens,
        tokens=stats.tokens,
        first_token_s=stats.first_token_s,
        tokens_per_s=stats.tokens_per_s,
        model=ready.model.info.name,
        adapter=ready.adapter.id,
        strength=ready.adapter.strength,
        context_length=ready.model.context_length,
    )
