"""The file format of a grading rule, ``grading-rule/1``, as plain data for YAML or JSON.

Described for authors in ``docs/formats/grading.md``.
"""

from attrs import define

from supervision_core.assessment.fields import Fields
from supervision_core.grading.model import Grade, GradingDefinition, ItemDraw
from supervision_core.kernel.canonical import Json
from supervision_core.kernel.errors import Refused, Violation, refuse_if

FORMAT = "grading-rule/1"


@define(eq=False)
class GradingDocumentNotUnderstood(Refused):
    """The file is no grading rule: every wrong field with its path."""

    code = "grading.document_not_understood"


def read_grading(document: object) -> GradingDefinition:
    """Read a rule from plain data.

    Raises ``GradingDocumentNotUnderstood`` where the data has not the form of a rule, and
    ``GradingNotUsable`` where the rule has faults; both give every reason with its path.
    """
    problems: list[Violation] = []
    top = Fields(document, "", problems)
    top.one_of("format", {FORMAT: FORMAT})
    risk_levels, credit_levels = top.texts("risk_levels"), top.texts("credit_levels")
    rows = top.part("matrix")
    draws = {draw.value: draw for draw in ItemDraw}
    definition = GradingDefinition(
        risk_levels=risk_levels,
        credit_levels=credit_levels,
        matrix=tuple(rows.integers(level) for level in risk_levels),
        grades=tuple(_read_grade(part) for part in top.parts("grades")),
        item_draw=top.one_of("item_draw", draws) or ItemDraw.BY_GRADE,
        version=top.integer("version", 1),
        insufficient=top.integer("insufficient") if top.has("insufficient") else None,
    )
    rows.close()
    top.close()
    refuse_if(GradingDocumentNotUnderstood, problems)
    definition.require_usable()
    return definition


def _read_grade(part: Fields) -> Grade:
    grade = Grade(
        number=part.integer("number"),
        name=part.text("name"),
        measure=part.text("measure"),
        object_ratio=part.text("object_ratio"),
        item_ratio=part.text("item_ratio", "1"),
        yearly_cap=part.integer("yearly_cap") if part.has("yearly_cap") else None,
    )
    part.close()
    return grade


def write_grading(definition: GradingDefinition) -> dict[str, Json]:
    """Write a rule's matrix and grades; tags and secondary objects belong to the database."""
    rows = zip(definition.risk_levels, definition.matrix, strict=True)
    grades: list[Json] = [
        {
            "number": grade.number,
            "name": grade.name,
            "measure": grade.measure,
            "object_ratio": grade.object_ratio,
            "item_ratio": grade.item_ratio,
            **({} if grade.yearly_cap is None else {"yearly_cap": grade.yearly_cap}),
        }
        for grade in definition.grades
    ]
    return {
        "format": FORMAT,
        "version": definition.version,
        "risk_levels": list(definition.risk_levels),
        "credit_levels": list(definition.credit_levels),
        "matrix": {level: list(numbers) for level, numbers in rows},
        "grades": grades,
        "item_draw": definition.item_draw.value,
        **({} if definition.insufficient is None else {"insufficient": definition.insufficient}),
    }
