"""The tables of the store, as they are in this version of the program.

`migrations/` brings an older store here; a test holds the two together. Rows are only ever added: what was read, what happened
and what was decided is never rewritten.
"""

from datetime import UTC, datetime

from sqlalchemy import (
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

HEAD = "0003"
"""The revision that these tables are: the newest in `migrations/versions`. Revisions are four digits and count up."""


class Moment(TypeDecorator[datetime]):
    """A moment in UTC. SQLite forgets zones, so they are settled on the way in and put back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn a moment of any zone into UTC.

        Raises:
            ValueError: the moment has no zone, so nobody knows which it is.
        """
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value} has no time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give a stored moment its zone back."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)

version = Table("alembic_version", metadata, Column("version_num", String(32), primary_key=True))
version.primary_key.name = "alembic_version_pkc"

originals = Table(
    "originals",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("sha256", String(64), nullable=False, unique=True),
    Column("size", Integer, nullable=False),
    Column("arrived", Moment, nullable=False),
)

BUNDLE = "bundle"
"""The way (`sightings.via`) of a document that was put together from pages that came as files of their own."""

sightings = Table(
    "sightings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("original", ForeignKey("originals.id"), nullable=False),
    Column("file", Text, nullable=False),
    Column("via", String(32), nullable=False),
    Column("at", Moment, nullable=False),
    UniqueConstraint("original", "file", "via"),
)

enclosures = Table(
    "enclosures",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("envelope", ForeignKey("originals.id"), nullable=False),
    Column("original", ForeignKey("originals.id"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("reader", Text, nullable=False),
    UniqueConstraint("envelope", "reader", "position"),
)
"""The documents that a reader found in an envelope, in the order in which they lie in it; a mail with words of its own encloses itself."""

readings = Table(
    "readings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("original", ForeignKey("originals.id"), nullable=False, index=True),
    Column("reader", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("outcome", String(32), nullable=False),
    Column("reason", String(32)),
    Column("message", Text),
    Column("round", Text),
    Column("partnership", Text, index=True),
    Column("reading", Text, nullable=False),
    Column("answers", Text),
)
"""`reading` is the public JSON of `pipeline.model.contract`; the columns before it say the same again for those who look with SQL.

`answers` is the Message-ID of the query that a document answers: its answers then stand over those of the return that was asked about.
"""

events = Table(
    "events",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("partnership", Text, nullable=False),
    Column("progress", String(32), nullable=False),
    Column("at", Moment, nullable=False),
    Column("cause", Text, nullable=False),
    Column("original", ForeignKey("originals.id")),
    Index("ix_events_partnership", "partnership", "at"),
)

decisions = Table(
    "decisions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String(32), nullable=False),
    Column("partnership", Text, nullable=False, index=True),
    Column("about", Text, nullable=False),
    Column("value", Text),
    Column("decided_by", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("reason", Text, nullable=False),
)

messages = Table(
    "messages",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("message_id", Text, nullable=False, unique=True),
    Column("kind", String(32), nullable=False),
    Column("partnership", Text, nullable=False, index=True),
    Column("occasion", Text, nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("recipients", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("about", Text, nullable=False),
    Column("queued", Moment, nullable=False),
    Column("mail", LargeBinary, nullable=False),
    UniqueConstraint("kind", "partnership", "occasion", "attempt"),
)
"""What goes out, a row a message, written before the wire. `recipients` and `about` have a line each."""

postings = Table(
    "postings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("message", ForeignKey("messages.id"), nullable=False, index=True),
    Column("state", String(32), nullable=False),
    Column("at", Moment, nullable=False),
    Column("said", Text, nullable=False),
)
"""Where each message stood, one after the other; the last row counts."""

fetched = Table(
    "fetched",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("mailbox", Text, nullable=False),
    Column("validity", Text, nullable=False),
    Column("uid", Text, nullable=False),
    Column("original", ForeignKey("originals.id"), nullable=False),
    Column("at", Moment, nullable=False),
    UniqueConstraint("mailbox", "validity", "uid"),
)
"""Which mails of a mailbox are kept here. A server may number them anew: then `validity` is another, and they are looked at again."""

mails = Table(
    "mails",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("original", ForeignKey("originals.id"), nullable=False, index=True),
    Column("nature", String(32), nullable=False),
    Column("message_id", Text, nullable=False),
    Column("answers", Text, nullable=False),
    Column("partnership", Text, nullable=False, index=True),
    Column("matched_by", String(32), nullable=False),
    Column("sender", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("sent", Moment),
    Column("said", Text, nullable=False),
)
"""What each mail is; of several rows for one mail the last counts."""

contact_log = Table(
    "contact_log",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("partnership", Text, nullable=False, index=True),
    Column("kind", String(32), nullable=False),
    Column("at", Moment, nullable=False),
    Column("noted_by", Text, nullable=False),
    Column("words", Text, nullable=False),
)
