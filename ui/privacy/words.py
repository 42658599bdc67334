"""Stored things and audited acts in words."""

from PySide6.QtCore import QCoreApplication

__all__ = ["action_text", "item_text"]


def item_text(name: str) -> str:
    """What a kind of stored data is called; an unknown one keeps its name."""
    translate = QCoreApplication.translate
    return {
        "database": translate("PrivacyWords", "Database (encrypted)"),
        "conversations": translate("PrivacyWords", "Conversations"),
        "messages": translate("PrivacyWords", "Messages"),
        "examples": translate("PrivacyWords", "Examples of the inbox"),
        "memories": translate("PrivacyWords", "Remembered facts"),
        "comparisons": translate("PrivacyWords", "Blind comparisons (numbers only)"),
        "audit": translate("PrivacyWords", "Lines of the audit trail"),
        "adapter": translate("PrivacyWords", "Learned versions (encrypted)"),
        "adapters": translate("PrivacyWords", "Learned versions (encrypted)"),
        "checkpoint": translate("PrivacyWords", "Unfinished training (encrypted)"),
        "replay": translate("PrivacyWords", "The model's own general answers (encrypted)"),
        "skill": translate("PrivacyWords", "Skills (encrypted)"),
        "keys": translate("PrivacyWords", "Wrapped keys"),
        "backups": translate("PrivacyWords", "Backups (encrypted)"),
        "models": translate("PrivacyWords", "Imported models"),
        "cache": translate("PrivacyWords", "Cache (nothing of yours)"),
        "logs": translate("PrivacyWords", "Logs (no words of yours)"),
        "training-figures": translate("PrivacyWords", "Training figures (no words of yours)"),
    }.get(name, name)


def _profile_acts() -> dict[str, str]:
    translate = QCoreApplication.translate
    return {
        "profile_created": translate("PrivacyWords", "Profile made"),
        "unlocked": translate("PrivacyWords", "Unlocked"),
        "backup_restored": translate("PrivacyWords", "Restored from a backup"),
        "keys_changed": translate("PrivacyWords", "New keys made"),
        "retention_erased": translate("PrivacyWords", "Erased after their days"),
        "passphrase_set": translate("PrivacyWords", "Passphrase set"),
        "passphrase_removed": translate("PrivacyWords", "Passphrase removed"),
        "learning_on": translate("PrivacyWords", "Learning turned on"),
        "learning_off": translate("PrivacyWords", "Learning turned off"),
        "consent_given": translate("PrivacyWords", "Learning from a conversation allowed"),
        "consent_withdrawn": translate("PrivacyWords", "Learning from a conversation forbidden"),
        "conversation_erased": translate("PrivacyWords", "Conversation erased"),
        "chats_imported": translate("PrivacyWords", "Chats imported"),
        "chats_exported": translate("PrivacyWords", "Chats exported in plain text"),
    }


def _learning_acts() -> dict[str, str]:
    translate = QCoreApplication.translate
    return {
        "example_approved": translate("PrivacyWords", "Example approved"),
        "example_never": translate("PrivacyWords", "Example forbidden"),
        "example_pending": translate("PrivacyWords", "Example put back"),
        "memory_deleted": translate("PrivacyWords", "Fact forgotten"),
        "fact_forgotten": translate("PrivacyWords", "Fact erased with all that was made of it"),
        "learned": translate("PrivacyWords", "Learned"),
        "learning_rejected": translate("PrivacyWords", "Learned, but did not pass its exam"),
        "adapter_activated": translate("PrivacyWords", "Version switched on"),
        "adapter_off": translate("PrivacyWords", "Versions switched off"),
        "adapter_rolled_back": translate("PrivacyWords", "Went back to an earlier version"),
        "adapter_destroyed": translate("PrivacyWords", "Version destroyed"),
        "adapter_exported": translate("PrivacyWords", "Version exported in plain text"),
        "adapter_imported": translate("PrivacyWords", "Version taken in from a folder"),
        "skill_taught": translate("PrivacyWords", "Skill taught"),
        "skill_destroyed": translate("PrivacyWords", "Skill destroyed"),
        "model_imported": translate("PrivacyWords", "Model imported"),
        "model_chosen": translate("PrivacyWords", "Model chosen"),
    }


def action_text(action: str) -> str:
    """What was done; an unknown act keeps its code."""
    return (_profile_acts() | _learning_acts()).get(action, action.replace("_", " "))
