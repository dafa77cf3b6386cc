"""Finding the right procedure, measured on questions of our own and of others."""
