"""Settings, generated from `storage.settings`."""
