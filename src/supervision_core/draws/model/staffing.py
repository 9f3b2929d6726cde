"""What the assignment of inspectors is made from: visits, inspectors, certificates, recusals."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import Enum
from typing import ClassVar, Final

from attrs import define, field, frozen

from supervision_core.draws.model.pool import id_fault
from supervision_core.identity.model import region_contains
from supervision_core.kernel.errors import Refused, Violation
from supervision_core.kernel.fields import said

LEAST_OFFICERS = 2
LARGEST_GROUP = 1000


@define(eq=False)
class StaffingUnusable(Refused):
    """The inputs of the assignment contradict themselves or a rule of law."""

    code: ClassVar[str] = "draws.staffing_unusable"


class Ground(Enum):
    """回避事由 (Ground): why an officer must not inspect a subject, or, absent, cannot.

    Who judged the clue on which a visit rests does not inspect it.
    The head decides on requests and absences, each with its reason.
    Sources: 行政处罚法 第43条; 食品生产经营监督检查管理办法 第23条.
    """

    INTEREST = "interest"
    ADDRESS = "address"
    LEGAL_PERSON = "legal_person"
    REQUEST = "request"
    ABSENCE = "absence"
    JUDGED = "judged"


GROUND_TITLES: Final[Mapping[Ground, str]] = {
    Ground.INTEREST: "利害关系", Ground.ADDRESS: "住址相同",
    Ground.LEGAL_PERSON: "法定代表人关联", Ground.REQUEST: "准予回避",
    Ground.ABSENCE: "因故不能检查", Ground.JUDGED: "研判过所依据的线索",
}  # fmt: skip
DECIDED: Final = (Ground.REQUEST, Ground.ABSENCE)
"""The grounds on which the head decides that an officer keeps away."""


def _sorted(ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(ids))


@frozen
class Recusal:
    """回避 (Recusal): an officer who must not inspect a subject (行政处罚法 第43条)."""

    officer: str = field(metadata=said("回避的执法人员的编号", example="0123abcd", to="officer"))
    subject: str = field(
        metadata=said("被检查监管对象的编号", example="0123abcd", to="subject", looked_up=False)
    )
    ground: Ground = field(
        metadata=said(
            "回避事由",
            codes={one.value: title for one, title in GROUND_TITLES.items()},
            example="interest",
        )
    )


@frozen
class Certificate:
    """执法资格 (Certificate): what an officer may inspect, where, and from when to when.

    ``matters`` are codes compared for equality; a region covers itself and whatever lies in it
    (``450100`` covers ``450103``); both days are included. Source: 行政处罚法 第42条.
    """

    matters: frozenset[str] = field(metadata=said("可以检查的监管事项编码"))
    regions: frozenset[str] = field(metadata=said("执法区域的区划代码，含下级", to="region"))
    valid_from: date = field(metadata=said("资格有效期自", example="2026-01-01"))
    valid_until: date = field(metadata=said("资格有效期至，含当日", example="2028-12-31"))


@frozen
class Inspector:
    """检查人员 (Inspector): an officer who may be assigned.

    ``workload`` counts the visits that he has already been given elsewhere.
    """

    id: str = field(metadata=said("执法人员的编号", example="0123abcd", to="officer"))
    department: str = field(metadata=said("所属部门的编号", example="nanning", to="department"))
    certificates: tuple[Certificate, ...] = field(metadata=said("执法资格"))
    workload: int = field(default=0, metadata=said("已承担的检查次数", example=0))


@frozen
class Demand:
    """人员需求 (Demand): ``count`` officers out of these departments, certified for ``matter``."""

    departments: tuple[str, ...] = field(
        converter=_sorted, metadata=said("从哪些部门抽取", to="department")
    )
    count: int = field(metadata=said("需要的人数", example=2))
    matter: str = field(metadata=said("须持有哪一监管事项的执法资格", example="45010001"))


@frozen
class Visit:
    """检查派员 (Visit): the officers wanted for one drawn subject, group by group."""

    subject: str = field(
        metadata=said("抽中监管对象的编号", example="0123abcd", to="subject", looked_up=False)
    )
    region: str = field(metadata=said("检查所在的区划代码", example="450103", to="region"))
    demands: tuple[Demand, ...] = field(metadata=said("各组人员需求"))


@frozen
class Staffing:
    """派员方案输入 (Staffing): everything the assignment depends on besides the seed.

    ``day`` is the day on which certificates must be valid; ``cap`` the largest workload that an
    officer may reach, none where not limited.
    """

    day: date = field(metadata=said("执法资格须在哪一天有效", example="2026-07-01"))
    visits: tuple[Visit, ...] = field(metadata=said("各抽中对象需要的人员"))
    inspectors: tuple[Inspector, ...] = field(metadata=said("可以派出的检查人员"))
    recusals: tuple[Recusal, ...] = field(default=(), metadata=said("回避情形"))
    cap: int | None = field(default=None, metadata=said("每人最多承担的检查次数，为空则不限"))


@frozen
class Ties:
    """利害关系 (Ties): what binds an officer to subjects, or a subject to officers.

    ``interests`` names declared parties; ``addresses`` and ``legal_persons`` are compared for
    equality, so give both sides in one normalised (or keyed-hash) form. ``accounts`` are those
    under which an officer acted then.
    """

    interests: frozenset[str] = frozenset()
    addresses: frozenset[str] = frozenset()
    legal_persons: frozenset[str] = frozenset()
    accounts: frozenset[str] = frozenset()


def recusals(
    officers: Mapping[str, Ties],
    subjects: Mapping[str, Ties],
    requests: Iterable[tuple[str, str]] = (),
) -> tuple[Recusal, ...]:
    """Find every recusal: declared interest, same address or legal person, granted requests.

    ``requests`` are the ``(officer, subject)`` pairs for which the head granted the party's
    request. The result is sorted by officer, subject and ground.
    """
    found = {Recusal(officer, subject, Ground.REQUEST) for officer, subject in requests}
    by_address, by_person = dict[str, set[str]](), dict[str, set[str]]()
    for subject, theirs in subjects.items():
        for index, texts in ((by_address, theirs.addresses), (by_person, theirs.legal_persons)):
            for one in texts:
                index.setdefault(one, set()).add(subject)
        found |= {
            Recusal(one, subject, Ground.INTEREST) for one in theirs.interests & set(officers)
        }
    for officer, ties in officers.items():
        tied = (
            (Ground.INTEREST, ties.interests & set(subjects)),
            (Ground.ADDRESS, set().union(*(by_address.get(one, ()) for one in ties.addresses))),
            (Ground.LEGAL_PERSON,
             set().union(*(by_person.get(one, ()) for one in ties.legal_persons))),
        )  # fmt: skip
        found |= {Recusal(officer, each, ground) for ground, those in tied for each in those}
    return in_order(found)


def in_order(found: Iterable[Recusal]) -> tuple[Recusal, ...]:
    """Give recusals by officer, subject and ground."""
    return tuple(sorted(found, key=lambda one: (one.officer, one.subject, one.ground.value)))


class Bar(Enum):
    """不合格原因 (Bar): the first constraint that keeps an inspector from a visit."""

    EXPIRED = "expired"
    MATTER = "matter"
    REGION = "region"
    RECUSED = "recused"
    BUSY = "busy"


def certificate_bar(inspector: Inspector, matter: str, region: str, day: date) -> Bar | None:
    """Name why no certificate admits the inspector to the matter and region on the day."""
    for_matter = [each for each in inspector.certificates if matter in each.matters]
    if not for_matter:
        return Bar.MATTER
    in_region = [
        each for each in for_matter if any(region_contains(it, region) for it in each.regions)
    ]
    if not in_region:
        return Bar.REGION
    if not any(each.valid_from <= day <= each.valid_until for each in in_region):
        return Bar.EXPIRED
    return None


def meets(visit: Visit, officers: Sequence[Inspector], day: date) -> bool:
    """Tell whether these officers, each counting once, are who a visit demands, certified."""
    wanted = [one for one in visit.demands for _ in range(one.count)]
    filled = dict[int, int]()

    def place(at: int, seen: set[int]) -> bool:
        officer = officers[at]
        for slot, demand in enumerate(wanted):
            admitted = officer.department in demand.departments and (
                certificate_bar(officer, demand.matter, visit.region, day) is None
            )
            if admitted and slot not in seen:
                seen.add(slot)
                if slot not in filled or place(filled[slot], seen):
                    filled[slot] = at
                    return True
        return False

    return len(officers) == len(wanted) and all(place(at, set()) for at in range(len(officers)))


def staffing_violations(staffing: Staffing, least: int = LEAST_OFFICERS) -> Iterator[Violation]:
    """Give everything that forbids the inputs; nothing for good ones.

    A visit with fewer officers than the ``least`` is forbidden.
    """
    if staffing.cap is not None and staffing.cap < 1:
        yield Violation("draws.cap_unusable", "cap")
    yield from _ids("inspectors", (each.id for each in staffing.inspectors))
    yield from _ids("visits", (each.subject for each in staffing.visits))
    for index, inspector in enumerate(staffing.inspectors):
        if inspector.workload < 0:
            yield Violation("draws.workload_negative", f"inspectors[{index}].workload")
    for index, visit in enumerate(staffing.visits):
        at = f"visits[{index}].demands"
        for demand in visit.demands:
            if not 1 <= demand.count <= LARGEST_GROUP or not demand.departments:
                yield Violation("draws.demand_unusable", at)
            if len(set(demand.departments)) < len(demand.departments):
                yield Violation("draws.department_repeated", at)
        if sum(demand.count for demand in visit.demands) < least:
            yield Violation("draws.too_few_officers", at, {"subject": visit.subject})


def _ids(at: str, ids: Iterable[str]) -> Iterator[Violation]:
    counted = Counter(ids)
    for id_, times in counted.items():
        if fault := id_fault(id_):
            yield Violation(fault, at)
        if times > 1:
            yield Violation("draws.id_repeated", at, {"id": id_})
