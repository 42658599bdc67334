"""Adapter versions: what was trained, from what, how, and how it did."""

from collections.abc import Sequence
from hashlib import sha256
from uuid import uuid4

from engine.decode.adapter import AdapterWeights
from engine.tuning.recipe import Recipe
from storage.records import AdapterRecord, AdapterState, ExampleRecord, ReportCard
from storage.store import Store

_TASK = "task"


def new_adapter_id() -> str:
    """An id for an adapter that is not stored yet, so that its report card can name it."""
    return uuid4().hex


def task_name(model_id: str, examples: Sequence[ExampleRecord], recipe: Recipe) -> str:
    """The same for the same model, examples (as they read now) and starting recipe."""
    told = sorted(f"{e.id}\x00{e.question}\x00{e.answer}\x00{e.value}" for e in examples)
    plain = {key: value for key, value in recipe.as_dict().items() if key != "seed"}
    return sha256("\x01".join([model_id, repr(sorted(plain.items())), *told]).encode()).hexdigest()


def already_learned(store: Store, task: str) -> AdapterRecord | None:
    """The active adapter, when it came from exactly this task."""
    active = store.adapters.active()
    return active if active is not None and active.recipe.get(_TASK) == task else None


def keep(
    store: Store,
    *,
    adapter: AdapterWeights,
    model_id: str,
    recipe: Recipe,
    task: str,
    examples: Sequence[ExampleRecord],
    report: ReportCard,
    passed: bool,
) -> AdapterRecord:
    """Seals an adapter as the next version and, if it passed, switches it on, both or neither.

    ``report.adapter_id`` must name the new adapter. One that did not pass is kept as rejected, for
    the timeline; it cannot be switched on.
    """
    with store.transaction():
        kept = store.adapters.add(
            data=adapter.to_bytes(),
            model_id=model_id,
            state=AdapterState.READY if passed else AdapterState.REJECTED,
            seed=recipe.seed,
            recipe={**recipe.as_dict(), _TASK: task},
            example_ids=[example.id for example in examples],
            report=report,
            adapter_id=report.adapter_id,
        )
        words = f"version {kept.version}, {len(examples)} examples"
        store.audit.add("learned" if passed else "learning_rejected", words)
        if passed:
            store.adapters.activate(kept.id)
            store.audit.add("adapter_activated", kept.id)
    return store.adapters.get(kept.id)
