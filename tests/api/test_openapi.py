"""The interface keeps its own description, whatever is sent."""
