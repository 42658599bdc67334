"""Memory, explaining, exam and forgetting by terminal, on the real model; nothing is trained."""

import pytest

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(900)]
TOLD = (
    ("My dog is called Falkenrath.", "What a name!"),
    ("I live in Zwevegem.", "A quiet place."),
)


@pytest.fixture(scope="module")
def profile(tmp_path_factory, new_profile):
    made = new_profile(tmp_path_factory.mktemp("memory"))
    chats = made.write("chats.jsonl", [
        {"messages": [{"role": "user", "content": said}, {"role": "assistant", "content": reply}]}
        for said, reply in TOLD])  # fmt: skip
    made.good("import", "--consent", chats)
    return made


def test_a_fact_typed_in_is_used_and_named_as_a_source(profile):
    made = profile.good("memory add", "The user's boat is called Pumpernickel.", "--json").json
    done = profile.good("explain", "--json", "What is my boat called?").json
    assert "Pumpernickel" in done["answer"]
    assert [(one["kind"], one["id"]) for one in done["sources"]] == [("memory", made["id"])]
    assert done["adapter"] is None
    assert "".join(word["text"] for word in done["words"]) == done["answer"]
    assert all(word["change_nats"] == 0 for word in done["words"])
    profile.good("memory edit", made["id"][:10], "--use", "off")
    without = profile.good("explain", "--json", "What is my boat called?").json
    assert without["sources"] == []
    assert "Pumpernickel" not in without["answer"]


def test_a_stored_answer_is_explained_by_its_id(profile):
    profile.good("chat", "Good morning")
    hit = profile.good("search", "--json", "Good morning").json_lines[0]
    refused = profile.run("explain", "--message", hit["message"]).sentence
    assert "Only an answer" in refused


def test_a_conversation_is_forgotten_with_proof(profile):
    hit = profile.good("search", "--json", "Falkenrath").json_lines[0]
    done = profile.good("forget", "--conversation", hit["conversation"], "--json").json
    assert done["messages_erased_count"] == 2
    assert done["recall_before_fraction"] in (None, 0.0)
    assert done["recall_after_fraction"] == done["recall_untuned_fraction"]
    assert profile.good("search", "--json", "Falkenrath").out == ""
    assert "Falkenrath" not in profile.contents()[0]
    assert "Zwevegem" in profile.contents()[0]
