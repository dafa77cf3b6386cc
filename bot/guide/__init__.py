"""Guiding a citizen: when her dossier is due."""
