"""The GPU decoder on the CPU, its graphs recorded and replayed as strictly as CUDA does it."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest
import torch

from engine.decode.cuda import attention, cache
from engine.decode.cuda.decoder import FEW, SOME, GpuDecoder
from engine.decode.sampling import Sampling
from tests.support.taped_graph import Taped, Waits
from tests.support.tiny_families import FAMILIES

LIMIT = 1e-3
_IDS = [(7 * i * i + 3 * i) % 280 for i in range(90)]
_GREEDY = Sampling(temperature=0, repetition_penalty=1.0, max_tokens=40)
Divergence = Callable[[torch.Tensor, torch.Tensor], float]


def _steps(decoder: GpuDecoder, ids: Sequence[int], rows: int = 1) -> torch.Tensor:
    """Logits of `ids`, so many a step."""
    decoder._forget()
    parts = [ids[at : at + rows] for at in range(0, len(ids), rows)]
    return torch.cat([decoder._checked(part).clone() for part in parts])


@pytest.mark.parametrize("family", FAMILIES)
def test_every_family_gives_what_transformers_gives_on_the_same_nf4(
    gpu: Any, family: str, divergence: Divergence
) -> None:
    model, recorder = gpu(family), Taped()
    decoder, truth = model.decoder(recorder), model.log_shares(_IDS)
    assert divergence(truth, decoder.logits(_IDS)) <= LIMIT
    assert divergence(truth, _steps(decoder, _IDS)) <= LIMIT
    assert divergence(truth, _steps(decoder, _IDS, FEW)) <= LIMIT
    assert divergence(truth, _steps(decoder, _IDS, SOME - 1)) <= LIMIT
    assert (recorder.made, decoder.trouble) == (3, "")
    assert recorder.replayed > len(_IDS)


@pytest.mark.parametrize("family", ["qwen3", "mistral", "gemma3"])
def test_across_chunks_and_buckets(
    gpu: Any, family: str, divergence: Divergence, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "CHUNK", 16)
    monkeypatch.setattr(cache, "_SMALLEST", 8)
    monkeypatch.setattr(cache, "_ROUND", 4)
    model, recorder = gpu(family), Taped()
    decoder, truth = model.decoder(recorder, context=96), model.log_shares(_IDS)
    assert divergence(truth, _steps(decoder, _IDS)) <= LIMIT
    assert recorder.made == len(cache.buckets(96)) == 5
    assert divergence(truth, _steps(decoder, _IDS, FEW)) <= LIMIT
    assert divergence(truth, decoder.logits(_IDS)) <= LIMIT
    decoder._forget()
    for prompt in (_IDS[:40], _IDS[:75], _IDS[:75], _IDS[:30] + _IDS[60:90], _IDS[:31]):
        found = decoder._prefill(prompt, lambda: False)
        assert found is not None
        assert divergence(model.log_shares(prompt)[-1:], found[None]) <= LIMIT


@pytest.mark.parametrize("family", ["qwen2", "phi3"])
def test_switching_adapters_makes_no_new_graph(
    gpu: Any, family: str, divergence: Divergence
) -> None:
    model, recorder = gpu(family), Taped()
    decoder, one, two = model.decoder(recorder), model.adapter(seed=1), model.adapter(3, seed=2)
    plain = model.log_shares(_IDS)
    _steps(decoder, _IDS[:2])
    for adapter, strength in ((one, 1.0), (two, 1.0), (one, 0.5), (one, 1.5), (one, 0.0)):
        decoder.use_adapter(adapter, strength)
        truth = model.log_shares(_IDS, adapter, strength)
        assert divergence(truth, _steps(decoder, _IDS)) <= LIMIT
        assert divergence(truth, decoder.logits(_IDS)) <= LIMIT
        assert strength == 0 or divergence(plain, truth) > LIMIT
    made = recorder.made
    decoder.use_adapter(None, 0.0)
    assert divergence(plain, _steps(decoder, _IDS)) <= LIMIT
    assert made == recorder.made == 2


def test_a_higher_rank_or_other_modules_lay_the_buffers_out_anew(
    gpu: Any, divergence: Divergence
) -> None:
    model, recorder = gpu("mistral"), Taped()
    decoder = model.decoder(recorder)
    for adapter in (model.adapter(4, "layers.1"), model.adapter(4), model.adapter(12, "v_proj")):
        decoder.use_adapter(adapter, 1.0)
        truth = model.log_shares(_IDS, adapter, 1.0)
        assert divergence(truth, _steps(decoder, _IDS)) <= LIMIT
    assert recorder.made == 3


def test_a_token_costs_one_question_to_the_device(gpu: Any) -> None:
    how = Sampling(temperature=0.8, max_tokens=30, seed=5)
    decoder = gpu("qwen3").decoder(Taped())
    decoder.look_ahead = False
    answer = []
    stream = decoder.stream(_IDS[:20], how, lambda: False)
    answer.append(next(stream))
    with Waits() as waits:
        answer += [next(stream) for _ in range(20)]
    assert waits.count == 20
    assert answer == list(decoder.stream(_IDS[:20], how, lambda: False))[:21]


def test_looking_ahead_changes_no_greedy_answer(gpu: Any) -> None:
    decoder = gpu("qwen3").decoder(Taped())
    prompt = _IDS[:12] * 5
    decoder.look_ahead = False
    plain = list(decoder.stream(prompt, _GREEDY, lambda: False))
    decoder._forget()
    decoder.look_ahead = True
    assert list(decoder.stream(prompt, _GREEDY, lambda: False)) == plain
    assert len(plain) == _GREEDY.max_tokens


def test_what_cannot_be_captured_runs_as_it_is_and_says_so(
    gpu: Any, divergence: Divergence
) -> None:
    class Broken:
        def record(self, work: Callable[[], torch.Tensor]) -> Any:
            raise RuntimeError("CUDA error: operation not permitted when stream is capturing")

    model = gpu("qwen2")
    decoder = model.decoder(Broken())
    decoder.warm_up()
    assert "could not be captured" in decoder.trouble
    assert divergence(model.log_shares(_IDS), _steps(decoder, _IDS)) <= LIMIT


def test_the_answer_ends_where_the_context_ends(gpu: Any) -> None:
    decoder = gpu("phi3").decoder(Taped(), context=64)
    long = Sampling(temperature=0, repetition_penalty=1.0, max_tokens=500)
    assert len(list(decoder.stream(_IDS[:40], long, lambda: False))) == 24
    stopped = decoder.stream(_IDS[:40], long, lambda: True)
    assert list(stopped) == []


def test_side_by_side_answers_are_those_of_the_stream(gpu: Any) -> None:
    decoder = gpu("qwen2").decoder(Taped())
    prompts = [_IDS[:20], _IDS[:25]]
    alone = [list(decoder.stream(prompt, _GREEDY, lambda: False))[:6] for prompt in prompts]
    assert decoder.answers(prompts, 6, lambda: False) == alone


def test_chunks_joined_are_one_attention() -> None:
    torch.manual_seed(0)
    keys, values = torch.randn(2, 4, 3, 16, 8)
    query, places = torch.randn(5, 6, 8), torch.arange(20, 25)
    mask = attention.visible(places.repeat(2), 64, 12, torch.float32)
    joined = attention.attend(query, keys, values, mask, 0.3)
    flat = (one.transpose(0, 1).reshape(1, 3, 64, 8) for one in (keys, values))
    whole = attention.attend(query, *flat, mask, 0.3)
    assert torch.allclose(joined, whole, atol=1e-5)
    assert int((mask[0] == 0).sum()) == 12
