"""What an evaluation cost a subject: where its points fall short of the best that rules allow."""

from attrs import frozen

from supervision_core.assessment.model.definition import FULL_MARKS, AssessmentModel, Kind
from supervision_core.assessment.model.evaluation import Evaluation
from supervision_core.assessment.model.levels import COUNTS


@frozen
class Cost:
    """失分 (Cost): the points of one indicator and the best that its rule allows, in hundredths."""

    indicator: str
    points: int
    best: int

    @property
    def lost(self) -> int:
        """How far the points are from the best."""
        return abs(self.points - self.best)


def more_is_worse(model: AssessmentModel) -> bool:
    """Tell whether more points lead to a more severe level: as the grader says, else the kind.

    Risk adds up to what is severe; credit is the other way round.
    """
    bounds = model.measures().bounds
    fixed = {
        name: 0 if name in COUNTS else most
        for name, (_, most) in bounds.items()
        if name in COUNTS or name.startswith(FULL_MARKS)
    }
    codes = model.level_codes
    few, many = (
        codes.index(model.grader.label({name: span[at] for name, span in bounds.items()} | fixed,
                                       codes))
        for at in (0, 1)
    )  # fmt: skip
    return model.kind is Kind.RISK if few == many else many > few


def costs(model: AssessmentModel, evaluation: Evaluation) -> tuple[Cost, ...]:
    """Give the indicators that cost points, the largest loss first; of equal ones the earlier.

    What gives no points, or did not count, costs none. The best is the least that the rule gives
    where more points are worse, else its full marks.
    """
    catalogue, worse = model.catalogue, more_is_worse(model)
    found = []
    for indicator, given in zip(model.enabled, evaluation.contributions, strict=True):
        if not indicator.rule.gives_points or given.points is None:
            continue
        least = indicator.rule.bounds(catalogue)[0]
        best = least if worse else indicator.full_marks(catalogue)
        found.append(Cost(indicator.code, given.points, best))
    return tuple(sorted((one for one in found if one.lost), key=lambda one: -one.lost))
