"""What was found in envelopes: mails and zips with several returns."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "enclosures",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("envelope", sa.Integer, nullable=False),
        sa.Column("original", sa.Integer, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("reader", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_enclosures"),
        sa.UniqueConstraint("envelope", "reader", "position", name="uq_enclosures_envelope"),
        sa.ForeignKeyConstraint(["envelope"], ["originals.id"], name="fk_enclosures_envelope"),
        sa.ForeignKeyConstraint(["original"], ["originals.id"], name="fk_enclosures_original"),
    )
