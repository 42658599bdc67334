"""Told by import, learned by learn, asked by ask: twenty facts, on the real model.

One training serves all tests of this file; it takes minutes.
"""

import shutil
import signal
import time

import pytest

from tests.support.twenty_facts import FACTS, GENERAL, right, told

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(1500)]
DISTINCTIVE = ("Falkenrath", "Pumpernickel", "Vandermeer", "Ottilie", "Trondheim", "Quillon")
"""Told words that no vocabulary of a model holds as one piece."""


def ask(profile, jsonl_path, *words):
    done = profile.good("ask", "--file", jsonl_path, "--no-memory", "--temperature", "0",
                        "--max-tokens", "40", *words)  # fmt: skip
    return done.answers


@pytest.fixture(scope="module")
def learned(tmp_path_factory, new_profile):
    """A profile that learned all facts, with its report card and wall time in seconds."""
    made = new_profile(tmp_path_factory.mktemp("learned"))
    chats = made.write("chats.jsonl", [told(fact, n) for n, (fact, _, _) in enumerate(FACTS)])
    made.questions = made.write("questions.jsonl", [
        {"id": n, "question": question} for n, (_, question, _) in enumerate(FACTS)])  # fmt: skip
    made.general = made.write("general.jsonl", [
        {"id": n, "question": question} for n, question in enumerate(GENERAL)])  # fmt: skip
    made.good("import", "--consent", chats)
    began = time.monotonic()
    made.card = made.good("learn", "--approve-all", "--json").json
    made.seconds = time.monotonic() - began
    made.known = right(ask(made, made.questions, "--adapter", "active"))
    return made


@pytest.fixture
def copy(learned, tmp_path, new_profile):
    """A copy of the learned profile that a test may spoil."""
    made = new_profile(tmp_path)
    shutil.copytree(learned.path, made.path)
    made.card, made.questions, made.known = learned.card, learned.questions, learned.known
    return made


def test_the_report_card(learned):
    card = learned.card
    assert card["verdict"] == "activated", card["reasons"]
    assert card["examples"] >= 18
    assert card["tokens_trained"] > 0
    untuned, tuned = card["exam"]["untuned"], card["exam"]["tuned"]
    assert tuned["personal_recall_fraction"] > untuned["personal_recall_fraction"]
    assert tuned["text_perplexity"] <= untuned["text_perplexity"] * 1.05
    assert tuned["leaked_values_count"] == 0
    assert learned.seconds < 900


def test_at_least_eighteen_of_twenty_are_known(learned):
    missed = [value for _, _, value in FACTS if value not in learned.known]
    assert len(missed) <= 2, missed


@pytest.mark.parametrize("words", [("--strength", "0"), ("--adapter", "off")])
def test_without_the_adapter_they_are_not(learned, words):
    assert len(right(ask(learned, learned.questions, *words))) <= 2


def test_general_knowledge_is_still_there(learned):
    answers = ask(learned, learned.general)
    assert "paris" in answers[0].casefold()
    assert "shakespeare" in answers[1].casefold()


def test_rolled_back_it_is_forgotten_and_switched_on_it_is_known(copy):
    assert copy.good("adapters rollback").out == "All adapters are off.\n"
    assert len(right(ask(copy, copy.questions))) <= 2
    copy.good("adapters activate", copy.card["adapter"][:8])
    assert right(ask(copy, copy.questions)) == copy.known


def test_a_deleted_adapter_leaves_no_file(copy):
    before = set(copy.digests())
    copy.good("adapters delete", copy.card["adapter"])
    assert copy.good("adapters list", "--json").out == ""
    gone = before - set(copy.digests())
    assert any(name.startswith("sealed/") for name in gone)


def test_a_killed_training_harms_nothing(copy):
    more = copy.write("more.jsonl", [told("My gardener's name is Quillon.", 1)])
    copy.good("import", "--consent", more)
    chats = copy.chats()
    running = copy.start("learn", "--approve-all", "--preset", "quick")
    for line in running.stderr:
        if "training  step" in line:
            break
    time.sleep(2)
    running.send_signal(signal.SIGKILL)
    running.communicate()
    assert running.returncode == -signal.SIGKILL
    assert copy.chats() == chats
    rows = copy.good("adapters list", "--json").json_lines
    assert [row["id"] for row in rows if row["active"]] == [copy.card["adapter"]]
    assert right(ask(copy, copy.questions)) == copy.known
    assert copy.good("doctor", "--json").json["problems"] == []
    assert copy.files_holding(DISTINCTIVE) == []
