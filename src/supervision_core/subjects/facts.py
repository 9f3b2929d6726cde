"""Dated facts of subjects, and the catalogue of those that everybody means the same by."""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from attrs import frozen

from supervision_core.subjects.registers import NATURES

FactValue = str | int | bool
"""A code, a number or a flag; days are numbers, see ``day_number``."""

_DAY_ZERO = date(1970, 1, 1)


def day_number(day: date) -> int:
    """Give ``day`` as days since 1970-01-01: the form in which day facts are kept."""
    return (day - _DAY_ZERO).days


def day_of(number: int) -> date:
    """Give the day that ``day_number`` made ``number`` of."""
    return _DAY_ZERO + timedelta(days=number)


@frozen(kw_only=True)
class SubjectFact:
    """对象事实 (SubjectFact): one thing known of a subject from ``known_on`` on.

    A later fact of the same name replaces it from its own day on; of the same day, the one
    recorded last. ``source`` says where it comes from (a department's table, ``visit:<id>``).
    Source: proposal 3357-3490 (what models read); design §2.
    """

    subject: str
    name: str
    value: FactValue
    known_on: date
    source: str


class FactKind(StrEnum):
    """What a fact's value is: a whole number, a code, a flag, or a day as its number."""

    INTEGER = "integer"
    CODE = "code"
    FLAG = "flag"
    DAY = "day"


@frozen(kw_only=True)
class CatalogueEntry:
    """事实目录项 (CatalogueEntry): what a fact of this name means, for tables and models alike.

    ``unit`` is the value's unit (元, 人, 次, 份, hundredths of a per cent as 万分之一);
    ``aliases`` are headings under which departments send it.
    """

    name: str
    title: str
    kind: FactKind
    unit: str = ""
    aliases: tuple[str, ...] = ()


def _number(name: str, title: str, unit: str, *aliases: str) -> CatalogueEntry:
    return CatalogueEntry(name=name, title=title, kind=FactKind.INTEGER, unit=unit, aliases=aliases)


def _flag(name: str, title: str, *aliases: str) -> CatalogueEntry:
    return CatalogueEntry(name=name, title=title, kind=FactKind.FLAG, aliases=aliases)


def _code(name: str, title: str, *aliases: str) -> CatalogueEntry:
    return CatalogueEntry(name=name, title=title, kind=FactKind.CODE, aliases=aliases)


def _day(name: str, title: str, *aliases: str) -> CatalogueEntry:
    return CatalogueEntry(name=name, title=title, kind=FactKind.DAY, aliases=aliases)


_FROM_TABLES = (
    _number("registered_capital", "注册资本", "元"),
    _number("shareholders", "法人股东数", "个", "股东数", "股东数量"),
    _number("outside_investments", "对外投资企业数", "家", "对外投资数"),
    _number("branches", "分支机构数", "家", "分公司数", "分支机构数量"),
    _day("established_on", "成立日期"),
    _code("entity_type", "企业类型"),
    _number("licences", "许可证数量", "份", "许可证数", "持证数量"),
    _day(
        "licence_expires_on",
        "许可证有效期至",
        "许可证到期日",
        "许可有效期至",
        "许可证有效期止",
        "许可证有效期",
        "许可有效期",
        "许可证有效期限",
        "许可期限",
    ),
    _number("paid_in_capital_share", "注册资本实缴比例", "万分之一", "实缴比例"),
    _number("representative_changes_3y", "近三年法定代表人变更次数", "次", "法定代表人变更次数"),
    _number("name_changes_3y", "近三年企业名称变更次数", "次", "名称变更次数"),
    _number("domicile_changes_3y", "近三年登记住所变更次数", "次", "住所变更次数", "地址变更次数"),
    _number("scope_changes_3y", "近三年经营范围变更次数", "次", "经营范围变更次数"),
    _number("loss_years_3y", "近三年亏损次数", "次", "亏损年数"),
    _number("debt_ratio", "最近一年资产负债率", "万分之一", "资产负债率"),
    _flag("in_liquidation", "是否破产清算", "破产清算", "是否正在清算"),
    _number("insured_staff", "社保人数", "人", "社保缴纳人数", "参保人数", "缴纳社保人数"),
    _number("staff", "从业人数", "人", "员工人数", "职工人数", "从业人员数"),
    _number("tax_paid_1y", "年纳税额", "元", "上年度纳税额"),
    _flag("tax_in_arrears", "是否欠税", "欠税"),
    _number("share_freezes_3y", "近三年股权冻结次数", "次", "股权冻结次数"),
    _flag(
        "abnormal_listed",
        "是否列入经营异常",
        "经营异常",
        "是否列入经营异常名录",
        "是否列异",
        "当前是否列异",
        "经营异常名录",
    ),
    _number("abnormal_listings_3y", "近三年列异次数", "次", "近三年列入经营异常次数"),
    _flag(
        "dishonesty_listed",
        "是否严重违法失信",
        "严重违法失信",
        "是否列入严重违法失信名单",
        "是否列入黑名单",
        "当前是否列入黑名单",
    ),
    _flag(
        "judgment_defaulter",
        "是否失信被执行人",
        "失信被执行人",
        "是否列入失信被执行人",
        "当前是否列入失信被执行人",
    ),
    _flag("credit_repaired", "是否实施信用修复", "是否信用修复", "信用修复"),
    _number(
        "penalties_3y",
        "近三年行政处罚次数",
        "次",
        "行政处罚次数",
        "近三年受到行政处罚次数",
        "近3年行政处罚次数",
        "处罚次数",
    ),
    _number("penalty_amount_3y", "近三年被罚没金额", "元", "罚没金额", "近三年罚没金额"),
    _number("lawsuits_3y", "近三年诉讼数量", "件", "诉讼数量", "涉诉数量"),
    _number(
        "complaints_1y",
        "近一年12345投诉次数",
        "次",
        "近一年12345投诉举报次数",
        "12345投诉次数",
        "近一年投诉次数",
        "投诉举报次数",
        "投诉次数",
    ),
    _number("bad_press_1m", "近一个月负面舆情条数", "条", "负面舆情条数", "负面舆情"),
    _number("accidents_3y", "近三年安全事故次数", "次", "安全事故次数", "事故次数"),
    _number("sampling_failures_1y", "近一年抽检不合格批次", "批次", "抽检不合格批次", "抽检不合格"),
    _flag("major_hazard_source", "是否构成重大危险源", "重大危险源", "是否重大危险源"),
    _flag("liability_insured", "是否投保责任险", "责任险", "是否投保旅行社责任险"),
    _flag("quality_deposit_paid", "质量保证金是否足额", "质量保证金", "是否足额缴存质量保证金"),
    _number("fraud_alerts_1y", "近一年涉诈预警次数", "次", "涉诈预警次数", "涉诈线索数"),
)

_FROM_VISITS = (
    _day("last_checked_on", "最近一次检查日期"),
    _number("checks_1y", "近一年检查次数", "次"),
    _number("findings_1y", "近一年检查发现问题数", "项"),
    _number("key_findings_1y", "近一年重点项不合格数", "项"),
    _number("open_findings", "尚未整改的问题数", "项"),
    _number("overdue_rectifications_1y", "近一年逾期未整改次数", "次"),
    _flag("check_obstructed", "是否不配合检查情节严重"),
    _flag("unreachable", "是否通过登记住所无法联系"),
)

REGISTRATION_STATUS: Final = "registration_status"
_FROM_REGISTER = (_code(REGISTRATION_STATUS, "登记状态"),)
"""What the register says itself, as it stands when a subject is assessed: 存续, 停业, 吊销."""

APPROVALS_VALID: Final = "approvals_valid"
APPROVALS_LAPSED: Final = "approvals_lapsed"
APPROVAL_EXPIRES_ON: Final = "approval_expires_on"
HOLDS: Final = "holds_"
"""Begins the name of the fact whether a valid approval of a nature is held."""
_FROM_APPROVALS = (
    _number(APPROVALS_VALID, "有效的审批许可数", "份"),
    _number(APPROVALS_LAPSED, "失效后未续办的许可事项数", "项"),
    _day(APPROVAL_EXPIRES_ON, "最先到期的有效许可的有效期至"),
    *(_flag(f"{HOLDS}{code}", f"是否持有有效的{title}") for code, title in NATURES.items()),
)
APPROVAL_FACTS: Final = frozenset(one.name for one in _FROM_APPROVALS)
"""What the approval files of a subject say of it, as they stand when it is assessed: 资质性质."""

FACT_CATALOGUE: Mapping[str, CatalogueEntry] = {
    entry.name: entry for entry in (*_FROM_TABLES, *_FROM_VISITS, *_FROM_REGISTER, *_FROM_APPROVALS)
}
"""Every fact of tables, visits, the register and approvals, by name.

A model may read others as well.
"""


def told_fact(name: str, value: FactValue | None) -> str:
    """Give what a fact of the catalogue that is no day says as people read it, empty for none."""
    match value:
        case None:
            return ""
        case bool():
            return "是" if value else "否"
        case _:
            return f"{value}{FACT_CATALOGUE[name].unit}"


RISK_FACTS = (
    "abnormal_listed", "abnormal_listings_3y", "dishonesty_listed", "judgment_defaulter",
    "lawsuits_3y", "share_freezes_3y", "in_liquidation", "tax_in_arrears", "penalties_3y",
    "penalty_amount_3y", "complaints_1y", "bad_press_1m", "accidents_3y",
    "sampling_failures_1y", "credit_repaired",
)  # fmt: skip
"""What is known of the risk of a subject: 经营异常, 失信, 法律诉讼 and more. Proposal 1868-1872."""

TABLE_FACTS: tuple[CatalogueEntry, ...] = _FROM_TABLES
"""The facts that a department's table may bring as a column of its own."""
