"""The engine: models, decoding, tuning and memory. No Qt; may import `storage`."""
