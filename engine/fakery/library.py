"""What the library commands do to the scripted world. Runs on the library lane."""

import os
import time
from dataclasses import replace
from pathlib import Path
from typing import assert_never

from engine.contract import (
    Acknowledged,
    ActivateAdapter,
    ActivateModel,
    AdaptersListed,
    BackUp,
    ChangeKeys,
    ChangePassphrase,
    ChangeSetting,
    CreateProfile,
    DeleteAdapter,
    DeleteConversation,
    DeleteMemory,
    DeleteSkill,
    Diagnose,
    Diagnosed,
    Done,
    EngineError,
    EraseAll,
    ExampleReviewed,
    ExamplesListed,
    ExportAdapter,
    ExportChats,
    FailureKind,
    HardwareInfo,
    ImportChats,
    ImportModel,
    KeepComparison,
    LibraryCommand,
    ListAdapters,
    ListComparisons,
    ListConversations,
    ListExamples,
    ListMemories,
    ListModels,
    ListSkills,
    MemoriesListed,
    ModelFit,
    ModelImported,
    ModelsListed,
    NetworkAttempt,
    OpenConversation,
    PinConversation,
    PrivacyRead,
    ProfileCreated,
    ProfileUnlocked,
    RateMessage,
    ReadPrivacy,
    ReadSettings,
    ReadStatus,
    RenameConversation,
    RestoreBackup,
    RestoreConversation,
    ReviewExample,
    RewriteAnswer,
    RollBackAdapter,
    SaveMemory,
    SearchMessages,
    SelectBranch,
    SetConversationConsent,
    SetConversationMemory,
    SetMessageConsent,
    SetRetention,
    SettingsRead,
    StatusRead,
    StoredItem,
    Unlock,
)
from engine.fakery import chats, comparing, learned, safekeeping, skills
from engine.fakery.collecting import collect
from engine.fakery.script import FAKE_RECOVERY_KEY, FakeScript
from engine.fakery.world import World
from engine.offline import guard
from storage.records import FEEDBACK_KINDS, AdapterState, ExampleStatus, ModelRecord
from storage.settings import SettingError, check

__all__ = ["FakeLibrary"]

_HARDWARE = HardwareInfo(
    cpu="Scripted processor", cores=os.cpu_count() or 1, memory_bytes=8 * 2**30,
    gpu=None, gpu_memory_bytes=0, system="Linux",
)  # fmt: skip
_GUARDED = "The profile is locked; unlock it first."


class FakeLibrary:
    """Handles every library command in memory."""

    def __init__(self, world: World, script: FakeScript) -> None:
        self._world = world
        self._script = script

    def handle(self, command: LibraryCommand) -> Done:
        """The terminal event of `command`; raises `EngineError`."""
        with self._world.lock:
            match command:
                case ReadStatus():
                    return self._status(command)
                case CreateProfile():
                    return self._create(command)
                case Unlock():
                    return self._unlock(command)
                case Diagnose():
                    return self._diagnose(command)
                case _:
                    if self._world.state != "open":
                        raise EngineError(FailureKind.LOCKED, _GUARDED)
                    return self._handle_open(command)

    def _handle_open(self, command: LibraryCommand) -> Done:
        match command:
            case ReadStatus() | CreateProfile() | Unlock() | Diagnose():
                raise AssertionError
            case ChangePassphrase() | ReadPrivacy() | ReadSettings() | ChangeSetting():
                return self._profile(command)
            case ChangeKeys() | EraseAll() | BackUp() | RestoreBackup():
                return safekeeping.handle(self._world, command)
            case (
                ListConversations() | OpenConversation() | SelectBranch() | RenameConversation()
                | PinConversation() | DeleteConversation() | RestoreConversation()
                | SearchMessages() | RateMessage() | RewriteAnswer() | SetConversationConsent()
                | SetConversationMemory() | SetMessageConsent() | SetRetention()
                | ImportChats() | ExportChats()
            ):  # fmt: skip
                return chats.handle(self._world, command)
            case ListExamples() | ReviewExample():
                return self._inbox(command)
            case ListMemories() | SaveMemory() | DeleteMemory():
                return self._memories(command)
            case ListAdapters() | ActivateAdapter() | RollBackAdapter() | DeleteAdapter():
                return self._adapters(command)
            case (
                ExportAdapter() | ListSkills() | DeleteSkill() | KeepComparison()
                | ListComparisons()
            ):  # fmt: skip
                return self._made(command)
            case ListModels() | ImportModel() | ActivateModel():
                return self._models(command)
            case _:
                assert_never(command)

    # -- profile ----------------------------------------------------------------------------------

    def _slots(self) -> tuple[str, ...]:
        if self._world.state == "new":
            return ()
        return ("passphrase" if self._world.passphrase else "keyring", "recovery")

    def _status(self, command: ReadStatus) -> Done:
        details = {
            "damaged": "The database is damaged; a backup can be restored.",
            "in_use": "Confidant is already open with this profile; use that window.",
            "key_missing": "The key is not in the keyring; enter the recovery key.",
        }
        return StatusRead(
            job=command.job, state=self._world.state,
            detail=details.get(self._world.state, ""), profile_path="(scripted)",
            key_slots=self._slots(), keyring_available=self._script.keyring_available,
            keyring_name="Scripted keyring", hardware=_HARDWARE,
        )  # fmt: skip

    def _create(self, command: CreateProfile) -> Done:
        if self._world.state != "new":
            raise EngineError(FailureKind.BAD_INPUT, "There is a profile already; unlock it.")
        if command.passphrase is None and not self._script.keyring_available:
            raise EngineError(
                FailureKind.KEYRING_UNAVAILABLE, "No safe keyring was found; choose a passphrase."
            )
        self._world.passphrase = command.passphrase
        self._world.state = "open"
        self._world.note("profile_created")
        return ProfileCreated(job=command.job, recovery_key=FAKE_RECOVERY_KEY)

    def _unlock(self, command: Unlock) -> Done:
        world = self._world
        restoring = world.state == "damaged" and command.restore
        if world.state not in {"locked", "open", "key_missing"} and not restoring:
            raise EngineError(FailureKind.LOCKED, "There is no profile to unlock here; make one.")
        if not self._opens(command.passphrase, command.recovery_key):
            raise EngineError(
                FailureKind.WRONG_KEY, "This is not the right passphrase or key; try again."
            )
        if world.state == "key_missing" and command.recovery_key is None:
            raise EngineError(
                FailureKind.KEY_MISSING, "The keyring has no key; enter the recovery key."
            )
        world.state = "open"
        world.note("unlocked")
        return ProfileUnlocked(job=command.job)

    def _opens(self, passphrase: str | None, recovery_key: str | None) -> bool:
        if recovery_key is not None:
            return recovery_key.strip() == FAKE_RECOVERY_KEY
        return passphrase == self._world.passphrase

    def _profile(
        self, command: ChangePassphrase | ReadPrivacy | ReadSettings | ChangeSetting
    ) -> Done:
        world = self._world
        match command:
            case ChangePassphrase():
                if not self._opens(command.current, command.recovery_key):
                    raise EngineError(
                        FailureKind.WRONG_KEY, "This is not the present passphrase; try again."
                    )
                world.passphrase = command.new
                world.note("passphrase_changed")
                return Acknowledged(job=command.job)
            case ReadPrivacy():
                return self._privacy(command)
            case ReadSettings():
                return SettingsRead(job=command.job, values=tuple(world.settings.items()))
            case ChangeSetting():
                try:
                    world.settings[command.key] = check(command.key, command.value)
                except SettingError as error:
                    raise EngineError(FailureKind.BAD_INPUT, str(error)) from None
                return Acknowledged(job=command.job)
            case _:
                assert_never(command)

    def _diagnose(self, command: Diagnose) -> Done:
        facts = (("versions", "engine", "scripted"), ("profile", "state", self._world.state))
        tried = NetworkAttempt(name="scripted", denied=True, detail="nothing was really tried")
        attempts = (tried,) if command.prove_offline else ()
        return Diagnosed(job=command.job, facts=facts, problems=(), attempts=attempts)

    def _privacy(self, command: ReadPrivacy) -> Done:
        world = self._world
        counts = (
            ("conversations", len(world.conversations)), ("messages", len(world.messages)),
            ("memories", len(world.memories)), ("examples", len(world.examples)),
            ("adapters", len(world.adapters)),
        )  # fmt: skip
        items = tuple(
            StoredItem(name=name, count=count, size_bytes=count * 400, path="confidant.db")
            for name, count in counts
        )
        return PrivacyRead(
            job=command.job, profile_path="(scripted)", key_slots=self._slots(), items=items,
            audit=tuple(reversed(world.audit)), backups=tuple(world.backups),
            network_guard=guard.present().kind,
        )  # fmt: skip

    # -- learning, memories, adapters, models -----------------------------------------------------

    def _inbox(self, command: ListExamples | ReviewExample) -> Done:
        world = self._world
        match command:
            case ListExamples():
                collect(world)
                shown = (e for e in world.examples.values() if command.status in {None, e.status})
                return ExamplesListed(job=command.job, examples=tuple(reversed(list(shown))))
            case ReviewExample():
                old = world.example(command.example_id)
                changed = replace(
                    old,
                    status=command.status,
                    question=old.question if command.question is None else command.question,
                    answer=old.answer if command.answer is None else command.answer,
                    value=old.value if command.value is None else command.value,
                )
                world.examples[changed.id] = changed
                known = {m.example_id for m in world.memories.values()}
                told = changed.kind not in FEEDBACK_KINDS and changed.id not in known
                if told and changed.status is ExampleStatus.APPROVED:
                    world.remember(changed.answer, example_id=changed.id,
                                   source_message_id=changed.source_message_id)  # fmt: skip
                return ExampleReviewed(job=command.job, example=changed)
            case _:
                assert_never(command)

    def _memories(self, command: ListMemories | SaveMemory | DeleteMemory) -> Done:
        world = self._world
        match command:
            case ListMemories():
                return MemoriesListed(
                    job=command.job, memories=tuple(reversed(list(world.memories.values())))
                )
            case SaveMemory() if not command.text.strip():
                raise EngineError(FailureKind.BAD_INPUT, "A memory needs some text.")
            case SaveMemory(memory_id=None):
                made = world.remember(command.text)
                world.memories[made.id] = replace(made, enabled=command.enabled)
            case SaveMemory(memory_id=str(memory_id)):
                old = world.memory(memory_id)
                world.memories[memory_id] = replace(
                    old, text=command.text, enabled=command.enabled, updated_at=time.time()
                )
            case SaveMemory():
                raise AssertionError
            case DeleteMemory():
                del world.memories[world.memory(command.memory_id).id]
            case _:
                assert_never(command)
        return Acknowledged(job=command.job)

    def _adapters(
        self, command: ListAdapters | ActivateAdapter | RollBackAdapter | DeleteAdapter
    ) -> Done:
        world = self._world
        match command:
            case ListAdapters():
                pass
            case ActivateAdapter(adapter_id=None):
                world.activate(None)
            case ActivateAdapter(adapter_id=str(adapter_id)):
                if world.adapter(adapter_id).state is not AdapterState.READY:
                    raise EngineError(
                        FailureKind.BAD_INPUT, "This adapter did not pass; choose another."
                    )
                world.activate(adapter_id)
            case ActivateAdapter():
                raise AssertionError
            case RollBackAdapter():
                if not world.activations:
                    raise EngineError(FailureKind.NOT_FOUND, "There is nothing to go back to.")
                world.activate(world.activations.pop(), remember=False)
            case DeleteAdapter():
                del world.adapters[world.adapter(command.adapter_id).id]
                world.activations = [i for i in world.activations if i != command.adapter_id]
            case _:
                assert_never(command)
        if not isinstance(command, ListAdapters):
            world.note(type(command).__name__)
        return AdaptersListed(
            job=command.job, adapters=tuple(reversed(list(world.adapters.values())))
        )

    def _made(
        self,
        command: ExportAdapter | ListSkills | DeleteSkill | KeepComparison | ListComparisons,
    ) -> Done:
        if isinstance(command, ExportAdapter):
            return learned.export(self._world, command)
        if isinstance(command, KeepComparison | ListComparisons):
            return comparing.keep(self._world, command)
        return skills.keep(self._world, command)

    def _models(self, command: ListModels | ImportModel | ActivateModel) -> Done:
        world = self._world
        match command:
            case ListModels():
                return ModelsListed(
                    job=command.job, models=tuple(map(self._fit, world.models.values()))
                )
            case ImportModel():
                made = self._imported(Path(command.path))
                world.models[made.id] = made
                return ModelImported(job=command.job, model=made)
            case ActivateModel():
                if command.model_id not in world.models:
                    raise EngineError(FailureKind.NOT_FOUND, "This model is no longer there.")
                world.settings["active_model"] = command.model_id
                world.loaded = False
                return Acknowledged(job=command.job)
            case _:
                assert_never(command)

    def _fit(self, model: ModelRecord) -> ModelFit:
        active = str(self._world.settings["active_model"]) or next(iter(self._world.models))
        return ModelFit(
            model=model, weights_bytes=model.size_bytes, context_bytes=model.size_bytes // 4,
            fit="fits" if model.size_bytes < 4 * 2**30 else "too_large", active=model.id == active,
        )  # fmt: skip

    def _imported(self, source: Path) -> ModelRecord:
        if not source.exists():
            raise EngineError(FailureKind.BAD_INPUT, "There is no such file; choose another.")
        if source.is_file() and source.suffix != ".gguf":
            raise EngineError(
                FailureKind.UNSUPPORTED_MODEL,
                "Only GGUF files and safetensors folders can be imported.",
            )
        return ModelRecord(
            id=f"{len(self._world.models):064x}", name=source.stem, path=str(source),
            format="gguf" if source.is_file() else "safetensors", architecture="llama",
            parameters=1_000_000, size_bytes=source.stat().st_size, added_at=time.time(),
        )  # fmt: skip
