"""The desk of the library and files lanes: takes each command to the handler that knows it."""

from typing import assert_never

from engine.contract import (
    Acknowledged,
    ActivateAdapter,
    ActivateModel,
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
    Done,
    EraseAll,
    ExportAdapter,
    ExportChats,
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
    OpenConversation,
    PinConversation,
    ProfileUnlocked,
    RateMessage,
    ReadPrivacy,
    ReadSettings,
    ReadStatus,
    RenameConversation,
    Reply,
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
    Unlock,
)
from engine.control import JobControl
from engine.library import adapters, chats, comparing, inbox, models, profile, skills
from engine.library.diagnose import diagnose
from engine.library.privacy import note_refused, read_privacy
from engine.library.retention import HouseClock, keep_house
from engine.library.transfer import transfer_chats
from engine.question import Place, checked_settings, store_question
from engine.session import Session
from storage.store import Store

__all__ = ["LibraryDesk"]

_Profile = (
    ReadStatus | CreateProfile | Unlock | ChangePassphrase | ReadPrivacy | Diagnose
    | ReadSettings | ChangeSetting | ChangeKeys | EraseAll | BackUp | RestoreBackup
)  # fmt: skip


class LibraryDesk:
    """Handles library commands with a store of its own. One lane has one desk."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._store: Store | None = None
        self._house = HouseClock()

    def handle(self, command: LibraryCommand, control: JobControl) -> Done:
        """The terminal event of `command`; raises whatever failed."""
        self._keep_house()
        match command:
            case (
                ReadStatus() | CreateProfile() | Unlock() | ChangePassphrase() | ReadPrivacy()
                | Diagnose() | ReadSettings() | ChangeSetting() | ChangeKeys() | EraseAll()
                | BackUp() | RestoreBackup()
            ):  # fmt: skip
                return self._profile(command)
            case (
                ListConversations() | OpenConversation() | SelectBranch() | RenameConversation()
                | PinConversation() | DeleteConversation() | RestoreConversation()
                | SearchMessages() | RateMessage() | RewriteAnswer() | SetConversationConsent()
                | SetConversationMemory() | SetMessageConsent() | SetRetention()
            ):  # fmt: skip
                return chats.handle(self._open_store(), command)
            case ImportChats() | ExportChats():
                return transfer_chats(self._open_store(), command, control.checkpoint)
            case (
                ListExamples() | ReviewExample() | ListMemories() | SaveMemory() | DeleteMemory()
            ):
                return inbox.handle(self._open_store(), command)
            case ListAdapters() | ActivateAdapter() | RollBackAdapter() | DeleteAdapter():
                return adapters.handle(self._open_store(), command)
            case ExportAdapter():
                from engine.tuning.adapter_folder import export_folder

                return export_folder(self._open_store(), command)
            case KeepComparison() | ListComparisons():
                return comparing.handle(self._open_store(), command)
            case ListSkills() | DeleteSkill():
                return skills.handle(self._open_store(), command)
            case ListModels() | ImportModel() | ActivateModel():
                session = self._session
                return models.handle(self._open_store(), session.paths, session.hardware, command)
            case _:
                assert_never(command)

    def accept(self, command: Reply) -> Place:
        """Checks a message and writes it down; answering it is the model lane's."""
        store = self._open_store()
        checked_settings(store, command.options)
        return store_question(store, command)

    def close(self) -> None:
        """Closes the store; before that, writes down what was refused on the way to a network."""
        if self._store is not None:
            if not self._store.closed:
                note_refused(self._store)
            self._store.close()
            self._store = None

    def _profile(self, command: _Profile) -> Done:
        session = self._session
        match command:
            case ReadStatus():
                return profile.read_status(session, command)
            case CreateProfile():
                self._store, created = profile.create(session, command)
                self._house.note()
                return created
            case Unlock():
                self._store = profile.unlock(session, command) or self._store
                self._house.note()
                return ProfileUnlocked(job=command.job)
            case ChangePassphrase():
                return profile.change_passphrase(session, self._open_store(), command)
            case ChangeKeys() | EraseAll() | BackUp() | RestoreBackup():
                return self._replace(command)
            case ReadPrivacy():
                return read_privacy(self._open_store(), session, command)
            case Diagnose():
                store = self._open_store() if session.is_open else None
                return diagnose(store, session, command)
            case ReadSettings():
                values = self._open_store().settings.all()
                return SettingsRead(job=command.job, values=tuple(values.items()))
            case ChangeSetting():
                return profile.change_setting(self._open_store(), command)
            case _:
                assert_never(command)

    def _replace(self, command: ChangeKeys | EraseAll | BackUp | RestoreBackup) -> Done:
        match command:
            case ChangeKeys():
                return profile.change_keys(self._session, self._open_store(), command)
            case EraseAll():
                return profile.erase_all(self._session, command)
            case BackUp():
                self._open_store().backup()
                return Acknowledged(job=command.job)
            case RestoreBackup():
                return profile.restore_backup(self._session, command)
            case _:
                assert_never(command)

    def _keep_house(self) -> None:
        """Once in a while, erases what was kept long enough."""
        if self._session.is_open and self._house.is_due():
            keep_house(self._open_store())
            self._house.note()

    def _open_store(self) -> Store:
        if self._store is None or self._store.closed:
            self._store = self._session.new_store()
        return self._store
