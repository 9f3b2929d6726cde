"""A province in which there is one of everything, and the address of each page about it."""

import re
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
from entrypoints.http.web.pages import ENT, HOME
from entrypoints.http.web.phone import ZONES
from entrypoints.http.web.phone.zone import Zone
from entrypoints.http.web.registers import RegisterPages
from entrypoints.http.web.scenes import SAID_BY
from entrypoints.http.web.verbs import form_of
from entrypoints.registered import lists, registers
from entrypoints.shape import shape_of
from supervision_core.assessment.lists import CREDIT_MODELS, RISK_MODELS
from supervision_core.checklists.lists import CHECKLISTS
from supervision_core.content.lists import ARTICLES
from supervision_core.draws.lists import DRAWS
from supervision_core.draws.model.pool import Pool
from supervision_core.draws.model.series import DrawSeries
from supervision_core.draws.ports import SeriesOfDraws
from supervision_core.grading.lists import GRADING_RULES
from supervision_core.grading.model import GradingRule
from supervision_core.handbooks.lists import HANDBOOKS
from supervision_core.identity.model import (
    Department,
    ExtendedData,
    FormDraft,
    Preferences,
    SavedView,
    UserKind,
    duties_of,
)
from supervision_core.identity.model.drafts import PICKING_FOR
from supervision_core.identity.ports import AccessEpoch, FormDrafts, PreferencesStore
from supervision_core.items.lists import LAWS
from supervision_core.jobs.ports import Jobs
from supervision_core.kernel.listing import ListQuery
from supervision_core.kernel.plain import from_plain
from supervision_core.kernel.ports import UnitOfWork
from supervision_core.kernel.registers import Entries, Entry, Register
from supervision_core.officers.registers import ASSOCIATIONS, INSTITUTIONS
from supervision_core.scenes.lists import SCENES
from supervision_core.subjects.lists import SUBJECTS
from supervision_core.tasks.lists import TASKS
from supervision_core.tasks.model.sheet import ChecklistUsed, GradingRuleUsed
from supervision_core.tasks.ports import Publications
from supervision_core.testing.draws import completed_draw, keep_pool
from supervision_core.testing.identity import full_draft
from supervision_core.testing.jobs import full_job
from supervision_core.testing.tasks import publication

from .conftest import Surface, client_of, opened
from .page_calls import calling, kind_of
from .province import enrol
from .test_matrix import OWN, held_by
from .test_pages_lists import EXAMPLES, HERE, put, settle, stand


def id_of(described: ListQuery[Any] | Register[Any]) -> str:
    """Give the id of the one that there is."""
    return f"x-{described.name.replace('.', '-')}"


KEEPER: Final = "system"
"""Who may open everything in the furnished province."""
PARTIES: Final = {
    ENT: ("firm", UserKind.ENTERPRISE, "subject-1"),
    **{
        f"{HOME}/officers/own_{one.noun}": (one.noun, UserKind.THIRD_PARTY, id_of(one))
        for one in (INSTITUTIONS, ASSOCIATIONS)
    },
}
"""Who opens what stands below an address: kind and party of the account of that name."""
ARTICLE_COLUMNS: Final = ("notices", "news", "exposures")
STANDS: Final[Mapping[str, str]] = {
    **{one.noun: id_of(one) for one in lists().values()},
    **{one.noun: id_of(one) for one in registers().values()},
    "laws": id_of(LAWS), "checklists": id_of(CHECKLISTS), "handbooks": id_of(HANDBOOKS),
    **{one: f"x-{one}" for one in (*ARTICLE_COLUMNS, "results")},
}  # fmt: skip
"""What there is, by its noun, and what stands open, by its column."""
FILES: Final = re.compile(r"/(pdf|proof|picture|table)$")
"""Addresses of files, which no tab shows."""
UNOPENED: Final[Mapping[str, str]] = {
    **dict.fromkeys(
        (
            "page_sign_on",
            "page_phone_sign_on",
            "page_signed_on",
            "page_firm_scan",
            "page_firm_appeals",
        ),
        "leads elsewhere",
    ),
    "page_draw_preparing": "leads on to the draw that stands: cycle/test_draw_pages.py",
    **dict.fromkeys(
        ("page_open_draws_file", "page_open_draw_proof"),
        "is a file, of draws that are told: cycle/test_open_pages.py",
    ),
    "page_task_manifest": "is a file, of an archived task: cycle/test_task_pages.py",
    **{
        one.name: "needs a file: cycle/test_open_pages.py, browser/test_items.py"
        for one in web_pages()
        if one.method == "GET" and "{file_id}" in one.path
    },
    "page_phone_field_worker": "is a script: browser/test_field.py",
    "page_letter": "needs a letter that was sent: browser/test_letters.py",
    "page_phone_visit_code": "needs a check of today: cycle/test_code_pages.py",
    **dict.fromkeys(
        ("page_phone_scanned", "page_firm_scanned"),
        "needs a code that was made: cycle/test_code_pages.py",
    ),
}
"""Pages that are not opened here, and why."""


@frozen
class Address:
    """An address of a page, and who opens it; ``name`` tells the forms of verbs apart."""

    page: Page
    name: str
    user: str
    path: str

    @property
    def is_file(self) -> bool:
        """Whether a file is there."""
        return FILES.search(self.page.path) is not None


def shape_of_page(page: Page) -> Any:
    """Give the code that makes a page: pages of one shape differ in what they are told alone."""
    return getattr(page.run, "func", page.run).__code__


def address_of(page: Page) -> Address:
    """Give the address of a page about something that the province has anyway."""
    kind, query = kind_of(page), calling(page).query
    above = page.path.partition("/{")[0].rpartition("/")[-1]
    (target, *_) = OWN["office"].get(kind) or (
        STANDS.get(above if kind in {"open", "entry"} else kind, f"x-{kind}"),
    )
    path = PARAMETER.sub(target, page.path)
    return Address(page, page.name, user_of(page), path + (f"?{query}" if query else ""))


def user_of(page: Page) -> str:
    """Give who opens a page: the party in whose place it stands, else who may."""
    for place, (user, _, _) in PARTIES.items():
        if page.path.startswith(place):
            return user
    if page.permission is not None:
        return who_may(page.permission)
    return "" if page.access is Access.PUBLIC else KEEPER


def who_may(permission: str) -> str:
    """Give who may do something: ``KEEPER``, unless it is of another duty than his."""
    duties = duties_of(permission)
    users = ("system", "security", "auditor") if duties else ()
    return next((one for one in users if permission in held_by(one)), KEEPER)


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
        query = calling(page).query
        path = PARAMETER.sub(id, path) + (f"?{query}" if query else "")
        yield Address(page, name, user_of(page), path)


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
        with made.province.platform.transactions.begin() as unit:
            _besides(unit, made.province.platform.clock.now())
            unit.commit()
        for user, _, _ in PARTIES.values():
            made.province.tokens[user] = made.province.log_in(user)
            made.let(user, *(one for one in use_cases() if not duties_of(one)))
        made.let(KEEPER, *(one for one in use_cases() if not duties_of(one)))
        made.remember()
        yield made


def _besides(unit: UnitOfWork, now: datetime) -> None:
    """Store what no list shows as it is wanted here, and who acts for parties."""
    for user, kind, party in PARTIES.values():
        draft = evolve(full_draft(user), extended=ExtendedData(kind=kind, party=party))
        enrol(unit, user, evolve(draft, memberships=()), now)
    firm = EXAMPLES[SUBJECTS.port]("subject-1")
    settle(SUBJECTS, firm, 0, *HERE)
    unit[SUBJECTS.port].save(firm)
    for column in ARTICLE_COLUMNS:
        article = EXAMPLES[ARTICLES.port](STANDS[column])
        put(article, "_content", evolve(article.content, column=column))
        unit[ARTICLES.port].save(article)
    result = publication(STANDS["results"])
    put(result, "task", id_of(TASKS))
    unit[Publications].save(result)
    job = full_job("x-job")
    put(job, "author", KEEPER)
    unit[Jobs].save(job)
    place = f"{HOME}/identity/regions/add"
    begun = FormDraft(id="x-draft", owner=KEEPER, place=place, saved_at=now)
    begun.fill({}, lasts=PICKING_FOR, at=now)
    unit[FormDrafts].save(begun)
    view = SavedView(id="x-view", place=TASKS.name, name="本月到期")
    unit[PreferencesStore].save(Preferences(id=KEEPER, views=(view,)))


def _stand(surface: Surface, query: ListQuery[Any], at: int) -> None:
    """Store what a list shows."""
    with surface.province.platform.transactions.begin() as unit:
        root = EXAMPLES[query.port](id_of(query))
        if query is DRAWS:
            pool = Pool.of([(id_of(SUBJECTS), "A")])
            keep_pool(unit, pool)
            root = completed_draw(id_of(DRAWS), pool)
            put(root, "task", id_of(TASKS))
            series = DrawSeries.begin(lead=root.lead, scene=id_of(SCENES), year=2026)
            put(root, "number", series.enter(root.id))
            unit[SeriesOfDraws].save(series)
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
        if isinstance(root, Department):  # else nobody from above administers it
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
    for one in register.fields:
        to = registers().get(one.to or "")
        if to is not None and isinstance(plain[one.name], str):
            plain[one.name] = "" if one is register.parent else id_of(to)
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
