"""First run: language, key, recovery key, model, learning."""
