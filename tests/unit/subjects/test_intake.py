from datetime import date

import pytest

from supervision_core.kernel.codes.data import guangxi_regions, industries
from supervision_core.kernel.codes.messages import CODE_MESSAGES
from supervision_core.kernel.messages import KERNEL_MESSAGES, Messages
from supervision_core.kernel.tables import Cell, RawRow, ReadRow, Severity, match_headers, read_row
from supervision_core.subjects.facts import FACT_CATALOGUE, day_number
from supervision_core.subjects.intake import (
    SUBJECT_TABLE,
    Intake,
    IntakeContext,
    Taking,
    repeated_codes,
    subject_from_row,
    take_in,
)
from supervision_core.subjects.messages import MESSAGES
from supervision_core.subjects.model import IdentityKind, SubjectKind, SubjectStatus
from supervision_core.subjects.model.doubts import doubts_of

TODAY = date(2026, 11, 24)
GOOD = "91350100M000100Y43"  # the example of GB 32100-2015, with its right check digit
WORDS = Messages(KERNEL_MESSAGES, CODE_MESSAGES, MESSAGES)


def _context() -> IntakeContext:
    return IntakeContext.of(
        today=TODAY,
        region="450000",
        regions=guangxi_regions(),
        industries=industries(),
    )


def _row(number: int = 2, /, **cells: Cell) -> ReadRow:
    filled = {"企业名称": "南宁示例乳业有限公司", "统一社会信用代码": GOOD, "所属区划": "青秀区"}
    filled |= {key: str(value) for key, value in cells.items() if value is not None}
    filled = {key: value for key, value in filled.items() if cells.get(key, "") is not None}
    match = match_headers(SUBJECT_TABLE, list(filled))
    assert match.violations == ()
    return read_row(SUBJECT_TABLE, RawRow(number=number, cells=filled), match)


def _read(**cells: Cell) -> Intake:
    return take_in([_row(2, **cells)], _context())


def _faults(intake: Intake) -> set[tuple[str, str, str]]:
    return {(fault.column, fault.violation.code, fault.severity.value) for fault in intake.faults}


def test_a_good_row_is_an_entry_without_faults() -> None:
    """Name, code and region suffice; the kind follows from the code."""
    intake = _read()
    assert intake.faults == ()
    (entry,) = intake.entries
    assert (entry.row, entry.draft.region, entry.draft.kind) == (
        2,
        "450103",
        SubjectKind.ENTERPRISE,
    )
    assert entry.draft.identity.code == GOOD
    assert entry.draft.status is None


@pytest.mark.parametrize("said", ["个人独资企业", "有限责任公司（自然人投资或控股）"])
def test_a_firm_of_one_person_is_no_person(said: str) -> None:
    """What people own is a firm, whichever column says so; without an owner it is a person."""
    for column in ("对象种类", "企业类型"):
        (entry,) = _read(**{column: said}).entries
        assert entry.draft.kind is SubjectKind.ENTERPRISE
    (entry,) = _read(对象种类="自然人").entries
    assert entry.draft.kind is SubjectKind.PERSON


def test_headings_of_departments_are_understood() -> None:
    """The usual headings of other departments lead to the same columns, none to two."""
    headings = [
        "市场主体名称",
        "社会信用代码",
        "法人代表",
        "注册资金(万元)",
        "所在区县",
        "地址",
        "经营范围",
        "成立时间",
        "经营状态",
        "联系电话",
        "参保人数",
        "是否列异",
    ]
    match = match_headers(SUBJECT_TABLE, headings)
    assert (match.violations, match.extra) == ((), ())
    assert len(match.columns) == len(headings)


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("社会信用代码/注册号", "credit_code"),
        ("统一社会信用代码（注册号）", "credit_code"),
        ("注册地", "domicile"),
        ("所在县（市、区）", "region"),
        ("所属县(区、市)", "region"),
        ("所在县市区", "region"),
        ("许可证有效期", "licence_expires_on"),
    ],
)
def test_more_headings_of_offices_are_read(heading: str, name: str) -> None:
    """Headings that clerks sent and that once were left aside in silence."""
    match = match_headers(SUBJECT_TABLE, ["企业名称", heading])
    assert (match.columns.get(name), match.extra) == (heading, ())


def test_a_term_in_one_cell_fills_both_its_ends() -> None:
    """营业期限 2024.5.1-2029.4.30: one heading for two columns, each takes its own end."""
    (entry,) = _read(营业期限="2024.5.1-2029.4.30").entries
    basic = entry.draft.basic
    assert (basic.term_from, basic.term_to) == (date(2024, 5, 1), date(2029, 4, 30))
    (lasting,) = _read(营业期限="2024年5月1日至长期").entries
    assert lasting.draft.basic.term_to == date(9999, 12, 31)
    (single,) = _read(营业期限="2029-04-30").entries
    assert (single.draft.basic.term_from, single.draft.basic.term_to) == (None, date(2029, 4, 30))


def test_of_a_licence_s_term_the_end_counts() -> None:
    """许可证有效期 2024.5.1-2029.4.30 says on which day the licence expires."""
    (entry,) = _read(许可证有效期至="2024.5.1-2029.4.30").entries
    assert entry.facts["licence_expires_on"] == day_number(date(2029, 4, 30))


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("壹佰万元", 1_000_000),
        ("人民币壹佰贰拾万伍仟元整", 1_205_000),
        ("一亿二千万元", 120_000_000),
        ("100万元人民币", 1_000_000),
    ],
)
def test_an_amount_in_words_is_read(text: str, yuan: int) -> None:
    """An amount that names its own unit is taken as so much money."""
    (entry,) = _read(注册资本=text).entries
    assert entry.draft.basic.registered_capital == yuan


@pytest.mark.parametrize("text", ["壹佰", "壹贰万元", "500元"])
def test_an_amount_that_says_no_unit_or_another_is_refused(text: str) -> None:
    """Nothing is guessed about money."""
    assert _faults(_read(注册资本=text)) == {
        ("注册资本（万元）", "kernel.table_not_a_number", "error")
    }


def test_every_title_finds_its_own_column() -> None:
    """The template that people download reads back column by column."""
    titles = [column.title for column in SUBJECT_TABLE.columns]
    match = match_headers(SUBJECT_TABLE, titles)
    assert match.violations == ()
    assert match.columns == {column.name: column.title for column in SUBJECT_TABLE.columns}


def test_a_wrong_check_digit_is_kept_flagged_and_warned_about() -> None:
    """A code that fails its check is never dropped."""
    intake = _read(统一社会信用代码="91350100M000100Y4Z")
    assert {fault.severity for fault in intake.faults} == {Severity.WARNING}
    (entry,) = intake.entries
    assert entry.draft.identity.code == "91350100M000100Y4Z"
    assert [(one.code, one.at) for one in doubts_of(entry.draft, today=TODAY)] == [
        ("kernel.credit_code_sign", "identity.code")
    ]


def test_a_row_without_any_code_stays_out() -> None:
    """Somebody unknown cannot be found again."""
    intake = _read(统一社会信用代码=None)
    assert intake.entries == ()
    assert _faults(intake) == {("统一社会信用代码", "subjects.identity_missing", "error")}


@pytest.mark.parametrize(
    ("cells", "kind", "code"),
    [
        (
            {"统一社会信用代码": "330106000129004"},
            IdentityKind.REGISTRATION_NUMBER,
            "330106000129004",
        ),
        (
            {"统一社会信用代码": None, "注册号": "330106000129004"},
            IdentityKind.REGISTRATION_NUMBER,
            "330106000129004",
        ),
        (
            {"统一社会信用代码": None, "设备编号": "e-77"},
            IdentityKind.OWN_NUMBER,
            "E-77",
        ),
    ],
)
def test_other_numbers_serve_where_there_is_no_credit_code(
    cells: dict[str, Cell], kind: IdentityKind, code: str
) -> None:
    """An old registration number counts wherever it stands."""
    (entry,) = _read(**cells).entries
    assert (entry.draft.identity.kind, entry.draft.identity.code) == (kind, code)
    assert not list(doubts_of(entry.draft, today=TODAY))


def test_an_unknown_region_keeps_the_row_out() -> None:
    """The fault names the column as the table has it."""
    intake = _read(所属区划="火星区")
    assert intake.entries == ()
    assert _faults(intake) == {("所属区划", "kernel.region_unknown", "error")}


@pytest.mark.parametrize(
    "text",
    ["南宁市横州市校椅镇", "横州市校椅镇", "广西南宁市/横州市/校椅镇", "横州市校椅镇青桐村"],
)
def test_a_township_after_the_county_is_read_as_the_county(text: str) -> None:
    """What stands below the county says no less where it is."""
    intake = _read(所属区划=text)
    (entry,) = intake.entries
    assert (entry.draft.region, intake.faults) == ("450181", ())


def test_a_township_without_its_county_is_not_guessed() -> None:
    """A city and a township leave the county open."""
    assert _faults(_read(所属区划="南宁市津头街道")) == {
        ("所属区划", "kernel.region_unknown", "error")
    }


@pytest.mark.parametrize("text", ["蝶山区", "梧州市蝶山区", "450404"])
def test_an_abolished_district_is_told_and_led_to_its_heir(text: str) -> None:
    """蝶山区 went into 万秀区 in 2013."""
    intake = _read(所属区划=text)
    (entry,) = intake.entries
    assert entry.draft.region == "450403"
    assert _faults(intake) == {("所属区划", "subjects.region_renamed", "warning")}


@pytest.mark.parametrize("text", ["横县", "450127"])
def test_a_former_region_leads_to_the_present_one(text: str) -> None:
    """横县 became 横州市: taken as such, with a warning."""
    intake = _read(所属区划=text)
    (entry,) = intake.entries
    assert entry.draft.region == "450181"
    assert _faults(intake) == {("所属区划", "subjects.region_renamed", "warning")}


def test_without_a_region_the_code_or_the_context_gives_it() -> None:
    """The office in the credit code where it is in Guangxi, else the importing region."""
    (entry,) = _read(所属区划=None).entries
    assert entry.draft.region == "450000"
    (local,) = _read(所属区划=None, 统一社会信用代码="91450103MA5K000017").entries
    assert local.draft.region == "450103"


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("存续（在营、开业、在册）", SubjectStatus.ACTIVE),
        ("吊销，未注销", SubjectStatus.REVOKED),
        ("吊销后注销", SubjectStatus.DEREGISTERED),
        ("已歇业", SubjectStatus.SUSPENDED),
        ("迁出", SubjectStatus.MOVED_OUT),
        ("撤销登记", SubjectStatus.ANNULLED),
    ],
)
def test_statuses_as_registers_write_them(text: str, status: SubjectStatus) -> None:
    """吊销未注销 is revoked, not deregistered."""
    (entry,) = _read(登记状态=text).entries
    assert entry.draft.status is status


def test_an_unknown_status_is_left_unsaid() -> None:
    """It warns, and changes nothing."""
    intake = _read(登记状态="待定")
    assert intake.entries[0].draft.status is None
    assert _faults(intake) == {("登记状态", "subjects.status_unknown", "warning")}


def test_what_cannot_be_read_is_told_and_the_row_goes_in() -> None:
    """An unknown kind and degrees that are none: nothing is dropped in silence."""
    intake = _read(对象种类="待定", 经营地址经度="999", 经营地址纬度="22.817002")
    (entry,) = intake.entries
    assert entry.draft.kind is SubjectKind.ENTERPRISE
    assert (entry.draft.extended.longitude, entry.draft.extended.latitude) == (None, 22_817_002)
    assert _faults(intake) == {
        ("对象种类", "subjects.kind_unknown", "warning"),
        ("经营地址经度", "subjects.coordinate_unknown", "warning"),
    }


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1441", "1441"),
        ("C1441", "1441"),
        ("1441 液体乳制造", "1441"),
        ("液体乳制造", "1441"),
        ("制造业-食品制造业-乳制品制造", "144"),
    ],
)
def test_industries_by_code_name_or_path(text: str, code: str) -> None:
    """The most special entry that a text names counts."""
    assert _read(行业代码=text).entries[0].draft.basic.industry == code


def test_an_unknown_industry_warns_only() -> None:
    """The row goes in without an industry."""
    intake = _read(行业代码="造梦业")
    assert intake.entries[0].draft.basic.industry == ""
    assert _faults(intake) == {("行业代码", "kernel.industry_unknown", "warning")}


def test_money_is_yuan_and_facts_follow_their_units() -> None:
    """万元 become yuan, per cent hundredths of a per cent, days numbers."""
    (entry,) = _read(
        **{
            "注册资本（万元）": "500.5",
            "年纳税额（万元）": "12.34",
            "近三年被罚没金额（元）": "5000.75",
            "资产负债率": "65.3",
            "成立日期": "2016年5月4日",
            "许可证有效期至": "2027.1.1",
            "是否列入经营异常": "否",
            "社保人数": "12",
        }
    ).entries
    assert entry.draft.basic.registered_capital == 5_005_000
    assert entry.facts == {
        "registered_capital": 5_005_000,
        "tax_paid_1y": 123_400,
        "penalty_amount_3y": 5_000,
        "debt_ratio": 6_530,
        "established_on": day_number(date(2016, 5, 4)),
        "licence_expires_on": day_number(date(2027, 1, 1)),
        "abnormal_listed": False,
        "insured_staff": 12,
    }
    assert entry.facts.keys() <= FACT_CATALOGUE.keys()


def test_a_negative_count_is_left_out_with_a_warning() -> None:
    """Nobody was punished minus once."""
    intake = _read(近三年行政处罚次数="-1")
    assert intake.entries[0].facts == {}
    assert {fault.violation.code for fault in intake.faults} == {"subjects.fact_below_zero"}


def test_odd_phones_and_later_foundings_are_kept_and_flagged() -> None:
    """Doubts name the field; personal data never stands in them."""
    intake = _read(联系电话="12", 成立日期="2026-11-25", 联系人="李示例")
    (entry,) = intake.entries
    assert entry.draft.personal.contact_phone == "12"
    assert {(one.code, one.at) for one in doubts_of(entry.draft, today=TODAY)} == {
        ("subjects.phone_doubtful", "personal.contact_phone"),
        ("subjects.established_later", "extended.established_on"),
    }
    assert all(dict(one.data) == {} for one in doubts_of(entry.draft, today=TODAY))


@pytest.mark.parametrize(
    "text", ["19900000000", "0771-2800000", "19900000000、0771-2800000", "96333"]
)
def test_usual_phones_are_not_odd(text: str) -> None:
    """Mobile, landline with area code, several, and service numbers pass."""
    assert _read(联系电话=text).faults == ()


def test_a_kind_against_the_code_is_flagged() -> None:
    """What the row says counts, with a doubt."""
    intake = _read(对象种类="个体工商户")
    assert intake.entries[0].draft.kind is SubjectKind.SOLE_TRADER
    assert _faults(intake) == {("对象种类", "subjects.kind_doubtful", "warning")}


def test_a_reversed_term_keeps_the_row_out() -> None:
    """From before to."""
    intake = _read(经营期限自="2026-01-02", 经营期限至="2026-01-01")
    assert intake.entries == ()
    assert {fault.violation.code for fault in intake.faults} == {"subjects.term_reversed"}


def test_a_fault_of_reading_keeps_the_row_out() -> None:
    """An unreadable day is an error of the cell; the row waits for its correction."""
    row = _row(成立日期="不详日期")
    assert not row.usable
    understood = subject_from_row(row, _context())
    assert understood.entry is None
    assert [fault.violation.code for fault in understood.faults] == ["kernel.table_not_a_day"]


def test_equal_rows_go_in_once() -> None:
    """Each repetition is told, with the row it repeats."""
    intake = take_in([_row(number) for number in (2, 3, 9)], _context())
    assert ([entry.row for entry in intake.entries], intake.repeated) == ([2], 2)
    assert [(fault.row, fault.violation.data) for fault in intake.faults] == [
        (3, {"row": 2}),
        (9, {"row": 2}),
    ]
    assert {fault.severity for fault in intake.faults} == {Severity.WARNING}


def test_contradicting_rows_all_stay_out_and_name_each_other() -> None:
    """Which one is right is for people to say."""
    rows = [_row(2), _row(3, 所属区划="兴宁区"), _row(4)]
    intake = take_in(rows, _context())
    assert intake.entries == ()
    assert [(fault.row, fault.violation.code, fault.violation.data) for fault in intake.faults] == [
        (2, "subjects.row_contradicted", {"row": 3}),
        (3, "subjects.row_contradicted", {"row": 2}),
        (4, "subjects.row_contradicted", {"row": 2}),
    ]


def test_every_fault_can_be_told_in_chinese() -> None:
    """Reason and remedy are filled from the violation's data."""
    for cells in (
        {"所属区划": "横县"},
        {"所属区划": "火星区"},
        {"统一社会信用代码": "91350100M000100Y44"},
        {"近三年行政处罚次数": "-1"},
    ):
        for fault in _read(**cells).faults:
            message = WORDS.explain(fault.violation)
            assert message.reason
            assert message.remedy
            assert "{" not in message.reason


def test_rows_go_in_as_soon_as_nothing_can_contradict_them() -> None:
    """A row whose code stands once is given at once; rows of one code wait for the last row."""
    codes = [GOOD, "OTHER", GOOD]
    rows = [_row(number, 统一社会信用代码=code) for number, code in enumerate(codes, 2)]
    taking = Taking(_context(), repeated_codes(rows))
    assert [entry.row for entry in taking.entries(rows)] == [3, 2]
    repeats = [one.row for one in taking.faults if one.violation.code == "subjects.row_repeated"]
    assert (taking.repeated, repeats) == (1, [4])


def test_of_repeated_rows_the_first_of_the_file_goes_in_whatever_order_they_come_in() -> None:
    """Rows are read by name where there are many."""
    rows = [_row(number, 统一社会信用代码=GOOD) for number in (4, 2, 3)]
    taking = Taking(_context(), repeated_codes(rows))
    assert [entry.row for entry in taking.entries(rows)] == [2]
    assert [one.row for one in taking.faults] == [3, 4]
