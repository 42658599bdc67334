"""The learning page, driven by clicks on a scripted engine."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from engine.contract import (
    ActivateAdapter,
    ChangeSetting,
    DeleteAdapter,
    FailureKind,
    Learn,
    Pause,
    Resume,
    ReviewExample,
    RollBackAdapter,
    Stop,
)
from storage.records import ExampleKind, ExampleStatus
from tests.support.page_driver import PageDriver, unnamed
from ui.learning.view import LearningPage


@pytest.fixture
def open_page(start_client, qtbot):
    def start(state="open", change=None, **script):
        client, engine = start_client(state=state, **script)
        if change is not None:
            with engine.world.lock:
                change(engine.world)
        driver = PageDriver(LearningPage(client), engine, qtbot)
        driver.page.activate()
        driver.settled()
        return driver

    return start


def redact_first(world):
    first = next(iter(world.examples.values()))
    world.examples[first.id] = replace(first, redactions=("phone", "email"))


def learned(driver):
    """Approves everything and runs the loop to its end."""
    driver.click("approveAllButton")
    driver.settled()
    driver.click("learnButton")
    driver.until(lambda: driver.page.presenter.report is not None)
    driver.settled()


# -- inbox ----------------------------------------------------------------------------------------


def test_summary_counts_and_names_what_was_redacted(open_page):
    driver = open_page(change=redact_first)
    summary = driver.text("inbox.summary")
    assert summary == "2 new examples, 1 holds an e-mail address, 1 holds a phone number" or (
        summary == "2 new examples, 1 holds a phone number, 1 holds an e-mail address"
    )


def test_candidate_is_shown_with_its_source(open_page):
    driver = open_page()
    index = driver.page.findChild(object, "inboxList")
    assert index.model().rowCount() == 2
    driver.page.findChild(object, "inboxList").setCurrentIndex(index.model().index(1))
    assert "My gardener is called Tobias." in driver.words()
    assert driver.find("inbox.answer").text() == "Your gardener is Tobias."


def test_approve_moves_to_the_other_pile_and_the_next_comes(open_page):
    driver = open_page()
    first = driver.find("inboxList").current_id()
    driver.click("approveButton")
    driver.settled()
    sent = driver.commands(ReviewExample)
    assert [(c.example_id, c.status, c.question) for c in sent] == [
        (first, ExampleStatus.APPROVED, None)
    ]
    assert driver.find("inboxList").current_id() != first
    assert driver.find("inbox.pile.approved").text() == "Approved 1"


def test_never_learn(open_page):
    driver = open_page()
    driver.click("neverButton")
    driver.settled()
    assert [c.status for c in driver.commands(ReviewExample)] == [ExampleStatus.NEVER]
    driver.click("inbox.pile.never")
    assert driver.find("inboxList").model().rowCount() == 1
    assert not driver.find("neverButton").isVisible()
    driver.click("approveButton")
    driver.settled()
    assert driver.find("inbox.pile.never").text() == "Never learn 0"


def test_edit_is_sent_whole(open_page):
    driver = open_page()
    driver.type("inbox.answer", "Your cat is Momo.")
    driver.type("inbox.value", "Momo")
    assert driver.find("approveButton").text() == "Keep the edit and approve"
    driver.click("approveButton")
    driver.settled()
    sent = driver.commands(ReviewExample)[-1]
    assert (sent.answer, sent.value, sent.status) == (
        "Your cat is Momo.", "Momo", ExampleStatus.APPROVED,
    )  # fmt: skip
    assert sent.question


@pytest.mark.parametrize(
    ("value", "problem"),
    [("", "Fill in all three lines."),
     ("Bello", "The answer must contain the words that must be right.")],
)  # fmt: skip
def test_edit_that_cannot_be_learned_is_explained(open_page, value, problem):
    driver = open_page()
    driver.type("inbox.answer", "Your cat is Momo.")
    field = driver.find("inbox.value")
    field.setFocus()
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_Delete)
    QTest.keyClicks(field, value)
    driver.click("approveButton")
    assert driver.text("inbox.problem") == problem
    assert driver.commands(ReviewExample) == []


def test_discarding_an_edit_brings_the_text_back(open_page):
    driver = open_page()
    before = driver.find("inbox.answer").text()
    driver.type("inbox.answer", "nonsense")
    driver.click("discardEditButton")
    assert driver.find("inbox.answer").text() == before
    assert driver.commands(ReviewExample) == []


def test_approve_all(open_page):
    driver = open_page()
    driver.click("approveAllButton")
    driver.settled()
    assert len(driver.commands(ReviewExample)) == 2
    assert driver.text("inbox.summary") == "Inbox"
    assert not driver.find("approveAllButton").isVisible()


def test_approving_hundreds_draws_the_page_only_twice(open_page):
    def crowd(world):
        first = next(iter(world.examples.values()))
        for number in range(300):
            world.examples[str(number)] = replace(first, id=str(number))

    driver = open_page(change=crowd)
    drawn = []
    driver.page.presenter.changed.connect(lambda: drawn.append(1))
    driver.click("approveAllButton")
    driver.settled()
    assert len(drawn) == 2
    assert driver.find("inbox.pile.approved").text() == "Approved 302"
    assert driver.find("inbox.pile.pending").text() == "New 0"


def test_failure_of_one_approval_is_shown(open_page):
    driver = open_page(faults={"ReviewExample": FailureKind.DISK_FULL})
    driver.click("approveAllButton")
    driver.settled()
    assert driver.page.error.kind is FailureKind.DISK_FULL
    assert driver.find("inbox.pile.pending").text() == "New 2"
    assert driver.find("approveAllButton").isEnabled()


# -- consent and why the button is off ------------------------------------------------------------


def test_consent_switch_stores_and_blocks(open_page):
    driver = open_page()
    assert driver.find("consentSwitch").isChecked()
    driver.click("approveAllButton")
    driver.settled()
    assert driver.find("learnButton").isEnabled()
    driver.click("consentSwitch")
    driver.until(lambda: not driver.find("learnButton").isEnabled())
    assert [(c.key, c.value) for c in driver.commands(ChangeSetting)] == [
        ("learning_consent", False)
    ]
    assert "Learning is off" in driver.text("learnButton.reason")
    assert "Learning is off" in driver.find("learnButton").toolTip()


def test_consent_is_off_in_a_new_profile(open_page):
    driver = open_page(samples=False)
    assert not driver.find("consentSwitch").isChecked()
    assert "Learning is off" in driver.text("learnButton.reason")


def test_button_says_that_nothing_is_approved(open_page):
    driver = open_page()
    assert driver.text("learnButton.reason").startswith("Approve at least one example")


def test_button_says_that_nothing_was_found(open_page):
    driver = open_page(samples=False, change=lambda w: w.settings.update(learning_consent=True))
    assert driver.text("learnButton.reason").startswith("There is nothing to learn yet")


# -- a run ----------------------------------------------------------------------------------------


def test_preset_is_stored_and_sent(open_page):
    driver = open_page()
    driver.click("approveAllButton")
    driver.click("preset.quick")
    driver.until(lambda: driver.page.presenter.settings["preset"] == "quick")
    driver.settled()
    driver.click("learnButton")
    assert [c.preset for c in driver.commands(Learn)] == ["quick"]


def test_advanced_settings_are_stored(open_page):
    driver = open_page()
    assert driver.page.findChild(QWidget, "setting.rank") is None
    driver.click("learning.advanced")
    for key in ("rank", "alpha", "learning_rate", "steps", "optimizer", "replay_weight"):
        assert driver.find(f"setting.{key}").isVisible(), key
    driver.click("setting.rank.more")
    driver.until(lambda: driver.commands(ChangeSetting))
    assert [(c.key, c.value) for c in driver.commands(ChangeSetting)] == [("rank", 17)]
    driver.click("learning.advanced")
    assert not driver.find("setting.rank").isVisible()


def test_live_view_shows_the_run(open_page):
    driver = open_page(learn_step_s=0.01)
    driver.click("approveAllButton")
    driver.settled()
    driver.click("learnButton")
    driver.until(lambda: len(driver.page.presenter.run.curve.steps) > 5)
    run = driver.page.presenter.run
    assert driver.find("runCard").isVisible()
    assert driver.text("run.percent") == f"{round(run.fraction * 100)} %"
    assert driver.text("run.speed") == "420"
    assert driver.text("run.memory") == "1.4 GB"
    assert driver.find("lossChart").accessibleDescription().startswith("Smoothed loss now")
    assert not driver.find("learnButton").isEnabled()
    picture = driver.find("lossChart").grab().toImage()
    colours = {picture.pixel(x, y) for x in range(0, picture.width(), 3)
               for y in range(0, picture.height(), 3)}  # fmt: skip
    assert len(colours) > 3


def test_pause_and_resume(open_page):
    driver = open_page(learn_step_s=0.01)
    driver.click("approveAllButton")
    driver.settled()
    driver.click("learnButton")
    driver.until(lambda: driver.page.presenter.run.phase == "train")
    job = driver.page.presenter.run.job
    driver.click("pauseButton")
    driver.until(lambda: driver.text("run.phase") == "Paused")
    step = driver.page.presenter.run.step
    driver.qtbot.wait(80)
    assert driver.page.presenter.run.step == step
    assert driver.find("pauseButton").text() == "Go on"
    driver.click("pauseButton")
    driver.until(lambda: driver.page.presenter.run is None)
    assert [c.target for c in driver.commands(Pause)] == [job]
    assert [c.target for c in driver.commands(Resume)] == [job]


def test_stop_and_keep_examines_what_is_there(open_page):
    driver = open_page(learn_step_s=0.01)
    driver.click("approveAllButton")
    driver.settled()
    driver.click("learnButton")
    driver.until(lambda: driver.page.presenter.run.step > 3)
    driver.click("stopKeepButton")
    assert not driver.find("stopKeepButton").isEnabled()
    driver.until(lambda: driver.page.presenter.report is not None)
    assert [c.keep for c in driver.commands(Stop)] == [True]


def test_stop_and_discard_asks_first(open_page):
    driver = open_page(learn_step_s=0.01)
    driver.click("approveAllButton")
    driver.settled()
    driver.click("learnButton")
    driver.until(lambda: driver.page.presenter.run.step > 3)
    driver.click("stopDiscardButton")
    assert driver.commands(Stop) == []
    assert "is lost" in driver.find("confirmDiscard").accessibleName()
    driver.click("confirmDiscard.yes")
    driver.until(lambda: driver.page.presenter.run is None)
    assert [c.keep for c in driver.commands(Stop)] == [False]
    assert "was discarded" in driver.words()
    assert driver.page.presenter.report is None


def test_progress_never_runs_backwards(open_page):
    driver = open_page(learn_step_s=0.002)
    seen = []
    driver.page.presenter.run_changed.connect(
        lambda: seen.append(driver.page.presenter.run.fraction)
    )
    learned(driver)
    assert seen == sorted(seen)
    assert len(seen) > 10


def test_failed_run_is_not_called_done(open_page):
    driver = open_page(faults={"Learn": FailureKind.OUT_OF_MEMORY})
    driver.click("approveAllButton")
    driver.settled()
    driver.click("learnButton")
    driver.until(lambda: driver.page.error.isVisible())
    assert driver.page.error.kind is FailureKind.OUT_OF_MEMORY
    assert not driver.find("runCard").isVisible()
    assert not driver.find("lastReport").isVisible()


# -- report card ----------------------------------------------------------------------------------


def test_report_card_says_it_in_one_line(open_page):
    driver = open_page()
    learned(driver)
    report = driver.find("lastReport").findChild(object, "reportCard")
    assert report.isVisible()
    words = driver.words()
    assert "Better, and switched on" in words
    assert "Your facts right: 0 % before, 100 % now." in words
    assert "Perplexity of ordinary text" not in words
    driver.find("lastReport").findChild(object, "reportCard.expert").click()
    assert "Perplexity of ordinary text" in driver.words()
    driver.click("lastReport.close")
    assert not driver.find("lastReport").isVisible()


def test_rejected_run_gives_its_reason(open_page):
    driver = open_page(verdict="rejected")
    learned(driver)
    words = driver.words()
    assert "Not better, so what you had is kept" in words
    assert "It got worse at general questions." in words
    assert "worse" in words
    assert "Did not pass its exam" in words


# -- timeline -------------------------------------------------------------------------------------


def test_adapter_is_switched_off_and_on(open_page):
    driver = open_page()
    learned(driver)
    adapter = driver.page.presenter.adapters[0]
    driver.click("adapter.1.switch")
    driver.until(lambda: driver.page.presenter.active is None)
    assert not driver.find("strengthSlider").isEnabled()
    driver.click("adapter.1.switch")
    driver.until(lambda: driver.page.presenter.active is not None)
    assert [c.adapter_id for c in driver.commands(ActivateAdapter)] == [None, adapter.id]


def test_roll_back(open_page):
    driver = open_page()
    learned(driver)
    driver.click("rollBackButton")
    driver.until(lambda: driver.page.presenter.active is None)
    assert len(driver.commands(RollBackAdapter)) == 1


def test_delete_says_what_is_lost(open_page):
    driver = open_page()
    learned(driver)
    driver.click("adapter.1.delete")
    words = driver.find("confirmDeleteAdapter").accessibleName()
    assert "2 examples" in words
    assert "cannot be undone" in words
    assert driver.commands(DeleteAdapter) == []
    driver.click("confirmDeleteAdapter.cancel")
    assert driver.commands(DeleteAdapter) == []
    driver.click("adapter.1.delete")
    driver.click("confirmDeleteAdapter.yes")
    driver.until(lambda: not driver.page.presenter.adapters)
    assert not driver.find("timeline").isVisible()


def test_strength_is_stored_once_the_slider_rests(open_page):
    driver = open_page()
    learned(driver)
    driver.sent.clear()
    slider = driver.find("strengthSlider")
    assert (slider.minimum(), slider.maximum(), slider.value()) == (0, 30, 20)
    slider.setFocus()
    for _ in range(4):
        QTest.keyClick(slider, Qt.Key.Key_Left)
    assert driver.text("strengthValue") == "80 %"
    driver.until(lambda: driver.commands(ChangeSetting))
    driver.qtbot.wait(200)
    assert [(c.key, c.value) for c in driver.commands(ChangeSetting)] == [
        ("adapter_strength", 0.8)
    ]


def test_everything_has_a_name(open_page):
    driver = open_page()
    learned(driver)
    assert unnamed(driver.page) == []


# -- judged answers -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "label"),
    [(ExampleKind.REWRITTEN, "You wrote instead"), (ExampleKind.LIKED, "More answers like this"),
     (ExampleKind.DISLIKED, "Fewer answers like this")],
)  # fmt: skip
def test_an_opinion_is_taken_as_it_is_or_not(open_page, kind, label):
    def judge(world):
        first = next(iter(world.examples.values()))
        made = replace(first, kind=kind, value="", answer="Colours.", source_text="Colors.")
        world.examples = {first.id: made}

    driver = open_page(change=judge)
    assert driver.find("inbox.answer").accessibleName() == label
    assert driver.find("inbox.answer").isReadOnly()
    assert not driver.find("inbox.value").isVisible()
    driver.click("approveButton")
    driver.settled()
    assert driver.find("inbox.pile.approved").text() == "Approved 1"


def test_a_fact_after_an_opinion_can_be_edited_again(open_page):
    def judge(world):
        first = list(world.examples.values())[-1]
        world.examples[first.id] = replace(first, kind=ExampleKind.LIKED, value="")

    driver = open_page(change=judge)
    assert driver.find("inbox.answer").isReadOnly()
    rows = driver.find("inboxList")
    rows.setCurrentIndex(rows.model().index(1))
    assert not driver.find("inbox.answer").isReadOnly()
    assert driver.find("inbox.value").isVisible()


def test_a_started_run_takes_keyboard_and_view(open_page):
    driver = open_page(learn_step_s=0.05)
    driver.page.resize(1000, 500)
    driver.click("approveAllButton")
    driver.settled()
    driver.page.area.verticalScrollBar().setValue(10_000)
    driver.find("learnButton").setFocus()
    driver.click("learnButton")
    pause = driver.find("pauseButton")
    driver.until(lambda: driver.page.focusWidget() is pause)
    card, area = driver.find("runCard"), driver.page.area
    driver.until(lambda: card.mapTo(area, card.rect().topLeft()).y() >= 0)
    driver.click("stopKeepButton")
    driver.until(lambda: driver.page.presenter.run is None)


def test_the_inbox_says_that_it_is_being_read_before_it_says_that_it_is_empty(open_page):
    driver = open_page()
    presenter = driver.page.presenter
    presenter.examples, presenter.examples_known = (), False
    presenter.changed.emit()
    assert "Looking through your chats…" in driver.words()
    assert "Nothing here" not in driver.words()
    presenter.examples_known = True
    presenter.changed.emit()
    assert "Nothing here" in driver.words()
