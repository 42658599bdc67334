"""The commands memory, forget, exam, explain, adapters export and import."""

import pytest

from engine.fake import FakeEngine, FakeScript

QUICK = FakeScript(first_token_s=0.0, token_s=0.0, load_s=0.0, learn_step_s=0.0, learn_steps=4)


class Undying(FakeEngine):
    """Keeps its world from one command to the next."""

    def __init__(self, world=None):
        super().__init__("open", QUICK)
        if world is not None:
            for name, value in vars(world).items():
                setattr(self.world, name, value)


@pytest.fixture
def run(terminal):
    """Runs commands one after the other on one world."""
    last = [None]

    def go(*words):
        engine = Undying(last[0])
        outcome = terminal(*words, engine=engine)
        last[0] = engine.world
        return outcome

    return go


def test_a_memory_is_added_listed_edited_and_deleted(run):
    made = run("memory", "add", "I play the oboe.", "--json").json
    assert made["text"] == "I play the oboe."
    assert made["enabled"]
    listed = run("memory", "list", "--json").json_lines
    assert made["id"] in {one["id"] for one in listed}
    edited = run("memory", "edit", made["id"][:8], "I play the viola.", "--json").json
    assert (edited["id"], edited["text"]) == (made["id"], "I play the viola.")
    off = run("memory", "edit", made["id"], "--use", "off", "--json").json
    assert (off["text"], off["enabled"]) == ("I play the viola.", False)
    assert run("memory", "delete", made["id"]).code == 0
    left = run("memory", "list", "--json").json_lines
    assert made["id"] not in {one["id"] for one in left}


def test_an_empty_memory_is_refused(run):
    assert "text" in run("memory", "add", "  ").sentence


@pytest.mark.parametrize("action", ["delete", "edit"])
def test_an_unknown_memory_is_named(run, action):
    assert "memory list" in run("memory", action, "nosuch").sentence


def test_a_fact_is_forgotten_with_its_recalls(run):
    run("learn", "--approve-all")
    memory = next(one for one in run("memory", "list", "--json").json_lines if one["example"])
    done = run("forget", "--fact", memory["id"], "--json").json
    assert done["examples_erased_count"] == 1
    assert done["memories_erased_count"] == 1
    assert done["adapters_retired"]
    assert done["recall_before_fraction"] == 1.0
    assert done["recall_after_fraction"] == 0.0
    assert done["retrained"] is None
    states = [one["state"] for one in run("adapters", "list", "--json").json_lines]
    assert states == ["retired"]


def test_a_conversation_is_forgotten_and_the_rest_learned_anew(run):
    run("learn", "--approve-all")
    hit = run("search", "Tobias", "--json").json_lines[0]
    done = run("forget", "--conversation", hit["conversation"], "--retrain", "--json").json
    assert done["messages_erased_count"] == 4
    assert done["retrained"]["verdict"] in ("activated", "nothing_to_learn")
    assert run("search", "Tobias", "--json").json_lines == []


def test_forgetting_in_words(run):
    run("learn", "--approve-all")
    hit = run("search", "Tobias", "--json").json_lines[0]
    told = run("forget", "--conversation", hit["conversation"]).out
    assert "4 messages" in told
    assert "100%" in told


@pytest.mark.parametrize("option", ["--fact", "--conversation"])
def test_forgetting_what_is_not_there(run, option):
    assert "nosuch" in run("forget", option, "nosuch").sentence


def test_exam_without_and_with_an_adapter(run):
    nothing = run("exam", "--json").json
    assert nothing["adapter"] is None
    assert nothing["exam"]["tuned"] is None
    run("learn", "--approve-all")
    done = run("exam", "--json").json
    assert done["adapter"]
    assert done["exam"]["tuned"]["personal_recall_fraction"] == 1.0
    assert done["exam"]["untuned"]["text_perplexity"] == 23.6
    assert "Your facts answered right" in run("exam", "--adapter", "1").out
    assert "no adapter" in run("exam", "--adapter", "9").sentence


def test_a_question_is_explained(run):
    run("learn", "--approve-all")
    done = run("explain", "Who is my gardener?", "--json").json
    assert done["answer"] == "Your gardener is Tobias."
    assert done["sources"][-1]["kind"] == "example"
    assert done["most_changed"][0]["text"].strip() == "Tobias."
    assert done["most_changed"][0]["change_nats"] == pytest.approx(7.2)
    assert "Tobias" in run("explain", "Who is my gardener?").out


def test_an_empty_question_is_refused_before_anything_is_opened(run):
    assert "empty" in run("explain", " ").sentence


def test_an_adapter_goes_out_with_a_warning_and_comes_in(run, tmp_path):
    run("learn", "--approve-all")
    out = run("adapters", "export", "1", tmp_path / "out")
    assert out.code == 0
    assert "as private as the chats" in out.err
    assert "exists already" in run("adapters", "export", "1", tmp_path / "out").sentence
    assert "version 2" in run("adapters", "import", tmp_path / "out").out
    assert "adapter_config.json" in run("adapters", "import", tmp_path).sentence


def test_past_chats_are_asked_for_by_an_option(terminal):
    engine = FakeEngine("open", QUICK)
    sent = []
    submit = engine.submit
    engine.submit = lambda command: (sent.append(command), submit(command))
    assert terminal("chat", "--past-chats", "hello", engine=engine).code == 0
    options = next(command.options for command in sent if hasattr(command, "options"))
    assert options.past_chats is True
    assert options.memory is None
