"""The knowledge base: procedures with their sources, and finding the right one."""
