"""The encoder: the same vectors as the well-kept implementation, and what they are good for."""

import pytest
import torch

from engine.memory.encoder import WIDTH, Encoder, encoder_folder

TEXTS = ["I adopted a puppy.", "The train to Bruges was late.", "我喜欢喝茶", "word " * 400]


@pytest.fixture(scope="module")
def encoder():
    folder = encoder_folder()
    if folder is None:
        pytest.skip("the package of the encoder is not installed")
    return Encoder(folder)


def test_it_agrees_with_transformers(encoder):
    transformers = pytest.importorskip("transformers")
    folder = str(encoder_folder())
    model = transformers.AutoModel.from_pretrained(folder, local_files_only=True)
    tokenizer = transformers.AutoTokenizer.from_pretrained(folder, local_files_only=True)
    batch = tokenizer(TEXTS, padding=True, truncation=True, max_length=256, return_tensors="pt")
    with torch.no_grad():
        hidden = model(**batch).last_hidden_state
    mask = batch["attention_mask"][..., None]
    pooled = torch.nn.functional.normalize((hidden * mask).sum(1) / mask.sum(1), dim=-1)
    assert torch.allclose(encoder.encode(TEXTS), pooled, atol=1e-5)


def test_a_batch_gives_what_each_alone_gives(encoder):
    together = encoder.encode(TEXTS)
    assert together.shape == (len(TEXTS), WIDTH)
    for row, text in enumerate(TEXTS):
        assert torch.allclose(encoder.encode([text])[0], together[row], atol=1e-5)


def test_meaning_counts_more_than_letters(encoder):
    dog, train, question = encoder.encode([TEXTS[0], TEXTS[1], "What pet do I have?"])
    assert question @ dog > question @ train


def test_nothing_to_encode(encoder):
    assert encoder.encode([]).shape == (0, WIDTH)
