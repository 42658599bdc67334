"""Weights of a safetensors folder."""

import safetensors
import torch

from engine.model.blocks import Blocks
from engine.model.folder_config import hf_config
from engine.model.model_folder import ModelFolder


class SafetensorsWeights:
    """Implements `engine.model.weights.WeightSource`."""

    def __init__(self, folder: ModelFolder) -> None:
        self._folder = folder
        self.config = hf_config(folder.config)
        if self.config.get("tie_word_embeddings") is False:
            return
        if "lm_head.weight" in folder.tensors and self.config["model_type"] == "llama":
            self.config["tie_word_embeddings"] = False

    def names(self) -> frozenset[str]:
        """Every parameter name at hand."""
        return frozenset(self._folder.tensors)

    def dense(self, name: str) -> torch.Tensor:
        """Parameter `name` in the precision in which it is stored."""
        with safetensors.safe_open(str(self._folder.places[name]), framework="pt") as file:
            tensor: torch.Tensor = file.get_tensor(name)
        return tensor

    def packed(self, name: str) -> Blocks | None:  # noqa: ARG002
        """None: these folders hold no quantized weights."""
        return None
