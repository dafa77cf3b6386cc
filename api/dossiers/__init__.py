"""`/v1/dossiers`: look-ups for citizens, updates from the systems of provinces."""
