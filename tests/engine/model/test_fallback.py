"""Models that the lean decoder does not cover run on transformers, and say so."""

from pathlib import Path
from typing import Any

import pytest
import torch
import transformers

from engine.decode.reference import ReferenceDecoder
from engine.decode.sampling import Sampling
from engine.model.gguf_file import GgufFile
from engine.model.importing import import_model
from engine.model.load import LoadOptions, load_model
from engine.model.vocabulary import build_tokenizer
from tests.support.tiny_gguf import TinyGguf, vocabulary

_COMMON = {
    "vocab_size": len(vocabulary()), "hidden_size": 64, "intermediate_size": 96,
    "num_hidden_layers": 3, "num_attention_heads": 4, "num_key_value_heads": 2,
    "max_position_embeddings": 512,
}  # fmt: skip
_CONFIGS = {
    "olmo2": transformers.Olmo2Config(**_COMMON, pad_token_id=None),
    "gemma2": transformers.Gemma2Config(**_COMMON, head_dim=16, sliding_window=24),
    "gpt2": transformers.GPT2Config(
        vocab_size=len(vocabulary()), n_embd=64, n_layer=2, n_head=4, n_positions=512
    ),
}
_GREEDY = Sampling(temperature=0, repetition_penalty=1.0, max_tokens=16)
_PROMPT = [(3 * i * i + i) % 280 for i in range(40)]


@pytest.fixture(params=sorted(_CONFIGS))
def saved(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, Any]:
    """A folder with a tiny random model, and the model."""
    torch.manual_seed(1)
    model = transformers.AutoModelForCausalLM.from_config(_CONFIGS[request.param])
    model = model.to(torch.bfloat16).eval()
    folder = tmp_path / request.param
    model.save_pretrained(folder)
    file = GgufFile(TinyGguf().write(tmp_path / "tiny.gguf"))
    build_tokenizer(file.metadata).save(str(folder / "tokenizer.json"))
    return folder, model


def test_another_family_answers_as_transformers_does(
    saved: tuple[Path, Any], tmp_path: Path
) -> None:
    folder, expected = saved
    record = import_model(folder, tmp_path / "models")
    told: list[float] = []
    options = LoadOptions(cache_dir=tmp_path, device="cpu", threads=1)
    model = load_model(record, options, told.append)
    assert isinstance(model.decoder, ReferenceDecoder)
    assert "does not cover" in model.info.fallback_reason
    assert "transformers" in model.info.path_taken
    assert told[-1] == 1.0
    with torch.inference_mode():
        truth = expected(torch.tensor([_PROMPT])).logits[0].float().log_softmax(-1)
    found = model.decoder.logits(_PROMPT).log_softmax(-1)
    assert float((truth.exp() * (truth - found)).sum(-1).mean()) <= 1e-3
    cold = list(model.decoder.stream(_PROMPT, _GREEDY, lambda: False))
    longer = [*_PROMPT, *cold, 5, 6]
    warm = list(model.decoder.stream(longer, _GREEDY, lambda: False))
    model.decoder._forget()
    assert len(cold) > 0
    assert list(model.decoder.stream(longer, _GREEDY, lambda: False))[:4] == warm[:4]
