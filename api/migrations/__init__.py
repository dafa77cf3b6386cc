"""Alembic's migrations; `api.store.database.migrate` runs them at every start."""
