"""What a model would say and change, before it is put in force: try-out and back-test."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from attrs import evolve

from entrypoints.http.routes import Call
from entrypoints.http.web.pages import Form, Shown
from entrypoints.http.web.reading import Field, Kind
from supervision_core.assessment.model import AssessmentModel
from supervision_core.assessment.model.models import VersionedModel
from supervision_core.assessment.services import BackTested, ModelTried
from supervision_core.kernel.days import local_day
from supervision_core.kernel.registers import Field as Described
from supervision_core.kernel.registers import FieldType

SUBJECT: Final = Described(
    name="subject", title="监管对象", type=FieldType.LINK, to="subject", required=True
)
TRIAL: Final = (
    Field(name="subject", title="监管对象", required=True, offers="subject",
          hint="填写名称或统一社会信用代码"),
    Field(name="as_of", title="评价日", kind=Kind.DAY, required=True),
)  # fmt: skip
_YEAR: Final = timedelta(days=365)


def tried(
    call: Call, model: VersionedModel, base: str, form: Form, found: ModelTried | None
) -> Shown:
    """Show the form of a try-out, and below it what came out."""
    today = local_day(call.platform.clock.now()).isoformat()
    values = {
        "title": f"试算：{model.name}", "fields": TRIAL, "action": f"{base}/trial", "back": base,
        "values": {"as_of": today, **form}, "found": found,
        "levels": {one.code: one.name for one in model.newest.levels},
    }  # fmt: skip
    return Shown(template="model_trial.html", values=values)


def share_fields(call: Call, said: AssessmentModel) -> Sequence[Field]:
    """Give the fields of a back-test: the day, and for each level the share that is inspected."""
    del call
    return (
        Field(name="as_of", title="以哪一天的数据回测", kind=Kind.DAY, required=True,
              hint="一年前的数据，与其后一年的检查结果比较"),
        *(
            Field(name=f"share-{at}", title=f"“{one.name}”每年的抽查比例", most=12,
                  hint="0至1之间的小数")
            for at, one in enumerate(said.levels)
        ),
    )  # fmt: skip


def back_tested(
    call: Call, model: VersionedModel, base: str, form: Form, found: BackTested | None
) -> Shown:
    """Show the form of a back-test, and below it what the draft would change."""
    said = model.newest
    a_year_ago = (local_day(call.platform.clock.now()) - _YEAR).isoformat()
    most = max(len(said.levels) - 1, 1)
    usual = {f"share-{at}": f"{(at + 1) / (most + 1):.2f}" for at in range(len(said.levels))}
    names = {"": "数据不足", **{one.code: one.name for one in said.levels}}
    moves = [
        {"cells": [names.get(one.before, one.before), names.get(one.after, one.after),
                   str(one.count)]}
        for one in (found.moves if found else ())
    ]  # fmt: skip
    fields = [evolve(one) for one in share_fields(call, said)]
    values = {
        "title": f"回测：{model.name}", "fields": fields, "action": f"{base}/back_test",
        "back": base, "values": {"as_of": a_year_ago, **usual, **form}, "found": found,
        "moves": moves, "more": found.visits_after - found.visits_before if found else 0,
    }  # fmt: skip
    return Shown(template="model_back_test.html", values=values)
