"""From the user's own statements to candidate facts: rules, English and Chinese, no model."""
