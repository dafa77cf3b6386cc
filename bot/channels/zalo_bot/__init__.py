"""Zalo Bot Platform: one token, no buttons, texts of at most 2,000 characters."""
