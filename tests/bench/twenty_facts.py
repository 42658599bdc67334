"""Twenty facts told, learned and asked through the terminal commands; what it cost elsewhere.

    python -m tests.bench.twenty_facts [--preset balanced]

Prints JSON: facts known with and without the adapter, perplexity of WikiText-2 (first
1,500 tokens of the validation text, where it lies beside the checkout), seconds, adapter size.
"""

import argparse
import json
import math
import tempfile
import time
from pathlib import Path

import torch

from engine.decode.adapter import AdapterWeights
from engine.model.catalogue import embedded_model
from engine.model.load import LoadOptions, load_model
from storage.keys import KeyFile
from storage.profile import ProfilePaths
from storage.store import Store
from tests.support.terminal import PASSPHRASE, ROOT, Profile
from tests.support.twenty_facts import FACTS, right, told

WIKITEXT = ROOT.parent / "shared" / "data" / "wikitext2" / "valid.txt"
TOKENS = 1500


def perplexity(model, tokens):
    """Perplexity in one pass over `tokens`."""
    logits = model.decoder.logits(tokens)[:-1]
    return math.exp(torch.nn.functional.cross_entropy(logits, torch.tensor(tokens[1:])).item())


def wikitext_perplexity(profile: Profile, adapter_id: str, cache: Path) -> dict[str, float]:
    """Perplexity with the adapter off and on."""
    paths = ProfilePaths(profile.path)
    store = Store.open(paths, KeyFile(paths.key_file).unlock_passphrase(PASSPHRASE))
    weights = AdapterWeights.from_bytes(store.adapters.load(adapter_id))
    store.close()
    model = load_model(embedded_model(), LoadOptions(cache_dir=cache), lambda _fraction: None)
    tokens = model.tokenizer.encode(WIKITEXT.read_text(encoding="utf-8"))[:TOKENS]
    off = perplexity(model, list(tokens))
    model.decoder.use_adapter(weights, 1.0)
    return {"untuned": off, "tuned": perplexity(model, list(tokens))}


def ask(profile, *words):
    """How many of the facts are in the answers, memory retrieval off."""
    questions = profile.path.parent / "questions.jsonl"
    done = profile.good("ask", "--file", questions, "--no-memory", "--temperature", "0", *words)
    return right(done.answers)


def measure(folder: Path, preset: str) -> dict[str, object]:
    """The whole way on a fresh profile in `folder`; all figures."""
    profile = Profile(folder)
    profile.write("questions.jsonl", [{"id": n, "question": question}
                                      for n, (_, question, _) in enumerate(FACTS)])  # fmt: skip
    chats = profile.write("chats.jsonl", [told(fact, n) for n, (fact, _, _) in enumerate(FACTS)])
    profile.good("import", "--consent", chats)
    began = time.monotonic()
    card = profile.good("learn", "--approve-all", "--preset", preset, "--json").json
    seconds = time.monotonic() - began
    known = ask(profile)
    figures = {
        "verdict": card["verdict"],
        "known_of_20": len(known),
        "missed": [value for _, _, value in FACTS if value not in known],
        "known_at_strength_0_of_20": len(ask(profile, "--strength", "0")),
        "learn_s": round(seconds, 1),
        "tokens_trained": card["tokens_trained"],
        "exam": card["exam"],
    }
    adapters = profile.good("adapters list", "--json").json_lines
    if adapters:
        figures["adapter_bytes"] = adapters[0]["size_bytes"]
    if adapters and WIKITEXT.exists():
        figures["wikitext_perplexity"] = wikitext_perplexity(profile, adapters[0]["id"], folder)
    return figures


if __name__ == "__main__":
    options = argparse.ArgumentParser(description="Twenty facts, told to known.")
    options.add_argument("--preset", default="balanced")
    with tempfile.TemporaryDirectory() as name:
        figures = measure(Path(name), options.parse_args().preset)
    print(json.dumps(figures, indent=2))  # noqa: T201
