"""Whom the papers of a visit name."""

import io

import docx
import pytest
from attrs import evolve

from supervision_core.audit.model import Outcome
from supervision_core.subjects.lists import SUBJECTS
from supervision_core.subjects.model import SubjectKind
from supervision_core.subjects.ports import Subjects
from supervision_core.tasks.lists import VISITS
from supervision_core.tasks.ports import Visits

from .browsing import entered
from .conftest import Surface
from .furnished import KEEPER, id_of
from .test_pages_lists import put

NAME = "欧阳小明"


@pytest.fixture
def visited(whole: Surface) -> Surface:
    """Let the one inspected be a natural person."""
    whole.restore()
    with whole.province.platform.transactions.begin() as unit:
        person = unit[Subjects].get(id_of(SUBJECTS))
        person._kind, person._name = SubjectKind.PERSON, NAME
        unit[Subjects].save(person)
        visit = unit[Visits].get(id_of(VISITS))
        put(visit, "sheet", evolve(visit.sheet, subject=person.id, lead="office"))
        unit[Visits].save(visit)
        unit.commit()
    return whole


def test_a_natural_person_is_named_whole_on_papers_alone(visited: Surface) -> None:
    """What is served names whom it is served on; pages mask the name; the log says who looked."""
    desk = entered(visited, KEEPER)
    page = f"/gov/tasks/visits/{id_of(VISITS)}"
    assert NAME not in desk.go(page).text
    form = desk.see(f"{page}/record")
    assert NAME not in "".join(form.words)
    filled = {**form.forms[f"{page}/record"], "number": "南市监检〔2026〕1号", "kind": "docx",
              "attendant": "本人", "recorder": "记录人"}  # fmt: skip
    paper = desk.go(f"{page}/record", filled)
    assert paper.headers["content-type"].endswith("wordprocessingml.document"), paper.text
    told = "".join(one.text for one in docx.Document(io.BytesIO(paper.content)).paragraphs)
    assert NAME in told
    (looked,) = [one for one in visited.audited() if one.action == "subjects.show_personal_data"]
    assert (looked.outcome, dict(looked.note)) == (Outcome.DONE, {"purpose": "inspection"})
