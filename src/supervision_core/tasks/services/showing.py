"""亮码告知: what anybody sees who scans the code of a firm; no personal data.

Source: proposal 3282-3284, 3340-3350.
"""

from collections.abc import Iterator
from datetime import date
from typing import Final

from attrs import field, frozen

from supervision_core.grading.ports import CurrentGrades, GradingRules
from supervision_core.identity.services.lists import ReferredName, names_in
from supervision_core.kernel.fields import said
from supervision_core.kernel.listing import ListFilter, Lists
from supervision_core.kernel.paging import PageRequest
from supervision_core.kernel.ports import UnitOfWork
from supervision_core.kernel.registers import (
    Ask,
    choice,
    choices,
    day,
    departments,
    long_text,
    region,
    rows,
    text,
    texts,
)
from supervision_core.kernel.scan_codes import ScanCode
from supervision_core.scenes.ports import Scenes
from supervision_core.subjects.model import Subject, SubjectStatus
from supervision_core.subjects.model.content import STATUS_TITLES
from supervision_core.subjects.ports import Subjects
from supervision_core.subjects.services.codes import scanned_firm
from supervision_core.tasks.lists import PUBLICATIONS
from supervision_core.tasks.model.publication import PublicationState, ShownResult
from supervision_core.tasks.model.results import Outcome, PendingMatter
from supervision_core.tasks.ports import Publications
from supervision_core.tasks.words import TITLES

_NEWEST: Final = PageRequest(size=20, order="-due_on")
_YUAN: Final = 10_000


@frozen(kw_only=True)
class PublicGrade:
    """A grade that society may know: by a rule of a scene that is public."""

    rule: str = text("分级分类规则", required=True)
    grade: str = text("等级", required=True)
    as_of: date = day("截至", required=True)


@frozen(kw_only=True)
class PublicResult:
    """A result that is before the public."""

    task: str = text("检查任务", required=True)
    departments: tuple[str, ...] = departments("检查部门")
    checked_on: date = day("检查日期", required=True)
    outcomes: tuple[str, ...] = choices("检查结论", TITLES[Outcome])
    pending: tuple[str, ...] = choices("待后续处理的问题", TITLES[PendingMatter])
    failed_items: tuple[str, ...] = texts("发现问题的检查事项")


@frozen(kw_only=True)
class PublicFirmView:
    """What anybody may know of a firm. Source: 企业信息公示暂行条例 第6条, proposal 3344-3348."""

    name: str = text("名称", required=True)
    number: str = text("统一社会信用代码")
    status: SubjectStatus = choice("登记状态", STATUS_TITLES, required=True)
    established_on: date | None = day("成立日期")
    capital: str = text("注册资本")
    region: str = region("所在区划", required=True)
    domicile: str = text("住所")
    scope: str = long_text("经营范围")
    licences: tuple[str, ...] = texts("许可")
    grades: tuple[PublicGrade, ...] = rows("评价评级", PublicGrade)
    results: tuple[PublicResult, ...] = rows("公示的检查结果", PublicResult)


@frozen(kw_only=True)
class PublicFirm:
    """A firm before the public."""

    id: str = field(metadata=said("监管对象的编号", example="0123abcd"))
    content: PublicFirmView = field(metadata=said("公示的信息"))
    names: tuple[ReferredName, ...] = field(metadata=said("所引用对象的名称"))


def public_firm(unit: UnitOfWork, code: ScanCode, *, today: date) -> PublicFirm:
    """Give what anybody sees of the firm of a code that was read. Raises ``CodeRefused``."""
    subject = scanned_firm(unit[Subjects], code)
    basic = subject.basic
    content = PublicFirmView(
        name=subject.shown_name,
        number=subject.identity.shown,
        status=subject.status,
        established_on=subject.extended.established_on,
        capital=_capital(basic.registered_capital, basic.capital_currency),
        region=subject.region,
        domicile=basic.domicile,
        scope=basic.scope,
        licences=subject.business.licences,
        grades=tuple(_grades(unit, subject)),
        results=tuple(_results(unit, subject, today)),
    )
    return PublicFirm(id=subject.id, content=content, names=names_in(unit[Ask], [content]))


def _capital(yuan: int | None, currency: str) -> str:
    return "" if yuan is None else f"{yuan / _YUAN:g}万元{currency}"


def _grades(unit: UnitOfWork, subject: Subject) -> Iterator[PublicGrade]:
    for one in unit[CurrentGrades].of_subjects([subject.id]):
        rule = unit[GradingRules].get(one.rule)
        if any(unit[Scenes].get(each).basics.public for each in rule.scenes):
            yield PublicGrade(rule=rule.name, grade=one.grade_name, as_of=one.as_of)


def _results(unit: UnitOfWork, subject: Subject, today: date) -> Iterator[PublicResult]:
    wanted = ListFilter(asked={"subject": subject.id, "state": PublicationState.SHOWN})
    for one in unit[Lists].page(PUBLICATIONS, wanted, _NEWEST).items:
        if one.until is None or one.until >= today:
            yield _result(unit[Publications].get(one.id).shown)


def _result(shown: ShownResult) -> PublicResult:
    return PublicResult(
        task=shown.task, departments=shown.departments, checked_on=shown.checked_on,
        outcomes=tuple(sorted(shown.outcomes)), pending=tuple(sorted(shown.pending)),
        failed_items=shown.failed_items,
    )  # fmt: skip
