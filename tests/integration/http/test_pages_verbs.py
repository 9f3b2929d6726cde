"""Forms of commands: made of their declarations, one for each command that a form can hold."""

import pytest

from entrypoints.catalogue import use_cases
from entrypoints.http.web.verbs import VerbPage, form_of
from supervision_core.clues.ports import Clues
from supervision_core.kernel.registers import FieldType
from supervision_core.officers.ports import Officers

from .browsing import entered
from .conftest import Surface
from .test_matrix import held_by

FORMS = [found for name in use_cases() if (found := form_of(name)) is not None]


@pytest.mark.parametrize("form", FORMS, ids=[one.case.name for one in FORMS])
def test_every_form_is_shown_to_who_may(shared: Surface, form: VerbPage) -> None:
    """With the title of the command and of each field; others are told that they may not.

    What users define stands there element by element.
    """
    shared.restore()
    path = form.path
    user = next(one for one in ("doer", "system") if form.case.permission in held_by(one))
    page = entered(shared, user).go(path)
    assert form.case.title in page.text
    for one in form.fields:
        assert one.type is FieldType.EXTRAS or one.title in page.text
    assert entered(shared, "nobody").go(path).status_code == 403
    assert shared.audited()[-1].action == form.case.name


def test_what_is_no_flat_command_has_none() -> None:
    """Things in things, questions, registers and what has pages by hand have no such form."""
    assert len(FORMS) > 80
    for name in ("tasks.create", "officers.show_contact", "identity.add_trade", "tasks.sign"):
        assert form_of(name) is None


def test_a_form_carries_its_command_out(surface: Surface) -> None:
    """What the address names is fixed, names become ids, and a page says that it is done."""
    browser = entered(surface, "doer")
    path = "/gov/officers/do/suspend?officer_id=officer_office"
    answer = browser.send(path, to="/gov/officers/do/suspend")
    assert answer.status_code == 303, answer.text
    assert "已办理" in browser.go(answer.headers["location"]).text
    with surface.province.platform.transactions.begin() as unit:
        assert unit[Officers].get("officer_office").version == 2


def test_a_department_is_named_and_a_refusal_is_told_at_its_field(surface: Surface) -> None:
    """Whom a clue goes to is written by name; what nothing is called comes back with the form."""
    browser = entered(surface, "far_doer")
    path, action = "/gov/clues/do/distribute?clue_id=clue_liuzhou", "/gov/clues/do/distribute"
    form = {**browser.see(path).forms[action], "to": "没有的机构"}
    refused = browser.go(action, form)
    assert (refused.status_code, "没有的机构" in refused.text) == (422, True)
    done = browser.go(action, {**form, "to": "机构liuzhou"})
    assert done.status_code == 303, done.text
    with surface.province.platform.transactions.begin() as unit:
        assert unit[Clues].get("clue_liuzhou").holder == "liuzhou"


def test_what_is_taken_away_is_taken_on_the_version_seen(surface: Surface) -> None:
    """A form without the version that its reader saw disables nothing."""
    browser = entered(surface, "doer")
    path = "/gov/checklists/do/disable?checklist_id=zzz"
    assert browser.send(path, to="/gov/checklists/do/disable").status_code in {404, 412}


def test_an_unknown_verb_is_no_page(surface: Surface) -> None:
    """Foreign, mistyped and unflat verbs have one answer."""
    browser = entered(surface, "doer")
    assert {browser.go(f"/gov/tasks/do/{one}").status_code for one in ("zzz", "create")} == {404}
