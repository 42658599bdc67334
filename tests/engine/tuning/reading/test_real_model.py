"""The embedded model reads real messages: from a consented chat to the inbox, and never made up."""

import pytest
import torch

from engine.contract import ListExamples
from engine.control import JobControl
from engine.library.inbox import handle
from engine.model.catalogue import embedded_model
from engine.model.load import LoadOptions, load_model
from engine.tuning.collect import collect
from engine.tuning.reading.catching_up import catch_up
from engine.tuning.reading.reader import Reader
from engine.tuning.reading.wanted import model_reads
from tests.support.model_data import embedded_file

MESSAGES = (
    "We call our van Bertha, she is old but fine.",
    "Write to ann@post.example, and ask our accountant Filippa Ostrander about the form.",
    "My dog's name is Falkenrath.",
    "我们家的小猫年糕又跳到桌子上了。",
)


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    embedded_file()
    threads = torch.get_num_threads()
    options = LoadOptions(cache_dir=tmp_path_factory.mktemp("cache"), threads=1)
    yield load_model(embedded_model(), options, lambda _done: None)
    torch.set_num_threads(threads)


def test_from_the_chat_to_the_inbox(model, store, say):
    store.settings.set("extraction", "model")
    assert model_reads(store.settings.all(), model.record.parameters)
    sources = {say(text).id: text for text in MESSAGES}
    collect(store)
    rules = {one.id for one in store.examples.list()}
    told = []
    messages, found = catch_up(model, store, JobControl(), lambda *done: told.append(done))
    assert (messages, len(told)) == (4, 4)
    listed = handle(store, ListExamples()).examples
    new = [one for one in listed if one.id not in rules]
    assert len(new) == found > 0
    assert rules <= {one.id for one in listed}
    for one in new:
        assert one.value in sources[one.source_message_id]
        assert one.value in one.answer
        assert "ann@" not in one.answer + one.source_text
    assert not any(one.value == "Falkenrath" for one in new)


def test_what_is_told_plainly_is_read(model):
    """What even the smallest model reads: that the constraint leaves it room to say it."""
    found = Reader(model).read("I live in Porto with my sister Ana.", lambda: False)
    assert ("Where do I live?", "Porto") in {(one.question, one.value) for one in found}


def test_the_fixed_prompt_is_computed_once(model):
    reader = Reader(model)
    reader.read("I live in Porto.", lambda: False)
    kept = list(model.decoder._cache.tokens)
    reader.read("My van is called Bertha.", lambda: False)
    now = model.decoder._cache.tokens
    common = next(at for at, (a, b) in enumerate(zip(kept, now, strict=False)) if a != b)
    assert common > 200


def test_the_default_leaves_the_small_model_alone(model, store):
    assert not model_reads(store.settings.all(), model.record.parameters)
