"""The HTTP backend and the command line: the only package that builds things."""
