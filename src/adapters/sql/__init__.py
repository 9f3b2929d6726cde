"""SQLite, PostgreSQL and their kin behind the ports of the core, by SQLAlchemy Core.

Every statement stays in the subset that PostgreSQL, KingbaseES, DM and SQLite share
(docs/adr/0010): keys made by the application, lengths on every string, naive UTC, JSON as text,
no upsert clause, no RETURNING, no engine's own JSON or Boolean operators.
"""

from adapters.sql.engine.dialects import register_dialects

register_dialects()
