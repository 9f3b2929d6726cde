"""Whatever is changed in the log's tables behind the platform is found, and where."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest

from supervision_core.audit.model import AuditRow, Frontier, SignedCheckpoint, leaf_text
from supervision_core.kernel.canonical import sm3

from .logs import OTHER, ROWS, SIGNER, SIZES, Copies, Logged, codes, entries, names

TEXTS = ("actor", "department", "action", "outcome", "request", "targets", "note", "leaf")
COLUMNS = (*TEXTS, "happened_at")
ANCHORED = SIZES[-1]


@contextmanager
def rolled_back(logged: Logged) -> Iterator[sqlite3.Connection]:
    """Give a raw connection, and put everything back as it was."""
    keep = sqlite3.connect(":memory:")
    with sqlite3.connect(logged.path) as database:
        database.backup(keep)
        yield database
        database.commit()
        keep.backup(database)
    database.close()
    keep.close()


def flip(database: sqlite3.Connection, row: int, column: str, at: int, bit: int) -> bool:
    """Flip one bit of the bytes of a text; tell whether there was such a byte."""
    select = f"SELECT CAST({column} AS BLOB) FROM audit_row WHERE position = ?"  # noqa: S608 - our own words
    (value,) = database.execute(select, (row,)).fetchone()
    if value is None or at >= len(value):
        return False
    changed = bytearray(value)
    changed[at] ^= 1 << bit
    update = f"UPDATE audit_row SET {column} = CAST(? AS TEXT) WHERE position = ?"  # noqa: S608 - our own words
    database.execute(update, (bytes(changed), row))
    return True


def test_an_untouched_log_holds(copies: Copies) -> None:
    """Nothing is found in a log that nobody touched; what no checkpoint covers yet is told."""
    verdict = copies.fresh().verify()
    assert verdict.findings == ()
    assert (verdict.first, verdict.size, verdict.anchored) == (0, ROWS, ANCHORED)
    assert verdict.checkpoints == len(SIZES)


@pytest.mark.parametrize("column", COLUMNS)
def test_every_column_of_every_row_counts(copies: Copies, column: str) -> None:
    """One bit changed in any column of any of the 50 rows is found, at exactly that row."""
    logged = copies.fresh()
    for row in range(ROWS):
        with sqlite3.connect(logged.path) as database:
            before = database.execute(
                f"SELECT {column} FROM audit_row WHERE position = ?",  # noqa: S608 - our own words
                (row,),
            ).fetchone()
            length = len(str(before[0]).encode())
            assert flip(database, row, column, (row * 31) % length, 7 - row % 8)
        found = logged.verify().findings
        assert [(one.first, one.last) for one in found] == [(row, row)], (row, found)
        with sqlite3.connect(logged.path) as database:
            database.execute(
                f"UPDATE audit_row SET {column} = ? WHERE position = ?",  # noqa: S608 - our own words
                (before[0], row),
            )
    assert logged.verify().holds


@pytest.mark.slow
@pytest.mark.parametrize("column", COLUMNS)
def test_every_bit_of_every_row_counts(copies: Copies, column: str) -> None:
    """Every single bit of every column of 50 rows: each change is found at its row (tamper)."""
    logged = copies.fresh()
    tried = 0
    select = f"SELECT {column} FROM audit_row WHERE position = ?"  # noqa: S608 - our own words
    put = f"UPDATE audit_row SET {column} = ? WHERE position = ?"  # noqa: S608 - as above
    with closing(sqlite3.connect(logged.path, isolation_level=None)) as database:
        for row in range(ROWS):
            (before,) = database.execute(select, (row,)).fetchone()
            for at in range(len(str(before or "").encode())):
                for bit in range(8):
                    assert flip(database, row, column, at, bit)
                    leaves = list(logged.checkpoints.leaves(row, row + 1))
                    assert [stored == computed for _, stored, computed in leaves] == [False], (
                        row, at, bit,
                    )  # fmt: skip
                    database.execute(put, (before, row))
                    tried += 1
    assert tried > ROWS * 8


@pytest.mark.parametrize("row", [0, 12, 13, 30, ANCHORED - 1, ANCHORED])
def test_a_deleted_row_is_missed(copies: Copies, row: int) -> None:
    """A row taken out is missed at its number, also behind the last checkpoint."""
    logged = copies.fresh()
    logged.raw("DELETE FROM audit_row WHERE position = ?", row)
    verdict = logged.verify()
    assert "audit.rows_missing" in codes(verdict)
    assert names(verdict, row)


@pytest.mark.parametrize("length", range(ROWS))
def test_a_log_cut_off_at_any_length_is_seen(copies: Copies, length: int) -> None:
    """Truncated to any length: found as far as the last checkpoint reaches."""
    logged = copies.fresh()
    logged.raw("DELETE FROM audit_row WHERE position >= ?", length)
    verdict = logged.verify()
    if length < ANCHORED:
        assert codes(verdict) == {"audit.rows_missing"}
        assert names(verdict, ANCHORED - 1)
    else:
        assert verdict.holds  # negative control: what no checkpoint covers can be cut unseen


def test_two_rows_exchanged_are_both_named(copies: Copies) -> None:
    """Rows that change places carry the wrong number in their hash."""
    logged = copies.fresh()
    for old, new in ((5, -1), (20, 5), (-1, 20)):
        logged.raw("UPDATE audit_row SET position = ? WHERE position = ?", new, old)
    verdict = logged.verify()
    assert names(verdict, 5)
    assert names(verdict, 20)


def test_a_row_doubled_is_named(copies: Copies) -> None:
    """A copy of a row at a free number does not belong there."""
    logged = copies.fresh()
    columns = "happened_at, actor, department, action, outcome, request, targets, note, leaf"
    logged.raw(
        f"INSERT INTO audit_row (position, {columns}) SELECT ?, {columns} FROM audit_row"  # noqa: S608 - our own words
        " WHERE position = ?",
        ROWS,
        7,
    )
    assert names(logged.verify(), ROWS)


def test_a_row_of_another_log_does_not_fit(copies: Copies) -> None:
    """A row transplanted whole from another log, hash included, breaks the root."""
    logged, donor = copies.fresh(), copies.fresh()
    donor.raw("DELETE FROM audit_checkpoint")
    donor.raw("DELETE FROM audit_row")
    donor.raw("DELETE FROM audit_target")
    donor.raw("UPDATE counter SET upto = 0 WHERE name = 'audit_row'")
    donor.write(entries(ROWS, salt="x"))
    with sqlite3.connect(logged.path) as database:
        database.execute("ATTACH ? AS donor", (str(donor.path),))
        database.execute("DELETE FROM audit_row WHERE position = 20")
        database.execute("INSERT INTO audit_row SELECT * FROM donor.audit_row WHERE position = 20")
    verdict = logged.verify()
    assert codes(verdict) == {"audit.rows_rewritten"}
    assert (verdict.findings[0].first, verdict.findings[0].last) == (13, 31)


def test_an_older_file_is_found_by_a_checkpoint_kept_elsewhere(copies: Copies) -> None:
    """The whole file put back as it once was: only somebody else's checkpoint tells."""
    logged = copies.fresh()
    last = logged.checkpoints.last()
    assert last is not None
    logged.raw("DELETE FROM audit_checkpoint WHERE tree_size > 13")
    logged.raw("DELETE FROM audit_row WHERE position >= 13")
    assert logged.verify().holds  # negative control
    verdict = logged.verify([last])
    assert codes(verdict) == {"audit.rows_missing"}
    assert (verdict.findings[0].first, verdict.findings[0].last) == (13, ANCHORED - 1)


def rewrite(logged: Logged, changed: int, *, leaves: bool) -> list[bytes]:
    """Change a row as somebody does who knows how it is hashed; give all the leaves then."""
    with sqlite3.connect(logged.path) as database:
        database.execute("UPDATE audit_row SET actor = 'u-9' WHERE position = ?", (changed,))
        rows = database.execute(
            "SELECT position, happened_at, actor, department, action, outcome, request, targets,"
            " note FROM audit_row ORDER BY position"
        ).fetchall()
        computed = []
        for position, at, actor, department, action, outcome, request, targets, note in rows:
            micro = "" if at.endswith(".000000") else at[19:]
            text = leaf_text(
                position,
                at=f"{at[:10]}T{at[11:19]}{micro}+00:00",
                actor=actor,
                department=department or "",
                action=action,
                outcome=outcome,
                request=request,
                targets=targets,
                note=note,
            )
            computed.append(sm3(b"\x00" + text.encode()))
            if leaves:
                database.execute(
                    "UPDATE audit_row SET leaf = ? WHERE position = ?",
                    (computed[-1].hex(), position),
                )
    return computed


def test_a_row_rewritten_with_its_hash_breaks_the_root(copies: Copies) -> None:
    """Without the signing key: found between the two checkpoints around it."""
    logged = copies.fresh()
    rewrite(logged, 20, leaves=True)
    verdict = logged.verify()
    assert codes(verdict) == {"audit.rows_rewritten"}
    assert [(one.first, one.last) for one in verdict.findings] == [(13, 31)]


def test_checkpoints_made_anew_with_another_key_are_not_trusted(copies: Copies) -> None:
    """Rows, hashes, roots and frontiers all fit; the signature does not."""
    logged = copies.fresh()
    forge(logged, rewrite(logged, 20, leaves=True), Logged(logged.engine, logged.path, OTHER))
    verdict = logged.verify()
    assert codes(verdict) == {"audit.checkpoint_not_signed"}


def test_a_key_holder_is_found_by_a_checkpoint_kept_elsewhere(copies: Copies) -> None:
    """Who has the signing key can make everything anew; a checkpoint elsewhere still tells."""
    logged = copies.fresh()
    known = logged.checkpoints.between(0)
    forge(logged, rewrite(logged, 20, leaves=True), logged)
    assert logged.verify().holds  # negative control: nothing in the database tells
    verdict = logged.verify(known)
    assert codes(verdict) == {"audit.rows_rewritten"}
    assert names(verdict, 20)
    assert not names(verdict, 5)


def forge(logged: Logged, leaves: list[bytes], forger: Logged) -> None:
    """Make every checkpoint anew over ``leaves``, signed by the forger."""
    old = logged.checkpoints.between(0)
    logged.raw("DELETE FROM audit_checkpoint")
    previous = ""
    for one in old:
        frontier = Frontier().extended(leaves[: one.checkpoint.size])
        plain = {**one.plain(), "root": frontier.root().hex(), "previous": previous}
        plain["frontier"] = [peak.hex() for peak in frontier.peaks]
        made = SignedCheckpoint.read(plain)
        signed = SignedCheckpoint.make(made.checkpoint, frontier, forger.signer)
        previous = signed.checkpoint.digest()
        logged.checkpoints.add(signed)


@pytest.mark.parametrize(
    "column", ["log_id", "root", "made_at", "previous", "frontier", "signature", "tree_size"]
)
@pytest.mark.parametrize("size", SIZES)
def test_every_column_of_a_checkpoint_counts(copies: Copies, column: str, size: int) -> None:
    """A checkpoint changed in any column is found, whichever it is."""
    logged = copies.fresh()
    changed = {
        "log_id": "log-9",
        "made_at": "2026-11-24 05:00:01.000000",
        "tree_size": str(size + 1),
        "frontier": "[]",
    }.get(column)
    if changed is None:
        (value,) = (
            sqlite3.connect(logged.path)
            .execute(
                f"SELECT {column} FROM audit_checkpoint WHERE tree_size = ?",  # noqa: S608 - our own words
                (size,),
            )
            .fetchone()
        )
        at = len(value) // 2
        changed = value[:at] + ("1" if value[at] != "1" else "2") + value[at + 1 :]
    logged.raw(f"UPDATE audit_checkpoint SET {column} = ? WHERE tree_size = ?", changed, size)  # noqa: S608 - our own words
    assert codes(logged.verify()) & {
        "audit.checkpoint_not_signed",
        "audit.checkpoint_unreadable",
        "audit.checkpoint_chain_broken",
    }


@pytest.mark.parametrize("size", SIZES[:-1])
def test_a_checkpoint_taken_out_breaks_the_chain(copies: Copies, size: int) -> None:
    """The next one names its predecessor; only the last can go unseen, unless somebody kept it."""
    logged = copies.fresh()
    logged.raw("DELETE FROM audit_checkpoint WHERE tree_size = ?", size)
    assert codes(logged.verify()) == {"audit.checkpoint_chain_broken"}


def test_several_faults_are_each_told_at_their_place(copies: Copies) -> None:
    """One fault does not hide another further on."""
    logged = copies.fresh()
    logged.raw("UPDATE audit_row SET actor = 'u-9' WHERE position = 3")
    logged.raw("DELETE FROM audit_row WHERE position = 18")
    logged.raw("UPDATE audit_row SET leaf = upper(leaf) WHERE position = 40")
    logged.raw("UPDATE audit_row SET note = CAST(x'ff' AS TEXT) WHERE position = 45")
    found = [(one.code, one.first) for one in logged.verify().findings]
    assert found == [
        ("audit.row_changed", 3),
        ("audit.rows_missing", 18),
        ("audit.row_changed", 40),
        ("audit.row_unreadable", 45),
    ]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_row SET targets = targets || ' ' WHERE position = 9",
        "UPDATE audit_row SET happened_at = replace(happened_at, ' ', 'T') WHERE position = 9",
        "UPDATE audit_row SET happened_at = substr(happened_at, 1, 23) WHERE position = 9",
        "UPDATE audit_row SET leaf = ' ' || leaf WHERE position = 9",
        "UPDATE audit_row SET leaf = 'zz' WHERE position = 9",
        "UPDATE audit_row SET request = 7 WHERE position = 9",
        "UPDATE audit_row SET actor = x'0102' WHERE position = 9",
    ],
    ids=["space", "t", "cut", "leaf-space", "no-leaf", "number", "blob"],
)
def test_another_spelling_of_the_same_is_a_change(copies: Copies, statement: str) -> None:
    """What reads alike but was not written so by us is found; no exception passes for a success."""
    logged = copies.fresh()
    logged.raw(statement)
    verdict = logged.verify()
    assert names(verdict, 9), verdict.findings


def test_no_checkpoint_is_made_of_a_log_that_was_tampered_with(logged: Logged) -> None:
    """Rows changed before their first checkpoint are not blessed by one: ``audit.log_tampered``."""
    logged.write(entries(5))
    logged.raw("UPDATE audit_row SET actor = 'u-9' WHERE position = 3")
    with pytest.raises(Exception, match=r"audit\.log_tampered"):
        logged.anchoring.anchor()
    assert logged.checkpoints.last() is None


def test_the_row_text_here_is_that_of_the_core(copies: Copies) -> None:
    """The forger of these tests hashes as the platform does: else he would prove nothing."""
    logged = copies.fresh()
    rows = [AuditRow(number=at, entry=one) for at, one in enumerate(entries(ROWS))]
    expected = [row.leaf() for row in rows]
    assert [computed for _, _, computed in logged.checkpoints.leaves(0)] == expected
    assert logged.signer is SIGNER
