"""A province in which there is one of everything, and the address of each page about it."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from attrs import evolve, frozen

from entrypoints.catalogue import use_cases
from entrypoints.container import Platform
from entrypoints.examples import example_of
from entrypoints.http.routes import PARAMETER, Access
from entrypoints.http.web import Page, web_pages
from entrypoints.http.web.lists import ListPages
from entrypoints.http.web.models import STEPS
from entrypoints.http.web.phone import ZONES
from entrypoints.http.web.phone.zone import Zone
from entrypoints.http.web.registers import RegisterPages
from entrypoints.http.web.scenes import SAID_BY
from entrypoints.http.web.verbs import form_of
from entrypoints.registered import lists, registers
from entrypoints.shape import shape_of
from supervision_core.assessment.lists import CREDIT_MODELS, RISK_MODELS
from supervision_core.checklists.lists import CHECKLISTS
from supervision_core.draws.lists import DRAWS
from supervision_core.draws.model.pool import Pool
from supervision_core.grading.lists import GRADING_RULES
from supervision_core.grading.model import GradingRule
from supervision_core.identity.lists import DEPARTMENTS
from supervision_core.identity.model import duties_of
from supervision_core.identity.ports import AccessEpoch
from supervision_core.kernel.listing import ListQuery
from supervision_core.kernel.plain import from_plain
from supervision_core.kernel.registers import Entries, Entry, Register
from supervision_core.scenes.lists import SCENES
from supervision_core.subjects.lists import SUBJECTS
from supervision_core.tasks.lists import TASKS
from supervision_core.tasks.model.sheet import ChecklistUsed, GradingRuleUsed
from supervision_core.testing.draws import completed_draw, keep_pool

from .conftest import Surface, client_of, opened
from .page_calls import calling, kind_of
from .test_matrix import OWN, held_by
from .test_pages_lists import EXAMPLES, HERE, put, settle, stand

KEEPER: Final = "system"
"""Who may open everything in the furnished province."""
UNOPENED: Final[Mapping[str, str]] = {
    **dict.fromkeys(("page_sign_on", "page_phone_sign_on", "page_signed_on"), "leads elsewhere"),
    **{
        one.name: "needs what is published: cycle/test_open_pages.py, browser/test_handbooks.py"
        for one in web_pages()
        if "{open_id}" in one.path
    },
    "page_phone_field_worker": "is a script: browser/test_field.py",
    "page_draw_preparing": "leads on to the draw that stands: cycle/test_draw_pages.py",
    "page_draw_proof": "is a file: cycle/test_draw_pages.py",
    "page_letter": "needs a letter that was sent: browser/test_letters.py",
    "page_phone_visit_code": "needs a check of today: cycle/test_code_pages.py",
    "page_subjects_subject_code_picture": "is a picture: cycle/test_code_pages.py",
    "page_phone_scanned": "needs a code that was made: cycle/test_code_pages.py",
    "page_items_look": "needs a file: browser/test_items.py",
    "page_task_manifest": "is a file, of an archived task: cycle/test_task_pages.py",
    **dict.fromkeys(
        ("page_handbooks_take_chapter_form", "page_handbooks_take_element_form"),
        "needs a chapter: test_pages_handbooks.py",
    ),
    **{
        one.name: "needs an account of an institution: browser/test_institutions.py"
        for one in web_pages()
        if one.method == "GET" and one.path.startswith("/gov/officers/own_institution")
    },
    **{
        one.name: "needs an account of an association: cycle/test_grading_pages.py"
        for one in web_pages()
        if one.method == "GET" and one.path.startswith("/gov/officers/own_association")
    },
    **{
        one.name: "needs an account of a firm: cycle/test_firm_pages.py"
        for one in web_pages()
        if one.method == "GET" and one.path.startswith("/ent")
    },
    "page_phone_appeal_adding": "needs an account that reports: cycle/test_appeal_pages.py",
    "page_jobs_view": "needs a job: browser/test_jobs.py",
    "page_draft_choosing": "needs a draft: browser/test_drafts.py",
    "page_list_view_changing": "needs a view: browser/test_views.py",
    "page_list_view_deleting": "needs a view: browser/test_views.py",
}
"""Pages that are not opened here, and why."""


@frozen
class Address:
    """An address of a page, and who opens it; ``name`` tells the forms of verbs apart."""

    page: Page
    name: str
    user: str
    path: str


def shape_of_page(page: Page) -> Any:
    """Give the code that makes a page: pages of one shape differ in what they are told alone."""
    return getattr(page.run, "func", page.run).__code__


def address_of(page: Page) -> Address:
    """Give the address of a page about something that the province has anyway."""
    query = calling(page).query
    target = OWN["office"].get(kind_of(page), ("",))[0]
    path = PARAMETER.sub(target, page.path) + (f"?{query}" if query else "")
    if page.permission is not None:
        return Address(page, page.name, who_may(page.permission), path)
    return Address(page, page.name, "" if page.access is Access.PUBLIC else KEEPER, path)


def who_may(permission: str) -> str:
    """Give who may do something: ``KEEPER``, unless it is of another duty than his."""
    duties = duties_of(permission)
    users = ("system", "security", "auditor") if duties else ()
    return next((one for one in users if permission in held_by(one)), KEEPER)


def id_of(described: ListQuery[Any] | Register[Any]) -> str:
    """Give the id of the one that there is."""
    return f"x-{described.name.replace('.', '-')}"


MODEL_STEPS: Final = tuple(one for one in STEPS if one != "draw")
MORE: Final[Mapping[str, tuple[Mapping[str, str], ...]]] = {
    "page_assessment_risk_model_step_form": tuple({"step": one} for one in MODEL_STEPS),
    "page_assessment_credit_model_step_form": tuple({"step": one} for one in STEPS),
    **dict.fromkeys(
        (f"page_assessment_{one}_model_indicator_change_form" for one in ("risk", "credit")),
        ({"code": "fines"},),
    ),
    "page_scenes_scene_step_form": tuple({"step": one.value} for one in SAID_BY),
}
"""What else the addresses of pages hold that lead to parts of a thing: one page for each."""


def _bases() -> Mapping[str, str]:
    """Give ids by the addresses of lists and registers."""
    return {
        **{ListPages(one).base: id_of(one) for one in lists().values()},
        **{RegisterPages(one).base: id_of(one) for one in registers().values()},
    }


def addresses() -> Iterator[Address]:
    """Give an address of every page that can be opened; of a page of verbs one for each form."""
    bases, zones = _bases(), {one.base: one for one in ZONES}
    forms = [found for name in use_cases() if (found := form_of(name)) is not None]
    for page in web_pages():
        if page.method != "GET" or page.name in UNOPENED:
            continue
        base = "/".join(page.path.split("/")[:4])
        zone = zones.get("/".join(page.path.split("/")[:3]))
        if zone is not None:
            yield from _in_zone(zone, page)
        elif "{verb}" in page.path:
            context = page.path.split("/")[2]
            for form in forms:
                if form.case.name.startswith(f"{context}."):
                    path = page.path.replace("{verb}", form.verb)
                    if not path.endswith("/done") and form.query is not None:
                        path = form.address(form.query.port.kind, id_of(form.query))
                    user = who_may(form.case.permission)
                    yield Address(page, f"{page.name}_{form.verb}", user, path)
        elif base in bases and (page.permission is not None or PARAMETER.search(page.path)):
            yield from _about(page, bases[base])
        else:
            yield address_of(page)


def _about(page: Page, id: str) -> Iterator[Address]:
    """Give the addresses of a page about a thing, or about each of its parts that are named."""
    for more in MORE.get(page.name, ({},)):
        path, name = page.path, page.name
        for part, value in more.items():
            path, name = path.replace(f"{{{part}}}", value), f"{name}_{value}"
        user = KEEPER if page.permission is None else who_may(page.permission)
        yield Address(page, name, user, PARAMETER.sub(id, path))


def _in_zone(zone: Zone, page: Page) -> Iterator[Address]:
    """Give the addresses of a page of the phone zone: of a form one for each verb."""
    path = PARAMETER.sub(id_of(zone.query), page.path.removesuffix("/{verb}"))
    if not page.path.endswith("/{verb}"):
        yield Address(page, page.name, KEEPER, path)
        return
    for name, form in zone.verbs().items():
        user = who_may(form.case.permission)
        yield Address(page, f"{page.name}_{name}", user, f"{path}/{name}")


def furnished(platform: Platform) -> Iterator[Surface]:
    """Give a surface over a province with one of everything, where ``KEEPER`` may all."""
    app, province, store = opened(platform)
    with client_of(app) as client:
        made = Surface(app, province, store, client)
        for at, query in enumerate(lists().values()):
            _stand(made, query, at)
        for register in registers().values():
            _keep(made, register)
        made.let(KEEPER, *(one for one in use_cases() if not duties_of(one)))
        made.remember()
        yield made


def _stand(surface: Surface, query: ListQuery[Any], at: int) -> None:
    """Store what a list shows."""
    with surface.province.platform.transactions.begin() as unit:
        root = EXAMPLES[query.port](id_of(query))
        if query is DRAWS:
            pool = Pool.of([(id_of(SUBJECTS), "A")])
            keep_pool(unit, pool)
            root = completed_draw(id_of(DRAWS), pool)
            put(root, "task", id_of(TASKS))
        if query is SCENES:
            those = frozenset({id_of(SUBJECTS)})
            root._resources = evolve(root.resources, subjects_added=those)
        if query is TASKS:
            root._sheet = evolve(
                root.sheet, draw=id_of(DRAWS), scene=id_of(SCENES),
                grading_rule=GradingRuleUsed(id=id_of(GRADING_RULES), version=1),
                checklist=ChecklistUsed(id=id_of(CHECKLISTS), version=1),
            )  # fmt: skip
        settle(query, root, at, *HERE)
        if query is DEPARTMENTS:  # else nobody from above administers it
            root.appoint(frozenset(), at=surface.province.platform.clock.now())
        if isinstance(root, GradingRule):
            root.risk_model, root.credit_model = id_of(RISK_MODELS), id_of(CREDIT_MODELS)
        stand(unit, query, root, *HERE)
        unit[query.port].save(root)
        unit[AccessEpoch].advance()
        unit.commit()


def _keep(surface: Surface, register: Register[Any]) -> None:
    """Store an entry with an example in every field."""
    region, department = HERE
    plain = example_of(shape_of(register.content), whole=True)
    if register.parent is not None:
        plain[register.parent.name] = ""
    content = from_plain(register.content, plain)
    with surface.province.platform.transactions.begin() as unit:
        unit[Entries].of(register).save(
            Entry.add(
                id=id_of(register), content=content, position=1,
                at=datetime(2026, 1, 5, tzinfo=UTC), register=register.name, region=region,
                department=department, by=KEEPER,
            )
        )  # fmt: skip
        unit.commit()
