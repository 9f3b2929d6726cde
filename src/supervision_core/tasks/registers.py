"""What is maintained beside tasks: 联合惩戒措施 and where they were applied, 公示最短时间."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from attrs import frozen

from supervision_core.identity.model import region_contains
from supervision_core.items.model import PROVISION
from supervision_core.items.registers import CATALOGUE
from supervision_core.kernel.days import months_after
from supervision_core.kernel.errors import Violation
from supervision_core.kernel.paging import every_page
from supervision_core.kernel.ports import UnitOfWork
from supervision_core.kernel.registers import (
    OWNER_REGION,
    OWNING_DEPARTMENT,
    OWNING_REGION,
    USUAL,
    Ask,
    Content,
    Entries,
    EntryFilter,
    Reading,
    RegisterVerb,
    Search,
    choice,
    day,
    integer,
    link,
    links,
    long_text,
    register,
    text,
    texts,
)

_MENU: Final = "联合惩戒"
_PROVINCE: Final = "0000"
"""How the code of a top region ends (GB/T 2260)."""
SUBJECT_KINDS: Final = {"firm": "企业", "household": "个体工商户", "person": "自然人"}


@frozen(kw_only=True)
class JointPunishmentContent(Content):
    """联合惩戒措施 (JointPunishment): what departments do together to who has lost credit.

    Source: proposal 3138-3140.
    """

    matter: str = text("联合惩戒事项", required=True, unique=True, search=Search.FUZZY)
    measure: str = long_text("联合惩戒措施", required=True, listed=True)
    subject_kind: str = choice("联合惩戒对象类别", SUBJECT_KINDS)
    basis: str = text(
        "惩戒依据", search=Search.FUZZY, max_length=200, example="食品安全联合惩戒合作备忘录"
    )
    provisions: tuple[str, ...] = links("依据的法律条款", PROVISION)
    services: tuple[str, ...] = texts("关联政务服务事项")
    linked: tuple[str, ...] = links("关联监管事项", CATALOGUE.name)


def punishment_rules(
    content: JointPunishmentContent, before: JointPunishmentContent | None, ask: Ask
) -> Iterable[Violation]:
    """Find one that is tied to no service and no matter (proposal 3140)."""
    del before, ask
    if not content.services and not content.linked:
        yield Violation("tasks.punishment_unlinked", "linked")


JOINT_PUNISHMENTS = register(
    JointPunishmentContent,
    "tasks.joint_punishment",
    plural="joint_punishments",
    title="联合惩戒措施",
    menu=_MENU,
    keepers=("task_administrator",),
    refuse=punishment_rules,
)


@frozen(kw_only=True)
class AppliedPunishmentContent(Content):
    """实施联合惩戒 (AppliedPunishment): a measure that an enforcement team applies to a subject.

    Source: proposal 3140.
    """

    number: str = text(
        "决定文书号", required=True, unique=True, search=Search.FUZZY,
        example="桂市监联惩〔2026〕1号",
    )  # fmt: skip
    punishment: str = link("联合惩戒措施", JOINT_PUNISHMENTS.name, required=True)
    subject: str = link(
        "惩戒对象", "subject", required=True, hint="填写监管对象的全称或统一社会信用代码"
    )
    since: date = day("实施日期", required=True, search=Search.RANGE)
    until: date | None = day("解除日期")
    note: str = long_text("实施情况")


def applied_rules(
    content: AppliedPunishmentContent, before: AppliedPunishmentContent | None, ask: Ask
) -> Iterable[Violation]:
    """Find one that ends before it begins."""
    del before, ask
    if content.until is not None and content.until < content.since:
        yield Violation("tasks.punishment_ends_before_begin", "until")


APPLIED_PUNISHMENTS = register(
    AppliedPunishmentContent,
    "tasks.applied_punishment",
    plural="applied_punishments",
    title="联合惩戒实施记录",
    menu=_MENU,
    keepers=("officer", "task_administrator"),
    read=Reading.OWNER,
    derived=(OWNING_DEPARTMENT, OWNING_REGION),
    verbs=USUAL - {RegisterVerb.SWITCH, RegisterVerb.SWITCH_SEVERAL},
    refuse=applied_rules,
)


DISPLAY_MONTHS: Final = 12
"""How long a result is shown at least where the top region sets nothing else."""


@frozen(kw_only=True)
class DisplayTermContent(Content):
    """公示最短时间 (DisplayTerm): how many months results of a region are shown at least.

    It is a setting, not a term of the law. The top region's takes the place of the default; a
    region below can only lengthen it, so that nobody shortens his own display.
    """

    basis: str = text("依据", required=True, max_length=100, example="桂市监办发〔2026〕1号")
    months: int = integer("检查结果至少公示的月数", required=True, least=1, most=120)


DISPLAY_TERMS: Final = register(
    DisplayTermContent,
    "tasks.display_term",
    plural="display_terms",
    title="公示最短时间",
    menu="一业一查",
    keepers=("leader",),
    unique=((OWNER_REGION,),),
    derived=(OWNING_REGION,),
    verbs=USUAL - {RegisterVerb.SWITCH, RegisterVerb.SWITCH_SEVERAL},
)


def least_months(terms: Iterable[tuple[str, int]], region: str) -> int:
    """Give for how many months a result of ``region`` is shown at least.

    ``terms`` are regions with the months that they set.
    """
    mine = [(code, months) for code, months in terms if region_contains(code, region)]
    top = next((months for code, months in mine if code.endswith(_PROVINCE)), DISPLAY_MONTHS)
    return max(top, *(months for code, months in mine if not code.endswith(_PROVINCE)), 0)


def shown_at_least_until(unit: UnitOfWork, region: str, today: date) -> date:
    """Give the first day on which the display of a result may end that begins ``today``."""
    kept = unit[Entries].of(DISPLAY_TERMS)
    terms = (
        (one.region, one.content.months)
        for page in every_page(lambda request: kept.page(EntryFilter(enabled=True), request))
        for one in page.items
    )
    return months_after(today, least_months(terms, region))
