"""What the adapter did to each word."""

import pytest
import torch

from engine.decode.adapter import AdapterWeights
from engine.model.loaded import LoadedModel
from engine.tuning.explaining import changed_words, fitting_examples
from engine.tuning.network.network import build_network
from storage.records import ExampleKind, ExampleRecord

PROMPT = (5, 9, 30, 41)


@pytest.fixture
def adapter(tiny_model: LoadedModel) -> AdapterWeights:
    generator = torch.Generator().manual_seed(3)
    blank = build_network(tiny_model, rank=2, alpha=4.0, seed=1).adapter()
    tensors = {
        name: (torch.randn(tensor.shape, generator=generator) * 0.2).bfloat16()
        for name, tensor in blank.tensors.items()
    }
    return AdapterWeights(2, 4.0, tensors)


def own_odds(model: LoadedModel, ids: list[int], answer: int) -> list[float]:
    """Log-probabilities of the last `answer` tokens by the decoder."""
    odds = model.decoder.logits(ids[:-1]).log_softmax(-1)
    return [float(odds[at - 1, ids[at]]) for at in range(len(ids) - answer, len(ids))]


def test_log_probabilities_are_those_of_the_decoder(
    tiny_model: LoadedModel, adapter: AdapterWeights
) -> None:
    answer = tiny_model.tokenizer.encode("one two")
    words = changed_words(tiny_model, PROMPT, answer, adapter, 0.5)
    ids = [*PROMPT, *answer]
    off = sum(own_odds(tiny_model, ids, len(answer)))
    tiny_model.decoder.use_adapter(adapter, 0.5)
    on = sum(own_odds(tiny_model, ids, len(answer)))
    tiny_model.decoder.use_adapter(None, 0.0)
    assert abs(on - off) > 0.1
    assert sum(word.untuned_nats for word in words) == pytest.approx(off, abs=0.3)
    assert sum(word.tuned_nats for word in words) == pytest.approx(on, abs=0.3)
    assert sum(word.change for word in words) == pytest.approx(on - off, abs=0.3)


@pytest.mark.parametrize("text", ["one two three", " lead", "a\nb", "我喜欢 tea", "x", "é ü"])
def test_the_words_make_up_the_text(tiny_model: LoadedModel, text: str) -> None:
    words = changed_words(tiny_model, PROMPT, tiny_model.tokenizer.encode(text), None, 0.0)
    assert "".join(word.text for word in words) == text
    assert all(word.change == 0 for word in words)


def test_words_begin_at_spaces_and_wide_characters(tiny_model: LoadedModel) -> None:
    words = changed_words(tiny_model, PROMPT, tiny_model.tokenizer.encode("ab cd 茶水"), None, 0.0)
    assert [word.text for word in words][:2] == ["ab", " cd"]
    assert [word.text for word in words][-2:] == ["茶", "水"]


def test_an_empty_answer_has_no_words(tiny_model: LoadedModel) -> None:
    assert changed_words(tiny_model, PROMPT, [], None, 0.0) == ()


def example(question: str, answer: str, value: str) -> ExampleRecord:
    return ExampleRecord(id=value, kind=ExampleKind.FACT, noun="", question=question,
                         answer=answer, value=value)  # fmt: skip


EXAMPLES = (
    example("What is my dog's name?", "Your dog's name is Biscuit.", "Biscuit"),
    example("What is my cat's name?", "Your cat's name is Tom.", "Tom"),
    example("Where do I live?", "You live in Ghent.", "Ghent"),
    example("我的狗叫什么？", "你的狗叫团团。", "团团"),
)


@pytest.mark.parametrize(
    ("question", "answer", "best"),
    [
        ("Do you know what my dog is called?", "Your dog's name is Biscuit.", "Biscuit"),
        ("Which city is home to me?", "You live in Ghent.", "Ghent"),
        ("What is the name of my dog?", "I have not been told.", "Biscuit"),
        ("我的狗叫什么名字？", "它叫团团。", "团团"),
    ],
)
def test_the_example_behind_an_answer_comes_first(question: str, answer: str, best: str) -> None:
    assert fitting_examples(EXAMPLES, question, answer)[0].value == best


def test_an_answer_about_the_world_has_no_example() -> None:
    assert fitting_examples(EXAMPLES, "Who wrote Hamlet?", "William Shakespeare did.") == ()
