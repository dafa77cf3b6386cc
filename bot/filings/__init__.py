"""Guided filings: what a citizen has prepared so far, and the slip that carries it."""
