"""Opens what a record points to: weights, tokenizer, chat template, stop tokens."""

from dataclasses import dataclass
from pathlib import Path

from engine.chat.templates import ChatTemplate
from engine.model.chat_format import choose_template, stop_ids
from engine.model.gguf_config import SUPPORTED, architecture
from engine.model.gguf_file import GgufFile
from engine.model.model_folder import ModelFolder
from engine.model.safetensors_weights import SafetensorsWeights
from engine.model.token_cache import folder_tokenizer, load_tokenizer
from engine.model.tokenizer import TextTokenizer
from engine.model.vocabulary import UnknownVocabularyError
from engine.model.weights import GgufWeights, WeightSource
from storage.records import ModelRecord


@dataclass(frozen=True, slots=True)
class OpenedModel:
    """The parts of a model before anything is computed."""

    source: WeightSource
    tokenizer: TextTokenizer
    template: ChatTemplate
    stop_ids: frozenset[int]


def open_model(record: ModelRecord, cache_dir: Path) -> OpenedModel:
    """Opens `record`; `cache_dir` keeps tokenizers and templates.

    Raises:
        MalformedFileError: the files are damaged.
        UnknownVocabularyError: they are of a kind that is not supported.
        OSError: they cannot be read.
    """
    path = Path(record.path)
    if record.format == "safetensors":
        folder = ModelFolder(path)
        weights: WeightSource = SafetensorsWeights(folder)
        tokenizer = folder_tokenizer(folder)
        text: object = folder.tokens().template
    else:
        file = GgufFile(path)
        if architecture(file) not in SUPPORTED:
            raise UnknownVocabularyError("this kind of model is not supported yet")
        weights = GgufWeights(file)
        tokenizer = load_tokenizer(file, record.id, cache_dir)
        text = file.metadata.get("tokenizer.chat_template")
    template = choose_template(text, tokenizer, cache_dir)
    return OpenedModel(weights, tokenizer, template, stop_ids(weights.config, tokenizer))
