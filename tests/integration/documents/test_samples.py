import time
from collections import Counter
from pathlib import Path

import pytest

from adapters.documents.reading import read_tables
from adapters.documents.samples import AS_OF, generate_firms, generate_officers
from supervision_core.kernel.codes.credit_code import check_credit_code
from supervision_core.kernel.codes.data import guangxi_regions, industries
from supervision_core.kernel.tables import RawRow, SkippedRow, TableFormat, read_row
from supervision_core.officers.intake import OFFICER_TABLE
from supervision_core.subjects.intake import SUBJECT_TABLE, Intake, IntakeContext, take_in


def _take_in(path: Path, format: TableFormat = SUBJECT_TABLE) -> tuple[list[Intake], list[str]]:
    context = IntakeContext.of(
        today=AS_OF, region="450000", regions=guangxi_regions(), industries=industries()
    )
    taken, skipped = [], []
    with path.open("rb") as file:
        for table in read_tables(file, format):
            assert table.match.violations == ()
            rows = list(table.rows)
            skipped += [row.violation.code for row in rows if isinstance(row, SkippedRow)]
            raws = [row for row in rows if isinstance(row, RawRow)]
            taken.append(take_in([read_row(format, raw, table.match) for raw in raws], context))
    return taken, skipped


def test_tidy_firms_go_in_without_any_fault(tmp_path: Path) -> None:
    """Without mess every invented firm is right: codes, regions, trades, days."""
    generate_firms(tmp_path / "firms.xlsx", 400, 7, mess=False)
    (intake,), skipped = _take_in(tmp_path / "firms.xlsx")
    assert len(intake.entries) == 400
    assert intake.faults == ()
    assert skipped == []
    codes = {entry.draft.identity.code for entry in intake.entries}
    assert len(codes) == 400
    assert all(check_credit_code(code) == () for code in codes)


def test_messy_firms_show_the_mess_that_was_made_and_no_other(tmp_path: Path) -> None:
    """Every kind of mess is found again, as often as it was made; untidy but right rows go in."""
    sample = generate_firms(tmp_path / "firms.xlsx", 6_000, 11)
    taken, skipped = _take_in(tmp_path / "firms.xlsx")
    found = Counter(fault.violation.code for intake in taken for fault in intake.faults)
    mess = sample.mess
    assert all(mess.values())
    assert found["kernel.table_code_lost_digits"] == mess["rounded_code"]
    assert found["kernel.table_cell_empty"] == mess["no_name"]
    assert found["subjects.identity_missing"] == mess["no_code"] + mess["rounded_code"]
    assert found["kernel.table_not_a_day"] == mess["bad_day"]
    assert found["kernel.table_not_a_whole_number"] == mess["words_in_number"]
    assert found["kernel.table_not_a_flag"] == mess["odd_choice"]
    assert found["kernel.region_unknown"] == mess["unknown_region"]
    assert found["kernel.credit_code_check_digit"] == mess["wrong_check_digit"]
    assert found["subjects.row_repeated"] == mess["repeated"]
    assert found["subjects.row_contradicted"] == 2 * mess["contradicted"]
    kept_out = sum(
        mess[kind]
        for kind in (
            "rounded_code", "no_name", "no_code", "bad_day", "words_in_number", "odd_choice",
            "unknown_region", "contradicted",
        )
    )  # fmt: skip
    assert sum(len(intake.entries) for intake in taken) == 6_000 - kept_out
    assert Counter(skipped) == {"kernel.table_row_is_total": 2, "kernel.table_row_is_note": 2}


def test_firms_of_every_pilot_trade_and_of_others_come(tmp_path: Path) -> None:
    """The four pilot scenes find their firms, among firms of other trades."""
    generate_firms(tmp_path / "firms.xlsx", 1_000, 3, mess=False)
    (intake,), _ = _take_in(tmp_path / "firms.xlsx")
    trades = Counter(entry.draft.basic.industry[:2] for entry in intake.entries)
    assert {"14", "03", "26", "51", "72", "63", "66", "62"} <= set(trades)


def test_the_same_seed_gives_the_same_file(tmp_path: Path) -> None:
    """A table can be made again from its seed, another seed gives another."""
    paths = [tmp_path / f"{number}.xlsx" for number in range(3)]
    for path, seed in zip(paths, (1, 1, 2), strict=True):
        generate_firms(path, 200, seed)
    first, second, other = (path.read_bytes() for path in paths)
    assert first == second
    assert first != other


def test_officers_cover_every_department_in_every_city(tmp_path: Path) -> None:
    """The same seed gives the same officers, two of every department in every city first."""
    generate_officers(tmp_path / "a.xlsx", 392, 1)
    generate_officers(tmp_path / "b.xlsx", 392, 1)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    with (tmp_path / "a.xlsx").open("rb") as file:
        (table,) = read_tables(file, OFFICER_TABLE)
        raws = [row for row in table.rows if isinstance(row, RawRow)]
    assert table.match.extra == ()
    rows = [read_row(OFFICER_TABLE, raw, table.match) for raw in raws]
    assert all(row.usable for row in rows)
    posts = Counter((row.values["region"], row.values["matters"]) for row in rows)
    assert len(posts) == 14 * 14
    assert set(posts.values()) == {2}


@pytest.mark.slow
def test_a_hundred_thousand_rows_are_read_in_time(tmp_path: Path) -> None:
    """Reading and understanding 100,000 messy rows leaves room in 20 s for storing them."""
    generate_firms(tmp_path / "firms.xlsx", 100_000, 5)
    begun = time.process_time()
    _take_in(tmp_path / "firms.xlsx")
    assert time.process_time() - begun < 20
