"""The command line, one module per group of commands. Everything it says is Vietnamese."""
