"""Privacy: what is stored where, locks, consent, export, audit trail."""
