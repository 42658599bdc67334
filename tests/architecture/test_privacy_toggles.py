"""Every switch that concerns privacy has a test that its effect is real; this holds their list.

A new setting on the privacy page fails here until a test of what it does is named.
"""

import ast
from pathlib import Path

import pytest

from storage.settings import REDACTED_KINDS, SETTINGS, Page

ROOT = Path(__file__).parents[1]
_LIMITS = "engine/safekeeping/test_learning_limits.py"
_LIFE = "engine/safekeeping/test_profile_life.py"
_PROMISES = "engine/safekeeping/test_promises.py"
_TOGGLES = "ui/privacy/test_toggles.py"

SETTING_TESTS = {
    "learning_consent": (_LIMITS, "test_without_consent_nothing_is_collected"),
    "never_learn": (_LIMITS, "test_a_word_forbidden_later_reaches_what_was_learned"),
    "retention_days": ("storage/test_retention.py",
                       "test_the_setting_holds_where_a_conversation_says_nothing"),
    "auto_lock_minutes": (_TOGGLES, "test_the_window_locks_after_the_minutes_that_were_set"),
    "clipboard_clear_seconds": (_TOGGLES, "test_the_clipboard_setting_reaches_the_cleaner"),
    "memory": ("engine/memory/test_remembered.py",
               "test_nothing_without_memory_and_no_turns_unless_wished"),
    "past_chats": ("engine/memory/test_remembered.py",
                   "test_nothing_without_memory_and_no_turns_unless_wished"),
    **{f"redact_{kind}": (_LIMITS, "test_a_kind_is_left_out_unless_it_is_let_in")
       for kind in REDACTED_KINDS},
}  # fmt: skip
"""Settings by key, wherever they are shown."""

ACT_TESTS = {
    "consent of a conversation": (_LIMITS, "test_a_conversation_without_consent_is_not_collected"),
    "consent taken back": ("contract/test_learning.py",
                           "test_consent_taken_back_empties_the_inbox_and_given_again_fills_it"),
    "a message kept out": (_PROMISES, "test_a_message_that_is_kept_out_is_not_proposed"),
    "days of a conversation": (_LIFE, "test_conversations_go_when_their_days_are_over"),
    "temporary chat": (_PROMISES, "test_a_temporary_chat_reaches_no_page_of_the_database"),
    "temporary chat and learning": (_PROMISES, "test_a_temporary_chat_is_never_learned_from"),
    "clipboard of another program": ("ui/status/test_clipboard.py",
                                     "test_copied_and_selected_text_goes_after_the_time"),
    "locking by hand": ("e2e/test_lock_memory.py",
                        "test_no_key_and_no_word_is_left_after_the_lock"),
    "export all": ("engine/safekeeping/test_export.py", "test_everything_is_in_the_file"),
    "erase all": (_LIFE, "test_after_erasing_everything_no_word_is_left"),
    "erasing a conversation": (_LIFE, "test_the_words_of_an_erased_conversation_are_nowhere"),
    "what is stored": (_PROMISES, "test_every_file_of_the_profile_is_listed_with_its_size"),
    "audit trail": (_PROMISES, "test_the_trail_tells_each_act_once_and_never_a_word"),
    "passphrase change": ("storage/test_keys.py",
                          "test_changing_the_passphrase_ends_the_old_one_in_both_copies"),
    "new keys": ("e2e/test_window_safekeeping.py", "test_new_keys_backup_and_the_end"),
    "going back to a backup": (
        _LIFE, "test_backups_show_their_dates_and_restoring_keeps_the_app_open",
    ),
    "keyring gone or lying": ("engine/safekeeping/test_keyrings.py",
                              "test_a_lost_or_changed_key_leads_to_recovery_and_changes_no_file"),
    "connections": ("ui/privacy/test_connections.py", "test_the_ledger_shows_what_was_refused"),
}  # fmt: skip
"""What the window offers beside settings."""


def test_every_setting_of_the_privacy_page_has_one():
    shown = {key for key, setting in SETTINGS.items() if setting.page is Page.PRIVACY}
    assert shown <= set(SETTING_TESTS)
    assert set(SETTING_TESTS) <= set(SETTINGS)


@pytest.mark.parametrize("named", sorted({*SETTING_TESTS.values(), *ACT_TESTS.values()}))
def test_each_that_is_named_exists(named):
    path, name = named
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    found = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)
             and node.name == name]  # fmt: skip
    assert len(found) == 1
    assert any(isinstance(node, ast.Assert) for node in ast.walk(found[0]))
