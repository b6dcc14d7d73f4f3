"""What Alembic runs: the migrations, on the connection and in the transaction that `pipeline.store.schema` gives it.

A new revision is a file in `versions/` that counts one up, with `tables.HEAD` raised to it in the same commit.
"""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
context.run_migrations()
