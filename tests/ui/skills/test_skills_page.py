"""The skills page: teach, watch, stop, read the report, apply, delete."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QFileDialog

from engine.contract import ApplySkill, DeleteSkill, FailureKind, Stop, TeachSkill
from engine.fakery.skills import sample_report
from storage.skill_records import SkillFigures, SkillKind, SkillRecord, SkillVerdict
from tests.support.page_driver import PageDriver, unnamed
from ui.skills.confusion import ConfusionMatrix
from ui.skills.view import SkillsPage


def add(world, name="Mood", **changed):
    report = replace(sample_report(name), **changed)
    world.skills[name] = SkillRecord(
        id=name, name=name, created_at=1.7e9, model_id="m", file_id="f", size_bytes=9, report=report
    )


@pytest.fixture
def open_page(start_client, qtbot):
    def start(change=None, **script):
        client, engine = start_client(**script)
        if change is not None:
            change(engine.world)
        driver = PageDriver(SkillsPage(client), engine, qtbot)
        driver.page.activate()
        driver.settled()
        return driver

    return start


@pytest.fixture
def choose(tmp_path, monkeypatch):
    """Files that the file dialog gives, one after another."""
    given = []
    for name in ("train.jsonl", "test.jsonl"):
        path = tmp_path / name
        path.write_text('{"text": "x", "label": "y"}\n', encoding="utf-8")
        given.append(str(path))
    answers = iter(given)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (next(answers), ""))
    return given


def fill_in(driver, name="Mood"):
    driver.type("skills.name", name)
    driver.click("skills.train")
    driver.click("skills.test")


def test_without_a_skill_the_page_says_what_to_do(open_page):
    driver = open_page()
    assert "No skills yet" in driver.words()
    assert not driver.page.detail.isVisible()


def test_the_button_says_what_is_missing(open_page, choose):
    driver = open_page()
    button, reason = driver.find("teachButton"), driver.find("teachButton.reason")
    assert not button.isEnabled()
    assert "name" in reason.text()
    driver.type("skills.name", "Mood")
    assert "learn from" in reason.text()
    driver.click("skills.train")
    assert "test with" in reason.text()
    driver.click("skills.test")
    assert button.isEnabled()
    assert "train.jsonl" in driver.words()


def test_teaching_ends_in_a_report_and_a_skill(open_page, choose):
    driver = open_page(learn_step_s=0.0, learn_steps=20)
    fill_in(driver)
    driver.click("teachButton")
    driver.until(lambda: driver.page.presenter.skill() is not None)
    (command,) = driver.commands(TeachSkill)
    assert (command.name, command.train, command.test) == ("Mood", *choose)
    assert (command.target, command.max_minutes) == (0.85, 10.0)
    assert driver.text("skillReport.verdict") == "Target met"
    driver.until(lambda: "87.3 %" in driver.words())
    assert driver.page.detail.findChildren(ConfusionMatrix)
    assert driver.find("skills.name").text() == ""


def test_the_live_view_and_a_stop_that_keeps(open_page, choose):
    driver = open_page(learn_step_s=0.02, learn_steps=400)
    fill_in(driver)
    driver.click("teachButton")
    driver.until(lambda: driver.text("teaching.phase") == "Training")
    assert driver.page.focusWidget() is driver.find("teaching.keep")
    assert not driver.find("teachButton").isEnabled()
    driver.click("teaching.keep")
    driver.until(lambda: driver.page.presenter.run is None)
    driver.until(lambda: driver.page.presenter.skill() is not None)
    assert driver.commands(Stop)[0].keep


def test_a_stop_that_discards_asks_first(open_page, choose):
    driver = open_page(learn_step_s=0.02, learn_steps=400)
    fill_in(driver)
    driver.click("teachButton")
    driver.until(lambda: driver.text("teaching.phase") == "Training")
    driver.click("teaching.discard")
    assert driver.commands(Stop) == []
    driver.click("teaching.confirm.yes")
    driver.until(lambda: driver.page.presenter.run is None)
    driver.until(lambda: "discarded" in driver.words())
    assert driver.page.presenter.skills == ()
    assert not driver.page.presenter.busy


def test_a_failure_is_shown_and_what_was_filled_in_stays(open_page, choose):
    driver = open_page(faults={"TeachSkill": FailureKind.BAD_INPUT})
    fill_in(driver)
    driver.click("teachButton")
    driver.until(lambda: driver.page.error.isVisible())
    assert driver.find("skills.name").text() == "Mood"
    assert driver.find("teachButton").isEnabled()


def test_apply_shows_label_and_certainty(open_page):
    driver = open_page(add)
    driver.type("skillDetail.text", "what a film")
    driver.click("skillDetail.apply")
    driver.until(lambda: driver.find("skillDetail.answer").isVisible())
    assert driver.commands(ApplySkill)[0].text == "what a film"
    assert driver.text("skillDetail.answer") == "positive, 92 % sure"
    driver.type("skillDetail.text", "  ")
    driver.click("skillDetail.apply")
    assert len(driver.commands(ApplySkill)) == 1


def test_delete_asks_first(open_page):
    driver = open_page(add)
    driver.click("skillDetail.delete")
    assert driver.commands(DeleteSkill) == []
    driver.click("skillDetail.confirm.yes")
    driver.until(lambda: driver.page.presenter.skills == ())
    assert "No skills yet" in driver.words()


def test_another_skill_is_looked_at(open_page):
    def two(world):
        add(world, "Mood")
        add(world, "Intent", verdict=SkillVerdict.TARGET_NOT_MET)

    driver = open_page(two)
    assert driver.text("skillDetail.name") == "Intent"
    driver.page.list.pick("Mood")
    assert driver.text("skillDetail.name") == "Mood"


def test_written_answers_have_their_own_figures(open_page):
    written = SkillFigures(nll_per_token=1.2, perplexity=3.3, token_f1=0.61, chrf=0.5,
                           exact_match=0.1, examined=40)  # fmt: skip

    def one(world):
        add(
            world,
            kind=SkillKind.GENERATION,
            target=None,
            verdict=SkillVerdict.BETTER,
            tuned=written,
            untuned=replace(written, token_f1=0.2),
            majority_accuracy=None,
        )

    driver = open_page(one)
    assert "Shared words (F1)" in driver.words()
    assert "accuracy" not in driver.words()
    assert not driver.page.detail.findChildren(ConfusionMatrix)


def test_the_matrix_tells_its_mistakes_in_words(open_page):
    driver = open_page(add)
    (matrix,) = driver.page.detail.findChildren(ConfusionMatrix)
    assert "59 of negative answered as positive" in matrix.accessibleDescription()


def test_every_control_has_a_name(open_page):
    assert unnamed(open_page(add).page) == []


def test_a_failure_comes_into_view(open_page, choose):
    driver = open_page(learn_step_s=0.05, faults={"TeachSkill": FailureKind.BAD_INPUT})
    driver.page.resize(1000, 400)
    fill_in(driver)
    driver.page.area.verticalScrollBar().setValue(10_000)
    driver.find("teachButton").setFocus()
    driver.click("teachButton")
    error, area = driver.page.error, driver.page.area
    driver.until(error.isVisible)
    driver.until(lambda: error.mapTo(area, error.rect().topLeft()).y() >= 0)


def test_the_page_says_that_it_reads_before_it_says_that_there_is_nothing(open_page):
    driver = open_page()
    driver.page.presenter.known = False
    driver.page.presenter.changed.emit()
    assert "Reading the skills…" in driver.words()
    assert "No skills yet" not in driver.words()
