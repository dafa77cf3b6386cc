"""The only place that builds things: from settings to something that answers."""
