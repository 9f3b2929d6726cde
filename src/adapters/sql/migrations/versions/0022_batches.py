"""Gradings and facts under one seal a batch instead of one a row."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Row

from adapters.sql.engine.schema import audit_row
from adapters.sql.frame.commit import SqlAuditLog, take_positions
from adapters.sql.graded import GRADINGS, graded_subject
from adapters.sql.migrations.conversion import reseal, reseal_table, seal_in_batches
from adapters.sql.sealing.protection import stated
from adapters.sql.subject_facts import FACTS, STATEMENTS
from supervision_core.audit.model import AuditEntry, Outcome
from supervision_core.kernel.canonical import Stated, sm3

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

TABLES = ("graded_subject", "subject_fact", "subject_statement")
NAMED = 1_000
"""Batches named in one row of the log."""


def upgrade() -> None:
    """Add the table, put what exists into batches, and let the log tell of these."""
    op.create_table(
        "batch_seal",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("row_seal", sa.String(length=80), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batch_seal")),
    )
    connection = op.get_bind()
    targets = [
        *seal_in_batches(connection, GRADINGS, _stated_grading),
        *seal_in_batches(connection, FACTS, FACTS.state),
        *seal_in_batches(connection, STATEMENTS, STATEMENTS.state),
    ]
    for table in TABLES:
        op.create_index(f"ix_{table}_row_seal", table, ["row_seal"], unique=False)
    _tell(targets)


def downgrade() -> None:
    """Give every row a seal of its own."""
    for table in TABLES:
        op.drop_index(f"ix_{table}_row_seal", table_name=table)
    connection = op.get_bind()
    reseal_table(connection, FACTS)
    reseal_table(connection, STATEMENTS)
    for table in ("graded_subject", "subject"):
        reseal(connection, table)
    op.drop_table("batch_seal")


def _stated_grading(row: Row[Any]) -> Stated:
    own = sm3(row.record.encode()).hex()
    return stated(graded_subject, row._asdict() | {"record": "", "record_hash": own})


def _tell(targets: Sequence[str]) -> None:
    log = SqlAuditLog(op.get_bind())
    for at in range(0, len(targets), NAMED):
        log.append(
            AuditEntry(
                at=datetime.now(UTC),  # noqa: TID251 - a step has no clock handed to it
                actor="cli",
                department="",
                action="audit.batch",
                outcome=Outcome.DONE,
                request=sm3(revision.encode()).hex(),
                targets=tuple(targets[at : at + NAMED]),
            )
        )
    if log.waiting:
        log.add_rows(op.get_bind(), take_positions(op.get_bind(), audit_row, log.waiting))
