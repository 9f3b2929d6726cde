"""Pure rules over many plans: yearly caps of checks, and checks that should become one."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from attrs import frozen

from supervision_core.kernel.errors import Violation


@frozen(kw_only=True, order=True)
class PlannedCheck:
    """计划检查 (PlannedCheck): one body means to check one firm in one month (1 to 12)."""

    subject: str
    year: int
    month: int
    department: str
    plan: str


@frozen(kw_only=True)
class MergeProposal:
    """合并检查建议 (MergeProposal): several bodies plan the same firm in the same month.

    What can be merged must not be repeated: 国办发〔2024〕54号; 优化营商环境条例 第54条.
    """

    subject: str
    year: int
    month: int
    departments: tuple[str, ...]
    plans: tuple[str, ...]


def proposals_to_merge(checks: Iterable[PlannedCheck]) -> tuple[MergeProposal, ...]:
    """Propose one joint check wherever two departments plan one firm in one month.

    The order of ``checks`` does not matter; proposals come by subject, year and month.
    """
    by_month: dict[tuple[str, int, int], set[PlannedCheck]] = defaultdict(set)
    for check in checks:
        by_month[check.subject, check.year, check.month].add(check)
    proposals = []
    for (subject, year, month), together in sorted(by_month.items()):
        departments = tuple(sorted({check.department for check in together}))
        if len(departments) > 1:
            proposals.append(
                MergeProposal(
                    subject=subject,
                    year=year,
                    month=month,
                    departments=departments,
                    plans=tuple(sorted({check.plan for check in together})),
                )
            )
    return tuple(proposals)


def cap_violations(
    subject: str, *, checks_this_year: Mapping[str, int], caps: Mapping[str, int]
) -> Iterator[Violation]:
    """Give a violation for each department whose next check of ``subject`` exceeds its cap.

    ``checks_this_year`` counts the checks made or planned by department, ``caps`` the published
    yearly cap of each (none published: no cap). Source: 国办发〔2024〕54号.
    """
    for department, cap in sorted(caps.items()):
        done = checks_this_year.get(department, 0)
        if done >= cap:
            yield Violation(
                "plans.cap_reached",
                "subject",
                {"subject": subject, "department": department, "cap": cap, "done": done},
            )
