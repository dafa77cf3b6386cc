"""Speed and memory, measured on the real programs; never part of a test."""
