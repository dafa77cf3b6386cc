"""Dossiers, who follows them and is told what, in SQL."""
