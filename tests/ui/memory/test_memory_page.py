"""The memory page: add, edit, rest, forget, search."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from engine.contract import ChangeSetting, DeleteMemory, FailureKind, Forget, Learn, SaveMemory
from storage.records import ExampleStatus
from tests.support.page_driver import PageDriver, unnamed
from ui.memory.view import MemoryPage


def with_source(world):
    example = next(e for e in world.examples.values() if e.language == "en")
    world.remember(example.answer, example_id=example.id, source_message_id="m")


@pytest.fixture
def open_page(start_client, qtbot):
    def start(change=with_source, **script):
        client, engine = start_client(**script)
        if change is not None:
            change(engine.world)
        driver = PageDriver(MemoryPage(client), engine, qtbot)
        driver.page.activate()
        driver.settled()
        return driver

    return start


def facts(driver):
    return [m.text for m in driver.page.presenter.memories]


def test_facts_are_shown_with_their_source(open_page):
    driver = open_page()
    model = driver.find("memoryList").model()
    assert model.rowCount() == 2
    assert "You said on" in driver.words()
    assert "My gardener is called Tobias." in driver.words()


def test_add_by_enter(open_page):
    driver = open_page()
    driver.type("memory.new", "  I play the cello.  ")
    QTest.keyClick(driver.find("memory.new"), Qt.Key.Key_Return)
    driver.until(lambda: "I play the cello." in facts(driver))
    assert driver.find("memory.new").text() == ""
    assert [(c.text, c.memory_id) for c in driver.commands(SaveMemory)] == [
        ("I play the cello.", None)
    ]


def test_blank_fact_is_not_sent(open_page):
    driver = open_page()
    driver.type("memory.new", "   ")
    driver.click("memory.add")
    assert driver.commands(SaveMemory) == []


def test_edit(open_page):
    driver = open_page()
    assert not driver.find("memory.save").isVisible()
    driver.find("memory.text").setPlainText("Your gardener is Tobias Lind.")
    driver.click("memory.save")
    driver.until(lambda: "Your gardener is Tobias Lind." in facts(driver))
    driver.settled()
    assert not driver.find("memory.save").isVisible()
    assert driver.commands(SaveMemory)[0].memory_id


def test_words_being_edited_survive_a_refresh(open_page):
    driver = open_page()
    driver.find("memory.text").setPlainText("half a sent")
    driver.page.activate()
    driver.settled()
    assert driver.find("memory.text").toPlainText() == "half a sent"


def test_rest_a_fact(open_page):
    driver = open_page()
    driver.click("memory.enabled")
    driver.until(lambda: not driver.page.presenter.memories[0].enabled)
    assert [c.enabled for c in driver.commands(SaveMemory)] == [False]


def test_forget_says_what_is_lost(open_page):
    driver = open_page()
    wanted = driver.find("memoryList").current_id()
    driver.click("memory.delete")
    assert "cannot be undone" in driver.find("confirmForget").accessibleName()
    QTest.keyClick(driver.find("confirmForget.cancel"), Qt.Key.Key_Escape)
    assert not driver.find("confirmForget").isVisible()
    driver.click("memory.delete")
    driver.click("confirmForget.yes")
    driver.until(lambda: len(facts(driver)) == 1)
    assert [c.fact_id for c in driver.commands(Forget)] == [wanted]
    assert driver.find("forgottenCard").isVisible()
    driver.click("forgotten.close")
    assert not driver.find("forgottenCard").isVisible()


def test_a_fact_typed_by_hand_is_deleted_without_asking_the_model(open_page):
    driver = open_page(change=None)
    wanted = driver.find("memoryList").current_id()
    driver.click("memory.delete")
    driver.click("confirmForget.yes")
    driver.until(lambda: facts(driver) == [])
    assert [c.memory_id for c in driver.commands(DeleteMemory)] == [wanted]
    assert driver.commands(Forget) == []


@pytest.fixture
def learned(open_page):
    """A page whose first fact was learned by an adapter that is on."""
    driver = open_page(change=approve)
    driver.page.client = driver.page.presenter.client
    driver.page.client.submit(Learn())
    driver.until(lambda: driver.engine.world.active_adapter() is not None)
    driver.page.activate()
    driver.settled()
    return driver


def approve(world):
    for example in list(world.examples.values()):
        world.examples[example.id] = replace(example, status=ExampleStatus.APPROVED)
    with_source(world)


def forget_first(driver):
    driver.click("memory.delete")
    driver.click("confirmForget.yes")
    driver.until(lambda: driver.page.presenter.forgotten is not None)
    driver.settled()


def test_forgetting_shows_before_and_after(learned):
    forget_first(learned)
    assert learned.text("forgotten.before") == "100%"
    assert learned.text("forgotten.now") == "0%"
    assert learned.text("forgotten.untuned") == "0%"
    assert "switched off for good: 1" in learned.words()


def test_the_rest_is_learned_anew_in_the_background(learned):
    forget_first(learned)
    learned.click("forgotten.relearn")
    learned.until(lambda: learned.page.presenter.relearning == "done")
    learned.settled()
    assert not learned.find("forgotten.relearn").text().endswith("…")
    assert learned.engine.world.active_adapter() is not None


def test_earlier_chats_can_be_looked_into(open_page):
    driver = open_page()
    driver.click("pastChatsSwitch")
    driver.until(lambda: driver.page.presenter.past_chats)
    assert [(c.key, c.value) for c in driver.commands(ChangeSetting)] == [("past_chats", True)]


def test_memory_can_be_switched_off(open_page):
    driver = open_page()
    driver.click("memorySwitch")
    driver.until(lambda: not driver.page.presenter.memory_on)
    assert [(c.key, c.value) for c in driver.commands(ChangeSetting)] == [("memory", False)]


def test_search(open_page):
    driver = open_page(change=lambda w: [w.remember(f"Fact {n}.") for n in range(12)])
    driver.type("memory.filter", "fact 11")
    assert driver.find("memoryList").model().rowCount() == 1
    driver.type("memory.filter", "nothing like it")
    assert not driver.find("memoryList").isVisible()
    assert not driver.find("memoryDetail").isVisible()
    assert "No fact holds these words" in driver.words()


def test_failure_is_shown(open_page):
    driver = open_page(faults={"ListMemories": FailureKind.LOCKED})
    assert driver.page.error.kind is FailureKind.LOCKED


def test_everything_has_a_name(open_page):
    assert unnamed(open_page().page) == []


def test_the_proof_stands_above_the_list(learned):
    forget_first(learned)
    card, listed = learned.find("forgottenCard"), learned.find("memoryList")
    assert card.mapTo(learned.page, card.rect().topLeft()).y() < listed.mapTo(
        learned.page, listed.rect().topLeft()
    ).y()
