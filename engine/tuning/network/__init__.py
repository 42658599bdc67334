"""The trainable network: an adapter over frozen weights, fast where the model allows it."""
