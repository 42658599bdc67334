"""The models page: two numbers, fit, taking into use, import by choice and drop."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog

from engine.contract import ActivateModel, FailureKind, ImportModel, LoadModel, ModelInfo
from engine.fakery.world import FAKE_MODEL
from tests.support.page_driver import PageDriver, unnamed
from ui.models.view import ModelsPage
from ui.models.words import loaded_text, size_words

LARGE, SMALL = "1" * 64, "2" * 64


def more_models(world):
    world.models[LARGE] = replace(FAKE_MODEL, id=LARGE, name="Large", size_bytes=9 * 2**30,
                                  licence="", embedded=False)  # fmt: skip
    world.models[SMALL] = replace(FAKE_MODEL, id=SMALL, name="Small", size_bytes=50_000_000)


@pytest.fixture
def open_page(start_client, qtbot):
    def start(**script):
        client, engine = start_client(**script)
        more_models(engine.world)
        driver = PageDriver(ModelsPage(client), engine, qtbot)
        driver.page.activate()
        driver.settled()
        return driver

    return start


def test_need_is_two_numbers_and_the_licence_is_said(open_page):
    words = open_page().words()
    assert "Memory needed: 98.0 MB for the weights + 24.5 MB for the context" in words
    assert "licence: Apache-2.0" in words
    assert "licence: not stated in its files" in words
    assert "Scripted processor" in words


def test_too_large_cannot_be_used_and_says_why(open_page):
    driver = open_page()
    button = driver.find(f"model.{LARGE[:12]}.use")
    assert not button.isEnabled()
    assert "more memory" in button.toolTip()
    assert "Too large for this machine" in driver.words()


def test_use_activates_then_loads(open_page):
    driver = open_page()
    driver.until(lambda: driver.page.presenter.loaded is not None)
    driver.sent.clear()
    driver.click(f"model.{SMALL[:12]}.use")
    driver.until(lambda: driver.commands(LoadModel))
    driver.settled()
    kinds = [type(c) for c in driver.sent if isinstance(c, ActivateModel | LoadModel)]
    assert kinds == [ActivateModel, LoadModel]
    assert driver.commands(ActivateModel)[0].model_id == SMALL


def test_what_runs_the_model_is_said_though_it_was_loaded_before(open_page):
    driver = open_page()
    driver.until(lambda: "Loaded: scripted on cpu" in driver.words())
    driver.page.activate()
    driver.settled()
    assert len(driver.commands(LoadModel)) == 1


def test_failed_loading_is_said(open_page):
    driver = open_page(faults={"LoadModel": FailureKind.OUT_OF_MEMORY})
    driver.click(f"model.{SMALL[:12]}.use")
    driver.until(lambda: driver.page.error.isVisible())
    assert driver.page.error.kind is FailureKind.OUT_OF_MEMORY
    assert driver.page.presenter.loading is None


def test_slow_path_is_said_with_its_reason(qapp):
    info = ModelInfo(model_id="m", name="M", architecture="llama", parameters=1, device="cpu",
                     path_taken="transformers in bf16", fallback_reason="no int4 kernel for it",
                     context_length=2048, memory_bytes=10)  # fmt: skip
    assert "transformers in bf16" in loaded_text(info)
    assert "Not the fast way, because: no int4 kernel for it" in loaded_text(info)
    assert "Not the fast way" not in loaded_text(replace(info, fallback_reason=""))


@pytest.mark.parametrize(
    ("count", "words"), [(134_515_008, "135 M"), (4_020_000_000, "4.0 B"), (900, "900")]
)
def test_size_words(count, words):
    assert size_words(count) == words


def test_chosen_file_is_imported(open_page, tmp_path, monkeypatch):
    driver = open_page()
    source = tmp_path / "tiny.gguf"
    source.write_bytes(b"GGUF")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a, **_k: (str(source), ""))
    driver.click("importFileButton")
    driver.until(lambda: driver.page.presenter.imported is not None)
    driver.settled()
    assert [Path(c.path) for c in driver.commands(ImportModel)] == [source]
    assert "tiny passed its checks" in driver.words()


def test_cancelled_dialog_imports_nothing(open_page, monkeypatch):
    driver = open_page()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_a, **_k: "")
    driver.click("importFolderButton")
    assert driver.commands(ImportModel) == []


def test_refused_import_is_explained(open_page, tmp_path, monkeypatch):
    driver = open_page()
    source = tmp_path / "model.bin"
    source.write_bytes(b"\x80\x04")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a, **_k: (str(source), ""))
    driver.click("importFileButton")
    driver.until(lambda: driver.page.error.isVisible())
    assert driver.page.error.kind is FailureKind.UNSUPPORTED_MODEL
    assert driver.find("importFileButton").isEnabled()


def drop(page, urls):
    """Drags `urls` over the page and lets go; True when the page welcomed them."""
    data = QMimeData()
    data.setUrls(urls)
    how = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
           Qt.KeyboardModifier.NoModifier)  # fmt: skip
    entered = QDragEnterEvent(QPoint(9, 9), *how)
    entered.ignore()
    page.dragEnterEvent(entered)
    if entered.isAccepted():
        page.dropEvent(QDropEvent(QPointF(9, 9), *how))
    return entered.isAccepted()


def test_dropped_folder_is_imported(open_page, tmp_path):
    driver = open_page()
    assert drop(driver.page, [QUrl.fromLocalFile(str(tmp_path))])
    driver.until(lambda: driver.commands(ImportModel))
    assert Path(driver.commands(ImportModel)[0].path) == tmp_path
    driver.settled()


def test_web_address_is_not_welcome(open_page):
    driver = open_page()
    assert not drop(driver.page, [QUrl("https://example.org/model.gguf")])
    assert driver.commands(ImportModel) == []


def test_everything_has_a_name(open_page):
    assert unnamed(open_page().page) == []
