"""Written answers: decoding one with a skill's adapter on, and a row as a training example."""

from engine.chat.turns import ChatTurn
from engine.decode.adapter import AdapterWeights
from engine.decode.sampling import Sampling
from engine.model.loaded import LoadedModel
from engine.skills.rows import LabelledRow
from engine.tuning.exchange import Exchange, encode
from engine.tuning.network.batch import TokenExample
from storage.records import Role

_MOST_CHARACTERS = 2000


def example_of(model: LoadedModel, row: LabelledRow) -> TokenExample:
    """The row as a question and its answer in the model's chat format."""
    return encode(model, Exchange(_turns(row.text), str(row.answer)[:_MOST_CHARACTERS]))


class Writer:
    """Writes answers, most likely token by token. Model lane only; call `close` at the end.

    Args:
        model: Decodes.
        adapter: The skill's, or None for the untuned model.
        most_tokens: Where an answer is cut off.
    """

    def __init__(
        self, model: LoadedModel, adapter: AdapterWeights | None, most_tokens: int
    ) -> None:
        self._model = model
        self._adapter = adapter
        self._sampling = Sampling(
            temperature=0.0, repetition_penalty=1.0, max_tokens=max(1, most_tokens)
        )

    def write(self, text: str) -> str:
        """The answer to one text. The adapter is put on anew: replies may have come between."""
        decoder = self._model.decoder
        decoder.use_adapter(self._adapter, 0.0 if self._adapter is None else 1.0)
        prompt = self._model.prompt_ids(_turns(text))
        ids = list(decoder.stream(prompt, self._sampling, lambda: False))
        return self._model.tokenizer.decode(ids, skip_special_tokens=True).strip()

    def close(self) -> None:
        """Takes the adapter off."""
        self._model.decoder.use_adapter(None, 0.0)


def _turns(text: str) -> tuple[ChatTurn, ...]:
    return (ChatTurn(Role.USER, text.strip()[:_MOST_CHARACTERS]),)
