"""Learning from the user's own words: collect, redact, augment, train, examine, gate, keep."""
