"""What goes out and comes in by mail, the log of other contacts, and which query a document answers."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the tables and the column."""
    op.add_column("readings", sa.Column("answers", sa.Text))
    _outgoing()
    _incoming()
    op.create_table(
        "contact_log",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("partnership", sa.Text, nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("noted_by", sa.Text, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_contact_log"),
    )
    op.create_index("ix_contact_log_partnership", "contact_log", ["partnership"])


def _outgoing() -> None:
    op.create_table(
        "messages",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("message_id", sa.Text, nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("partnership", sa.Text, nullable=False),
        sa.Column("occasion", sa.Text, nullable=False),
        sa.Column("attempt", sa.Integer, nullable=False),
        sa.Column("recipients", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("about", sa.Text, nullable=False),
        sa.Column("queued", sa.DateTime(timezone=True), nullable=False),
        sa.Column("mail", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_messages"),
        sa.UniqueConstraint("message_id", name="uq_messages_message_id"),
        sa.UniqueConstraint("kind", "partnership", "occasion", "attempt", name="uq_messages_kind"),
    )
    op.create_index("ix_messages_partnership", "messages", ["partnership"])
    op.create_table(
        "postings",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("message", sa.Integer, nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("said", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_postings"),
        sa.ForeignKeyConstraint(["message"], ["messages.id"], name="fk_postings_message"),
    )
    op.create_index("ix_postings_message", "postings", ["message"])


def _incoming() -> None:
    op.create_table(
        "fetched",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("mailbox", sa.Text, nullable=False),
        sa.Column("validity", sa.Text, nullable=False),
        sa.Column("uid", sa.Text, nullable=False),
        sa.Column("original", sa.Integer, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_fetched"),
        sa.UniqueConstraint("mailbox", "validity", "uid", name="uq_fetched_mailbox"),
        sa.ForeignKeyConstraint(["original"], ["originals.id"], name="fk_fetched_original"),
    )
    op.create_table(
        "mails",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("original", sa.Integer, nullable=False),
        sa.Column("nature", sa.String(32), nullable=False),
        sa.Column("message_id", sa.Text, nullable=False),
        sa.Column("answers", sa.Text, nullable=False),
        sa.Column("partnership", sa.Text, nullable=False),
        sa.Column("matched_by", sa.String(32), nullable=False),
        sa.Column("sender", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("sent", sa.DateTime(timezone=True)),
        sa.Column("said", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_mails"),
        sa.ForeignKeyConstraint(["original"], ["originals.id"], name="fk_mails_original"),
    )
    op.create_index("ix_mails_original", "mails", ["original"])
    op.create_index("ix_mails_partnership", "mails", ["partnership"])
