from datetime import UTC, datetime, timedelta

from supervision_core.grading.model import Grade, GradingDefinition, GradingRule, GradingRuleChanged

DAWN = datetime(2026, 11, 24, tzinfo=UTC)
NOON = DAWN + timedelta(hours=4)
DEFINITION = GradingDefinition(
    risk_levels=("低",),
    credit_levels=("A",),
    matrix=((1,),),
    grades=(Grade(number=1, name="一级", measure="监管", object_ratio="0.05"),),
)


def begun(description: str = "") -> GradingRule:
    """Begin a rule, at dawn."""
    return GradingRule.create(
        id="g1",
        name="规则",
        department="d1",
        region="450100",
        trade="dairy",
        risk_model="r1",
        credit_model="c1",
        definition=DEFINITION,
        at=DAWN,
        description=description,
    )


def happened(rule: GradingRule) -> list[tuple[datetime, str, str, int]]:
    """Take the events as plain tuples."""
    return [
        (event.at, event.rule_id, event.what, event.rule_version)
        for event in rule.take_events()
        if isinstance(event, GradingRuleChanged)
    ]


def test_a_rule_begins_with_what_it_was_told() -> None:
    """Every field of the beginning is kept; a description may be left out."""
    rule = begun(description="说明")
    told = (rule.id, rule.name, rule.department, rule.region, rule.trade, rule.description)
    assert told == ("g1", "规则", "d1", "450100", "dairy", "说明")
    assert (rule.risk_model, rule.credit_model, rule.scenes) == ("r1", "c1", ())
    assert rule.draft == DEFINITION
    assert begun().description == ""


def test_every_change_of_a_rule_is_told_once() -> None:
    """Each verb records one event: when, which rule, what, and the newest version then."""
    rule = begun()
    rule.change_basics(name="新", trade="x", scenes=("s1",), description="", at=NOON)
    rule.change_models(risk_model="r2", credit_model="c2", at=NOON)
    rule.enable(at=NOON)
    rule.redefine(DEFINITION, at=NOON)
    rule.disable(at=NOON)
    assert happened(rule) == [
        (DAWN, "g1", "redefined", 1),
        (NOON, "g1", "basics_changed", 1),
        (NOON, "g1", "models_changed", 1),
        (NOON, "g1", "enabled", 1),
        (NOON, "g1", "redefined", 2),
        (NOON, "g1", "disabled", 2),
    ]
    assert (rule.name, rule.trade, rule.scenes) == ("新", "x", ("s1",))
    assert (rule.risk_model, rule.credit_model) == ("r2", "c2")


def test_deleting_a_draft_is_told() -> None:
    """A deleted rule leaves its event behind."""
    rule = begun()
    rule.delete(at=NOON)
    assert happened(rule)[-1] == (NOON, "g1", "deleted", 1)
