from collections.abc import Sequence
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from supervision_core.assessment.document import read_model, write_model
from supervision_core.assessment.model import Row, compile_python, evaluate, raw_facts
from supervision_core.assessment.model.definition import AssessmentModel
from supervision_core.testing.assessment import (
    AS_OF,
    ExecutorContract,
    Facts,
    awkward_facts,
    awkward_model,
)

SEEDS = st.integers(min_value=0, max_value=2**64)


def run_python(model: AssessmentModel, as_of: date, facts: Sequence[Facts]) -> list[Row]:
    """Run the generated function."""
    rows = (tuple(raw_facts(model.facts, known).values()) for known in facts)
    return list(compile_python(model, as_of)(rows))


class TestGeneratedPython(ExecutorContract):
    def execute(self, model: AssessmentModel, as_of: date, facts: Sequence[Facts]) -> list[Row]:
        """Run the generated function."""
        return run_python(model, as_of, facts)


@settings(max_examples=150, deadline=None)
@given(SEEDS)
def test_generated_python_equals_the_definition(seed: int) -> None:
    """The generated function gives every row as evaluate does, whatever model and facts."""
    model = awkward_model(seed)
    facts = awkward_facts(seed, model, 20)
    assert run_python(model, AS_OF, facts) == [evaluate(model, f, AS_OF).row() for f in facts]


@settings(max_examples=100, deadline=None)
@given(SEEDS)
def test_a_model_survives_writing_and_reading(seed: int) -> None:
    """A model written as a document and read again is the same model."""
    model = awkward_model(seed)
    assert read_model(write_model(model)) == model


@settings(max_examples=100, deadline=None)
@given(SEEDS)
def test_awkward_models_are_usable_and_reach_every_kind_of_outcome(seed: int) -> None:
    """A model without violations gives one of its levels, or says which indicators are faulty."""
    model = awkward_model(seed)
    assert list(model.violations()) == []
    least, most = model.measures().bounds["total"]
    for facts in awkward_facts(seed, model, 10):
        evaluation = evaluate(model, facts, AS_OF)
        if evaluation.faults or evaluation.insufficient:
            assert (evaluation.level, evaluation.total) == (None, None)
        else:
            assert evaluation.level in model.level_codes
            assert evaluation.total is not None
            assert least <= evaluation.total <= most
