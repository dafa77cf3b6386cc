"""Zalo Official Account: messages, signatures, tokens and template messages."""
