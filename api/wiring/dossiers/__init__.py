"""Everything about dossiers that is built from the settings."""
