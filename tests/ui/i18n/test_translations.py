"""The Chinese translation is whole, fits the source, and is used."""

import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QLocale

from storage.settings import SETTINGS
from ui.forms.setting_words import label_text
from ui.i18n import Language

ROOT = Path(__file__).parents[3]
FILE = ROOT / "ui" / "i18n" / "confidant_zh_CN.ts"


def entries(path):
    # The file is our own, not a stranger's.
    for context in ElementTree.parse(path).getroot().findall("context"):
        for message in context.findall("message"):
            translation = message.find("translation")
            yield context.findtext("name"), message.findtext("source"), translation


def program(name):
    beside = Path(sys.executable).with_name(name)
    return str(beside) if beside.exists() else shutil.which(name)


def test_no_entry_is_unfinished():
    found = list(entries(FILE))
    assert len(found) > 400
    bad = [(c, s) for c, s, t in found if t.get("type") or not (t.text or "").strip()]
    assert bad == []


def test_placeholders_are_the_same():
    odd = [
        (context, source)
        for context, source, translation in entries(FILE)
        if sorted(re.findall(r"{\w+}|%n", source))
        != sorted(re.findall(r"{\w+}|%n", translation.text))
    ]
    assert odd == []


def test_the_file_holds_every_text_of_the_source(tmp_path):
    fresh = tmp_path / "fresh.ts"
    tool = program("pyside6-lupdate")
    assert tool
    command = [tool, "-silent", "-extensions", "py", "-locations", "none", "ui", "-ts", str(fresh)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=120)
    wanted = {(context, source) for context, source, _t in entries(fresh)}
    assert wanted == {(context, source) for context, source, _t in entries(FILE)}


def test_every_setting_is_translated():
    known = {source for context, source, _t in entries(FILE) if context == "Settings"}
    needed = {text for s in SETTINGS.values() for text in (s.label, s.help)}
    assert needed <= known


@pytest.fixture
def language(qapp, tmp_path, monkeypatch):
    compiled = tmp_path / "confidant_zh_CN.qm"
    tool = program("pyside6-lrelease")
    assert tool
    subprocess.run(
        [tool, "-silent", str(FILE), "-qm", str(compiled)], check=True, capture_output=True,
        timeout=60,
    )  # fmt: skip
    monkeypatch.setattr("ui.i18n.language._FOLDER", tmp_path)
    before = QLocale()
    made = Language(qapp)
    yield made
    made.show("en")
    QLocale.setDefault(before)


def test_language_switches_and_goes_back(language):
    assert language.show("zh_CN")
    assert QCoreApplication.translate("Shell", "Settings") == "设置"
    assert label_text(SETTINGS["theme"]) == "主题"
    assert not language.show("zh_CN")
    assert language.show("en")
    assert QCoreApplication.translate("Shell", "Settings") == "Settings"
