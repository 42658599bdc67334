"""Memory without widgets: facts, their sources, and what the user does with them."""

from PySide6.QtCore import QObject

from engine.contract import (
    Command,
    DeleteMemory,
    Event,
    ExampleReviewed,
    ExamplesListed,
    Failed,
    Forget,
    Forgotten,
    Learn,
    LearnDone,
    ListExamples,
    ListMemories,
    MemoriesListed,
    SaveMemory,
)
from storage.records import ExampleRecord, MemoryRecord, Verdict
from ui.engine_client import EngineClient
from ui.forms.page_presenter import PagePresenter
from ui.forms.setting_values import SettingValues

__all__ = ["MemoryPresenter"]


class MemoryPresenter(PagePresenter):
    """State of the memory page."""

    def __init__(self, client: EngineClient, parent: QObject | None = None) -> None:
        super().__init__(client, parent)
        self.settings = SettingValues(client, self)
        self.settings.changed.connect(lambda _key: self.changed.emit())
        self.memories: tuple[MemoryRecord, ...] = ()
        self.known = False
        self.filter_text = ""
        self.forgotten: Forgotten | None = None
        self.forgetting = False
        self.relearning = ""
        self._examples: dict[str, ExampleRecord] = {}
        client.finished.connect(self._notice)

    @property
    def memory_on(self) -> bool:
        """True when facts may be put into prompts."""
        return bool(self.settings["memory"])

    @property
    def past_chats(self) -> bool:
        """True when messages of other chats may be put into prompts."""
        return bool(self.settings["past_chats"])

    def shown(self) -> tuple[MemoryRecord, ...]:
        """The facts that hold the filter's text."""
        wanted = self.filter_text.casefold().strip()
        return tuple(fact for fact in self.memories if wanted in fact.text.casefold())

    def source(self, fact: MemoryRecord) -> str:
        """The user's words that a fact came from; empty when they added it themselves."""
        example = self._examples.get(fact.example_id or "")
        return example.source_text if example is not None else ""

    def refresh(self) -> None:
        """Reads settings and facts anew."""
        self.settings.load()
        self.ask(ListMemories(), self._take_memories)

    def set_filter(self, text: str) -> None:
        """Shows only facts that hold `text`."""
        self.filter_text = text
        self.changed.emit()

    def set_memory_on(self, on: bool) -> None:
        """Allows or forbids facts in prompts."""
        self.settings.change("memory", on)

    def set_past_chats(self, on: bool) -> None:
        """Allows or forbids messages of other chats in prompts."""
        self.settings.change("past_chats", on)

    def add(self, text: str) -> None:
        """Adds a fact."""
        if text.strip():
            self.ask(SaveMemory(text=text.strip()), self._reload)

    def edit(self, fact: MemoryRecord, text: str) -> None:
        """Changes a fact's words."""
        if text.strip():
            command = SaveMemory(text=text.strip(), memory_id=fact.id, enabled=fact.enabled)
            self.ask(command, self._reload)

    def enable(self, fact: MemoryRecord, on: bool) -> None:
        """Uses a fact, or lets it rest."""
        self.ask(SaveMemory(text=fact.text, memory_id=fact.id, enabled=on), self._reload)

    def forget(self, fact: MemoryRecord) -> None:
        """Forgets a fact for good; with proof where the model may have learned it."""
        self.forgotten, self.relearning = None, ""
        if fact.example_id is None:
            self.ask(DeleteMemory(memory_id=fact.id), self._reload)
            return
        self.forgetting = True
        self.ask(Forget(fact_id=fact.id), self._take_forgotten, self._forgetting_failed)

    def relearn(self) -> None:
        """Learns what is left in the background."""
        self.relearning = "running"
        self.ask(Learn(), self._relearned, self._relearning_failed)

    def dismiss_forgotten(self) -> None:
        """The proof was seen."""
        self.forgotten = None
        self.changed.emit()

    def _take_forgotten(self, event: object) -> None:
        self.forgetting = False
        self.forgotten = event if isinstance(event, Forgotten) else None
        self._reload(event)

    def _forgetting_failed(self, event: Failed) -> None:
        self.forgetting = False
        self._keep_failure(event)

    def _relearned(self, event: object) -> None:
        verdict = event.report.verdict if isinstance(event, LearnDone) else Verdict.REJECTED
        self.relearning = {
            Verdict.ACTIVATED: "done", Verdict.NOTHING_TO_LEARN: "nothing",
        }.get(verdict, "failed")  # fmt: skip

    def _relearning_failed(self, event: Failed) -> None:
        self.relearning = "failed"
        self._keep_failure(event)

    def _reload(self, _event: object) -> None:
        self.ask(ListMemories(), self._take_memories)

    def _take_memories(self, event: MemoriesListed) -> None:
        self.memories, self.known = event.memories, True
        missing = {fact.example_id for fact in self.memories if fact.example_id}
        if missing - self._examples.keys():
            self.ask(ListExamples(status=None))

    def _notice(self, _command: Command, event: Event) -> None:
        """Learns the sources from any list of examples; an approval may add a fact."""
        if isinstance(event, Failed):
            return
        if isinstance(event, ExamplesListed):
            self._examples.update({example.id: example for example in event.examples})
            self.changed.emit()
        elif isinstance(event, ExampleReviewed):
            self._examples[event.example.id] = event.example
