"""Zalo Bot Platform."""
