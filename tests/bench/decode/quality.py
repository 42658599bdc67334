"""What 4 bits and rounding cost: perplexity and divergence of the decoder, printed as JSON.

Compared is the Hugging Face model in float32 on the same file, dequantized without rounding. Run:
``python tests/bench/decode/quality.py --text FILE [--model FILE.gguf] [--tokens 512]``.
"""

import argparse
import json
import math
import sys
import tempfile
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

import torch

from engine.decode.lean import LeanDecoder
from engine.model.catalogue import embedded_model
from engine.model.describe import describe_gguf
from engine.model.load import LoadOptions, load_model
from engine.model.loaded import LoadedModel


def main() -> None:
    """Prints one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--text", type=Path, required=True, help="a plain text to read")
    parser.add_argument("--model", type=Path, help="a GGUF file; the embedded model if left out")
    parser.add_argument("--tokens", type=int, default=512, help="tokens to read in all")
    parser.add_argument("--window", type=int, default=256, help="tokens read in one go")
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as cache:
        model = _load(options, Path(cache))
    sys.stdout.write(json.dumps(_measure(model, options)) + "\n")


def _load(options: argparse.Namespace, cache: Path) -> LoadedModel:
    record = embedded_model()
    if options.model is not None:
        record = describe_gguf(options.model, "0" * 64)
    load = LoadOptions(cache_dir=cache, device="cpu", threads=options.threads)
    return load_model(record, load, lambda _: None)


def _measure(model: LoadedModel, options: argparse.Namespace) -> dict[str, Any]:
    truth = _exact(model)
    text = options.text.read_text(encoding="utf-8")[: options.tokens * 8]
    start = model.tokenizer.bos_token_id if model.tokenizer.add_bos else None
    head = [] if start is None else [start]
    ids = model.tokenizer.encode(text)[: options.tokens]
    size = options.window - len(head)
    parts = [head + ids[at : at + size] for at in range(0, len(ids), size)]
    sums = {name: [0.0, 0.0] for name in ("exact", "prompt path", "one-token path")}
    count = 0
    for part in (p for p in parts if len(p) > 1):
        shares = _shares(model, truth, part)
        count += len(part) - 1
        for name, found in shares.items():
            _add(sums[name], shares["exact"], found, part)
    found = {
        name: {"perplexity": math.exp(loss / count), "kl_nats": apart / count}
        for name, (loss, apart) in sums.items()
    }
    base = found["exact"]["perplexity"]
    for values in found.values():
        values["perplexity_ratio"] = values["perplexity"] / base
    return {"model": model.record.name, "path": model.info.path_taken, "tokens": count} | found


def _exact(model: LoadedModel) -> Any:
    """The reference in float32 with weights that no step has rounded."""
    reference: Any = model.reference().float()
    state = reference.state_dict()
    source = model._source
    with torch.no_grad():
        for name in source.names() & state.keys():
            state[name].copy_(source.dense(name).float())
    return reference


@torch.inference_mode()
def _shares(model: LoadedModel, truth: Any, ids: list[int]) -> dict[str, torch.Tensor]:
    """Log shares (T, V) of each path."""
    decoder = model.decoder
    assert isinstance(decoder, LeanDecoder)
    prompt = decoder.logits(ids)
    decoder._forget()
    steps = torch.stack([decoder._step(i) for i in ids])
    found = {
        "exact": truth(torch.tensor([ids])).logits[0].float(),
        "prompt path": prompt,
        "one-token path": steps,
    }
    return {name: logits.log_softmax(-1) for name, logits in found.items()}


def _add(sums: list[float], truth: torch.Tensor, found: torch.Tensor, ids: list[int]) -> None:
    chosen = found[torch.arange(len(ids) - 1), torch.tensor(ids[1:])]
    sums[0] -= float(chosen.double().sum())
    apart = (truth.exp() * (truth - found)).sum(-1)[:-1]
    sums[1] += float(apart.double().sum())


if __name__ == "__main__":
    main()
