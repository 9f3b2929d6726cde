"""Before a model is put in force: what it says of one subject, and what it would change for all."""

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from itertools import islice
from typing import ClassVar, Final

from attrs import define, field, frozen

from supervision_core.assessment.model import (
    AssessmentModel,
    Case,
    FactValue,
    Kind,
    Ranking,
    back_test,
    evaluate,
)
from supervision_core.assessment.model.catalogued import as_asked
from supervision_core.assessment.model.definition import KIND_TITLES
from supervision_core.assessment.services.models import MODEL_ID, model_to_apply
from supervision_core.assessment.services.rounds import known_of
from supervision_core.assessment.wording import explain, points_text
from supervision_core.identity.services import Work, question
from supervision_core.kernel.days import local_day
from supervision_core.kernel.errors import Refused, Violation, refuse_if
from supervision_core.kernel.fields import said
from supervision_core.kernel.paging import every_page
from supervision_core.subjects.facts import REGISTRATION_STATUS, day_number
from supervision_core.subjects.facts import FactValue as KeptValue
from supervision_core.subjects.model import SubjectStatus
from supervision_core.subjects.model.content import STATUS_TITLES
from supervision_core.subjects.ports import SubjectFacts, SubjectFilter, SubjectQueries, Subjects
from supervision_core.subjects.services.known import approved_facts

MOST_CASES: Final = 2_000
"""Of more subjects a back-test takes the first ones by their ids."""
_LEAST, _MOST = Fraction(0), Fraction(1)


@define(eq=False)
class NotComparable(Refused):
    """There are no two definitions of the model with the same levels to compare."""

    code: ClassVar[str] = "assessment.not_comparable"


@frozen(kw_only=True)
class TryModel:
    """A model, a subject, and the day as of which it is tried."""

    model_id: str = field(metadata=MODEL_ID)
    kind: Kind = field(metadata=said("模型类型", codes=KIND_TITLES, example="risk"))
    subject_id: str = field(metadata=said("监管对象的编号", example="0123abcd", to="subject"))
    as_of: date = field(metadata=said("截至哪一天的数据", example="2026-06-30"))


@frozen(kw_only=True)
class ModelTried:
    """What the newest definition of a model says of a subject; nothing is kept."""

    subject: str = field(metadata=said("监管对象", example="南宁示例乳业有限公司"))
    level: str = field(metadata=said("结果等级，数据不足的为空", example="A"))
    points: str = field(metadata=said("总分", example="12.5分"))
    explanation: tuple[str, ...] = field(metadata=said("怎样得来，逐条说明"))


@question("assessment.try_model", "试算评价模型")
def try_model(work: Work, about: TryModel) -> ModelTried:
    """Apply the draft of a model, or its latest version, to a subject, and say why in words.

    Raises ``ModelNotUsable`` with every fault of the draft.
    """
    model = model_to_apply(work, about.kind, about.model_id).newest
    model.require_usable()
    subject = work[Subjects].get(about.subject_id)
    work.reach("subject", subject.id, region=subject.region, departments=subject.departments)
    known = known_of(work, model, subject.id, about.as_of)
    found = evaluate(model, known, about.as_of)
    return ModelTried(
        subject=subject.name, level=found.level or "",
        points="" if found.total is None else points_text(found.total),
        explanation=tuple(explain(model, found, known).text().splitlines()),
    )  # fmt: skip


@frozen(kw_only=True)
class LevelShare:
    """Which share of the subjects of a level is inspected in a year."""

    level: str = field(metadata=said("等级", example="A"))
    share: str = field(metadata=said("抽查比例，0至1之间的小数", example="0.05"))


@frozen(kw_only=True)
class BackTestModel:
    """A model, the day of the past as of which both versions are applied, and who is inspected."""

    model_id: str = field(metadata=MODEL_ID)
    kind: Kind = field(metadata=said("模型类型", codes=KIND_TITLES, example="risk"))
    as_of: date = field(metadata=said("以哪一天的数据回测", example="2025-06-30"))
    shares: tuple[LevelShare, ...] = field(default=(), metadata=said("各等级的抽查比例"))


@frozen(kw_only=True)
class LevelMove:
    """How many subjects go from one level to another; ``""`` is no level (数据不足)."""

    before: str = field(metadata=said("现行版本的等级", example="A"))
    after: str = field(metadata=said("草稿的等级", example="B"))
    count: int = field(metadata=said("户数", example=12))


@frozen(kw_only=True)
class RankingTold:
    """How well a version would have ranked the findings that came after, as percentages.

    ``concordance`` is the share of pairs in the right order, 50% is chance; ``captured`` is the
    share of findings among the most severe tenth. Empty where nothing was found, or everywhere.
    """

    concordance: str = field(metadata=said("排序正确率", example="72.5%"))
    captured: str = field(metadata=said("最重十分之一对象中的问题占比", example="31%"))


@frozen(kw_only=True)
class BackTested:
    """What a draft would change against the version in force."""

    subjects: int = field(metadata=said("参与回测的户数", example=1200))
    found: int = field(metadata=said("其后检查发现问题的户数", example=80))
    moved: int = field(metadata=said("等级变化的户数", example=64))
    moves: tuple[LevelMove, ...] = field(metadata=said("从哪一等级到哪一等级"))
    visits_before: int = field(metadata=said("按现行版本的检查户次", example=150))
    visits_after: int = field(metadata=said("按草稿的检查户次", example=162))
    before: RankingTold = field(metadata=said("现行版本的排序效果"))
    after: RankingTold = field(metadata=said("草稿的排序效果"))


@question("assessment.back_test_model", "回测评价模型")
def back_test_model(work: Work, about: BackTestModel) -> BackTested:
    """Apply version in force and draft to the subjects in reach as they were known on a day.

    A subject counts as one with findings where a check on that day or later found something in the
    last year. Raises ``NotComparable`` without a draft, a version, or where their levels differ.
    """
    model = model_to_apply(work, about.kind, about.model_id)
    draft = model.draft
    if draft is None or not model.versions:
        raise NotComparable((Violation("assessment.nothing_to_compare"),))
    old = model.versions[-1]
    draft.require_usable()
    refuse_if(NotComparable, _differences(old, draft, about.shares))
    cases = tuple(islice(_cases(work, model.region, (old, draft), about.as_of), MOST_CASES))
    shares = {one.level: Fraction(one.share) for one in about.shares}
    found = back_test(old, draft, cases, about.as_of, shares)
    moves = (
        LevelMove(before=before or "", after=after or "", count=count)
        for (before, after), count in found.moves.items()
        if before != after
    )
    return BackTested(
        subjects=len(cases), found=sum(one.found for one in cases), moved=found.moved,
        moves=tuple(sorted(moves, key=lambda one: (-one.count, one.before, one.after))),
        visits_before=found.inspections_old, visits_after=found.inspections_new,
        before=_told(found.ranking_old), after=_told(found.ranking_new),
    )  # fmt: skip


def _differences(
    old: AssessmentModel, new: AssessmentModel, shares: tuple[LevelShare, ...]
) -> Iterator[Violation]:
    if old.level_codes != new.level_codes:
        yield Violation("assessment.levels_differ")
    for number, one in enumerate(shares):
        at = f"shares[{number}]"
        if one.level not in new.level_codes:
            yield Violation("assessment.level_unknown", f"{at}.level", {"level": one.level})
        if not _is_share(one.share):
            yield Violation("assessment.share_not_usable", f"{at}.share", {"share": one.share})


def _is_share(text: str) -> bool:
    try:
        return text.isascii() and "/" not in text and _LEAST <= Fraction(text) <= _MOST
    except (ValueError, ZeroDivisionError):
        return False


def _cases(
    work: Work, region: str, models: tuple[AssessmentModel, ...], day: date
) -> Iterator[Case]:
    """Give the active subjects in reach as they were known on the day, and what was found since."""
    asked = {one.name: one for model in models for one in model.facts}
    today = local_day(work.now)
    wanted = SubjectFilter(
        reach=work.actor.scope.predicate(), region=region, status=SubjectStatus.ACTIVE
    )
    facts = work[SubjectFacts]
    for page in every_page(lambda asking: work[SubjectQueries].page(wanted, asking), order="id"):
        ids = [row.id for row in page.items]
        said = {row.id: {REGISTRATION_STATUS: STATUS_TITLES[row.status]} for row in page.items}
        approved = approved_facts(work.unit, ids, day, asked)
        then, now = facts.facts_on(ids, day), facts.facts_on(ids, today)
        for id_ in ids:
            known: Mapping[str, FactValue] = {
                name: as_asked(value, asked[name])
                for name, value in {**then[id_], **said[id_], **approved.get(id_, {})}.items()
                if name in asked
            }
            yield Case(known, _found(now[id_], day))


def _found(now: Mapping[str, KeptValue], day: date) -> bool:
    checked, findings = now.get("last_checked_on"), now.get("findings_1y")
    since = isinstance(checked, int) and checked >= day_number(day)
    return since and isinstance(findings, int) and findings > 0


def _told(ranking: Ranking) -> RankingTold:
    return RankingTold(
        concordance=_percent(ranking.concordance), captured=_percent(ranking.captured)
    )


def _percent(share: Fraction | None) -> str:
    return "" if share is None else f"{float(share * 100):.1f}%"
