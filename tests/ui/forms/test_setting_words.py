"""Every declared text is known to the translation tools, and every choice has a word."""

from storage.settings import SETTINGS
from ui.forms.setting_words import SOURCES, choice_text, label_text


def test_sources_are_exactly_the_declared_texts(qapp):
    declared = {text for s in SETTINGS.values() for text in (s.label, s.help)}
    assert set(SOURCES) == declared


def test_choices_have_words(qapp):
    for setting in SETTINGS.values():
        words = [choice_text(setting.key, choice) for choice in setting.choices]
        assert len(set(words)) == len(words)
        assert not set(words) & set(setting.choices)


def test_label_without_translation_is_english(qapp):
    assert label_text(SETTINGS["theme"]) == "Theme"
