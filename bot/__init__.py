"""The conversation: understand, look up, decide, render, record."""
