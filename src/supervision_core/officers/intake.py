"""执法人员导入表: the columns of a table of officers, and what its rows mean."""

from collections.abc import Iterable, Mapping
from datetime import date

from attrs import evolve, field, frozen

from supervision_core.kernel.codes.region import RegionTree
from supervision_core.kernel.errors import Violation
from supervision_core.kernel.fields import said
from supervision_core.kernel.registers import Extras
from supervision_core.kernel.registers.elements import extras_in
from supervision_core.kernel.tables import (
    Column,
    ColumnKind,
    Edge,
    ReadRow,
    RowFault,
    Severity,
    TableFormat,
)
from supervision_core.officers.model import Certificate, ContactData, Employment, OfficerDraft

OFFICER_TABLE = TableFormat(
    name="officers",
    title="执法人员导入表",
    columns=(
        Column(
            name="name",
            title="姓名",
            aliases=("执法人员姓名", "人员姓名", "执法人员", "检查人员", "名字"),
            required=True,
            max_length=60,
            example="王示例",
        ),
        Column(
            name="certificate",
            title="执法证号",
            kind=ColumnKind.CODE,
            aliases=("执法证编号", "执法证件号", "行政执法证号", "执法证号码", "证件编号", "证号",
                     "执法证件编号", "行政执法证件号"),
            max_length=40,
            example="45010000001",
        ),
        Column(
            name="department",
            title="所属部门",
            aliases=("部门", "单位", "所在单位", "工作单位", "执法单位", "所属单位", "执法部门",
                     "部门名称"),
            max_length=100,
        ),
        Column(
            name="body",
            title="所属主体",
            aliases=("受委托组织", "所属主体（受委托组织）", "执法主体", "执法机构"),
        ),
        Column(name="body_code", title="所属主体编码", max_length=40),
        Column(name="nature", title="执法人员性质", aliases=("人员性质",), max_length=40),
        Column(name="rank", title="职级", max_length=40),
        Column(name="supervises", title="是否监督人员", kind=ColumnKind.FLAG),
        Column(name="lawyer", title="是否具有法律职业资格", kind=ColumnKind.FLAG),
        Column(
            name="region",
            title="所属区划",
            aliases=("行政区划", "区划", "区划代码", "所属辖区", "所属地区", "所在地区", "县区",
                     "辖区", "所在区划"),
        ),
        Column(
            name="regions",
            title="执法区域",
            aliases=("执法范围", "执法辖区", "执法地域", "管辖区域"),
            note="多个区域用顿号分开；不填则为所属区划",
        ),
        Column(
            name="matters",
            title="执法领域",
            aliases=("执法类别", "执法事项", "监管领域", "执法类型", "专业领域", "擅长领域"),
            note="多个领域用顿号分开；不填则为本部门全部领域",
        ),
        Column(
            name="valid_from",
            title="有效期自",
            kind=ColumnKind.DATE,
            aliases=("发证日期", "执法证有效期自", "证件有效期起", "有效期起", "发证时间",
                     "有效期", "证件有效期", "执法证有效期", "有效期限"),
            edge=Edge.START,
        ),
        Column(
            name="valid_to",
            title="有效期至",
            kind=ColumnKind.DATE,
            aliases=("执法证有效期至", "证件有效期至", "有效期止", "有效期", "证件有效期",
                     "执法证有效期", "有效期限"),
            edge=Edge.END,
        ),
        Column(name="issuer", title="发证机关", max_length=100),
        Column(
            name="phone",
            title="联系电话",
            aliases=("电话", "手机", "手机号", "手机号码", "联系方式"),
        ),
        Column(name="sex", title="性别", max_length=10),
        Column(
            name="identity_card",
            title="身份证号码",
            kind=ColumnKind.CODE,
            aliases=("身份证号", "公民身份号码"),
            max_length=20,
        ),
        Column(name="born_on", title="出生日期", kind=ColumnKind.DATE),
        Column(name="ethnicity", title="民族", max_length=20),
        Column(name="political_status", title="政治面貌", max_length=20),
        Column(name="education", title="最高学历", aliases=("学历",), max_length=20),
        Column(name="major", title="学历专业", aliases=("专业",), max_length=60),
        Column(name="address", title="住址", aliases=("家庭住址", "居住地址", "常住地址")),
        Column(
            name="legal_persons",
            title="关联法定代表人",
            aliases=("关联法人", "需回避的法定代表人", "亲属任法定代表人情况"),
            note="本人须回避的企业法定代表人姓名，多个用顿号分开",
        ),
    ),
)  # fmt: skip
"""执法人员导入表: every row is one certificate of one officer; rows of one person are joined.

Source: proposal 6.4.2.2.2.
"""

_TITLES = {column.name: column.title for column in OFFICER_TABLE.columns}


@frozen(kw_only=True)
class OfficerContext:
    """人员导入口径 (OfficerContext): what rows are read against.

    ``region`` and ``department`` are taken where a row names none.
    """

    today: date
    region: str
    department: str
    regions: RegionTree


@frozen(kw_only=True)
class OfficerEntry:
    """人员导入行 (OfficerEntry): one officer fit for import, and the row he stands in first."""

    row: int = field(metadata=said("在表格中的行号", example=2))
    draft: OfficerDraft = field(metadata=said("执法人员信息"))


@frozen(kw_only=True)
class OfficerIntake:
    """人员导入结果 (OfficerIntake): who of a table goes in, and everything that was wrong."""

    entries: tuple[OfficerEntry, ...]
    faults: tuple[RowFault, ...]
    repeated: int = field(default=0)


def take_in_officers(rows: Iterable[ReadRow], context: OfficerContext) -> OfficerIntake:
    """Understand a whole table of officers.

    Rows of one certificate number: equal ones go in once; where any differ, all but the first stay
    out, naming it. Rows of the same person (name, department, phone or identity card) with
    different certificates make one officer.
    """
    faults: list[RowFault] = []
    by_number: dict[str, OfficerEntry] = {}
    repeated = 0
    for row in rows:
        entry, found = _entry(row, context)
        faults += found
        if entry is None:
            continue
        number = entry.draft.certificates[0].number
        first = by_number.setdefault(number, entry)
        if first is entry:
            continue
        same = first.draft == entry.draft
        repeated += same
        code = "officers.row_repeated" if same else "officers.certificate_taken"
        violation = Violation(code, "certificate", {"row": first.row})
        severity = Severity.WARNING if same else Severity.ERROR
        faults.append(_fault(row, violation, severity))
    return OfficerIntake(
        entries=tuple(_joined(by_number.values())), faults=tuple(faults), repeated=repeated
    )


def _entry(
    row: ReadRow, context: OfficerContext
) -> tuple[OfficerEntry | None, tuple[RowFault, ...]]:
    faults = list(row.faults)
    values = {key: value for key, value in row.values.items() if isinstance(value, str)}
    region, *wrong = _region(values.get("region", ""), context)
    faults += [_fault(row, evolve(one, at="region")) for one in wrong]
    regions, doubtful = _regions(values.get("regions", ""), region, context)
    faults += [_fault(row, evolve(one, at="regions")) for one in doubtful]
    valid_from, valid_to = row.values.get("valid_from"), row.values.get("valid_to")
    certificate = Certificate(
        number=values.get("certificate", ""),
        regions=regions,
        matters=_words(values.get("matters", "")),
        valid_from=valid_from if isinstance(valid_from, date) else None,
        valid_to=valid_to if isinstance(valid_to, date) else None,
        issuer=values.get("issuer", ""),
    )
    faults += _certificate_faults(row, certificate, context)
    if not all(fault.severity is Severity.WARNING for fault in faults) or "name" not in values:
        return None, tuple(faults)
    draft = OfficerDraft(
        name=values["name"],
        department=values.get("department", context.department),
        region=region,
        certificates=(certificate,),
        body=values.get("body", ""),
        contact=_contact(values, row.values.get("born_on")),
        legal_persons=_words(values.get("legal_persons", "")),
        employment=Employment(
            body_code=values.get("body_code", ""),
            rank=values.get("rank", ""),
            nature=values.get("nature", ""),
            supervises=row.values.get("supervises") is True,
            lawyer=row.values.get("lawyer") is True,
        ),
        extras=Extras(values=extras_in(row.values)),
    )
    return OfficerEntry(row=row.number, draft=draft), tuple(faults)


def _certificate_faults(
    row: ReadRow, one: Certificate, context: OfficerContext
) -> Iterable[RowFault]:
    if not one.number:
        yield _fault(row, Violation("officers.certificate_missing", "certificate"))
    if one.valid_from and one.valid_to and one.valid_from > one.valid_to:
        yield _fault(row, Violation("officers.certificate_reversed", "valid_to"))
    elif one.valid_to and one.valid_to < context.today:
        violation = Violation("officers.certificate_expired", "valid_to")
        yield _fault(row, violation, Severity.WARNING)


def _region(text: str, context: OfficerContext) -> tuple[str, *tuple[Violation, ...]]:
    if not text:
        return (context.region,)
    found = context.regions.resolve(text)
    return (found.code,) if found else ("", *context.regions.check(text))


def _regions(
    text: str, own: str, context: OfficerContext
) -> tuple[frozenset[str], tuple[Violation, ...]]:
    found: set[str] = set()
    wrong: list[Violation] = []
    for word in sorted(_words(text)):
        if region := context.regions.resolve(word):
            found.add(region.code)
        else:
            wrong += context.regions.check(word)
    return frozenset(found or {own}), tuple(wrong)


def _contact(values: Mapping[str, str], born_on: object) -> ContactData:
    return ContactData(
        phone=values.get("phone", ""),
        identity_card=values.get("identity_card", ""),
        sex=values.get("sex", ""),
        address=values.get("address", ""),
        born_on=born_on if isinstance(born_on, date) else None,
        ethnicity=values.get("ethnicity", ""),
        political_status=values.get("political_status", ""),
        education=values.get("education", ""),
        major=values.get("major", ""),
    )


def _words(text: str) -> frozenset[str]:
    for sign in "，,；;|/\n":
        text = text.replace(sign, "、")
    return frozenset(word.strip() for word in text.split("、") if word.strip())


def _joined(entries: Iterable[OfficerEntry]) -> Iterable[OfficerEntry]:
    """Make one officer of the rows of one person."""
    people: dict[tuple[str, str, str], OfficerEntry] = {}
    for number, entry in enumerate(entries):
        draft = entry.draft
        contact = draft.contact.identity_card or draft.contact.phone or str(number)
        person = (draft.name, draft.department, contact)
        if person not in people:
            people[person] = entry
            continue
        first = people[person]
        certificates = (*first.draft.certificates, *draft.certificates)
        people[person] = evolve(first, draft=evolve(first.draft, certificates=certificates))
    return people.values()


def _fault(row: ReadRow, violation: Violation, severity: Severity = Severity.ERROR) -> RowFault:
    return RowFault(
        row=row.number, column=_TITLES[violation.at], violation=violation, severity=severity
    )
