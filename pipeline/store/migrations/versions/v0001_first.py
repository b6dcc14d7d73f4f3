"""The first tables: originals, sightings, readings, events, decisions."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables in an empty database."""
    op.create_table(
        "originals",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("arrived", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_originals"),
        sa.UniqueConstraint("sha256", name="uq_originals_sha256"),
    )
    op.create_table(
        "sightings",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("original", sa.Integer, nullable=False),
        sa.Column("file", sa.Text, nullable=False),
        sa.Column("via", sa.String(32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sightings"),
        sa.UniqueConstraint("original", "file", "via", name="uq_sightings_original"),
        sa.ForeignKeyConstraint(["original"], ["originals.id"], name="fk_sightings_original"),
    )
    op.create_table(
        "readings",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("original", sa.Integer, nullable=False),
        sa.Column("reader", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(32), nullable=False),
        sa.Column("reason", sa.String(32)),
        sa.Column("message", sa.Text),
        sa.Column("round", sa.Text),
        sa.Column("partnership", sa.Text),
        sa.Column("reading", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_readings"),
        sa.ForeignKeyConstraint(["original"], ["originals.id"], name="fk_readings_original"),
    )
    op.create_index("ix_readings_original", "readings", ["original"])
    op.create_index("ix_readings_partnership", "readings", ["partnership"])
    op.create_table(
        "events",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("partnership", sa.Text, nullable=False),
        sa.Column("progress", sa.String(32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cause", sa.Text, nullable=False),
        sa.Column("original", sa.Integer),
        sa.PrimaryKeyConstraint("id", name="pk_events"),
        sa.ForeignKeyConstraint(["original"], ["originals.id"], name="fk_events_original"),
    )
    op.create_index("ix_events_partnership", "events", ["partnership", "at"])
    op.create_table(
        "decisions",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("partnership", sa.Text, nullable=False),
        sa.Column("about", sa.Text, nullable=False),
        sa.Column("value", sa.Text),
        sa.Column("decided_by", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_decisions"),
    )
    op.create_index("ix_decisions_partnership", "decisions", ["partnership"])
