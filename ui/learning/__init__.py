"""Learning: consent, inbox, live run, report card, adapter timeline."""
