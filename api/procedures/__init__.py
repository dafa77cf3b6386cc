"""Procedures over HTTP: search, list and read."""
