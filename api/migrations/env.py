"""Run by Alembic inside the transaction that `api.store.database.migrate` opened."""

from alembic import context

from api.store.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=False,  # the caller's transaction holds everything, locks included
)
context.run_migrations()
