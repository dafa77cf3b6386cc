"""Looks up and follows dossiers for the engine: sources, attempts and consent put together."""
