"""How fast this machine is, and when a second one pays."""

from collections.abc import Mapping
from datetime import date

from attrs import frozen

from entrypoints.container import pilot_package, scratch_folder
from entrypoints.container.cities import (
    SAMPLED,
    Pace,
    asked_of,
    documents_of,
    measured,
    sample_file,
)
from supervision_core.assessment.document import read_model
from supervision_core.grading.document import read_grading
from supervision_core.kernel.canonical import Json

AS_OF = date(2026, 1, 1)
MILLION = 1_000_000
CITIES = 14
PATIENCE = 600
"""Seconds for which people wait for a batch: beyond it a second machine pays."""
HANDING_OUT = 10.0
"""Seconds that starting workers elsewhere and handing cities out may cost."""


def pilot_documents() -> Mapping[str, Json]:
    """Give the models and the matrix of the first pilot scene: 70 indicators."""
    package = pilot_package("dairy")
    model, credit = read_model(package.risk_model), read_model(package.credit_model)
    return documents_of(model, credit, read_grading(package.grading_rule))


def machine_pace() -> Pace:
    """Measure this machine with the models of the first pilot scene, in a second or two."""
    asked = asked_of(pilot_documents(), AS_OF)
    with scratch_folder("bench") as folder:
        sample_file(folder / "facts.parquet", asked, 0, SAMPLED)
        return measured(asked, folder / "facts.parquet", None, folder)


@frozen
class Advice:
    """What follows from a pace: how long so many subjects take, and from how many two pay."""

    seconds: float
    saved: float
    """What a second machine like this one would save."""
    pays_from: int
    """The subjects above which one machine takes longer than people wait."""

    @property
    def pays(self) -> bool:
        """Tell whether a second machine pays."""
        return self.seconds > PATIENCE and self.saved > 0


def advice(pace: Pace, subjects: int) -> Advice:
    """Say what a second machine would bring for a batch of so many subjects in 14 cities."""
    alone = pace.seconds(CITIES, subjects, pace.cores)
    together = pace.seconds(CITIES, subjects, pace.cores, machines=2) + HANDING_OUT
    room = PATIENCE * pace.cores - CITIES * pace.begins
    return Advice(alone, alone - together, int(max(room, 0.0) / pace.million * MILLION))
