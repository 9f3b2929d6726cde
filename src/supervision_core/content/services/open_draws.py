"""抽取公开: every draw of every lead department, as everybody may know it."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from functools import partial
from typing import Any, Final

from attrs import evolve, field, frozen

from supervision_core.clues.ports import Clues, CluesToInspect
from supervision_core.content.model import (
    ListedCorrection,
    ListedDepartment,
    ListedDraw,
    ListedStratum,
    OpenChoice,
    OpenDrawPage,
    OpenDrawsAsked,
)
from supervision_core.content.services.officials import officials
from supervision_core.draws.lists import KEEPERS, KINDS, MARKS, OUTSIDER_KINDS, change_words
from supervision_core.draws.model.draw import Draw
from supervision_core.draws.model.picking import ChanceKind, odds
from supervision_core.draws.model.selection import Action, Adjustment
from supervision_core.draws.model.series import DrawSeries, Fate, Numbered, series_id
from supervision_core.draws.model.sources import DRAW_1
from supervision_core.draws.ports import Draws, Pools, SeriesOfDraws
from supervision_core.draws.services.comparing import compared_with
from supervision_core.kernel.calendar import Calendars
from supervision_core.kernel.canonical import Json, canonical_json, sm3
from supervision_core.kernel.days import GUANGXI, local_day
from supervision_core.kernel.errors import NotFound
from supervision_core.kernel.listing import ListFilter, ListQuery, Lists
from supervision_core.kernel.paging import PageRequest, every_page, page_among
from supervision_core.kernel.plain import to_plain
from supervision_core.kernel.ports import UnitOfWork
from supervision_core.kernel.registers import DEPARTMENT
from supervision_core.tasks.lists import PUBLICATIONS, VISITS
from supervision_core.tasks.model.disclosure import is_told, unfinished
from supervision_core.tasks.model.presence import WaiverGround
from supervision_core.tasks.model.publication import PublicationState, WithholdingGround
from supervision_core.tasks.model.task import Task
from supervision_core.tasks.model.urgency import UrgentChecks
from supervision_core.tasks.model.visit import VisitState
from supervision_core.tasks.ports import Publications, Tasks, VisitQueries, Visits
from supervision_core.tasks.services.additions import Addition, additions_of
from supervision_core.tasks.services.kept_away import RECUSED, REPLACED, kept_away
from supervision_core.tasks.services.tasks import draw_of
from supervision_core.tasks.words import TITLES

FORMAT: Final = "open-draws/1"
_SCENE: Final = "scene"
_AT_ONCE: Final = 50
_ACTIONS: Final = {Action.ADD: "增加", Action.REMOVE: "剔除"}
_FATES: Final[Mapping[Fate, str]] = {Fate.CLEARED: "已清空", Fate.DISPATCHED: "任务已分发"}


@frozen(kw_only=True)
class _Place:
    """A number of a series, and what stands there."""

    of: DrawSeries
    number: int
    kept: Numbered


@frozen
class _Undrawn:
    """What became of visits of a lead's tasks without a draw, as far as no result is shown."""

    unvisited: Counter[StrEnum | None] = field(factory=Counter)
    not_shown: Counter[StrEnum | None] = field(factory=Counter)
    overdue: Counter[str] = field(factory=Counter)


@frozen
class DrawsShelf:
    """Gives the public list of draws within one unit of work, as of a day (Guangxi).

    ``names`` says what things of a kind are called, by their ids; ``open_pool`` whether the pool
    of a hash names no natural person.
    """

    unit: UnitOfWork
    today: date
    names: Callable[[str, Iterable[str]], Sequence[str]]
    open_pool: Callable[[bytes], bool]
    _told: dict[str, bool] = field(factory=dict, init=False)

    def find(self, asked: OpenDrawsAsked, page: PageRequest) -> OpenDrawPage:
        """Give draws of a year, the latest of each lead and scene first. Raises ``BadCursor``."""
        year = self._year(asked)
        found = page_among(self._places(asked), page, query={"draws": repr((year, asked))})
        first = page.cursor is None
        return OpenDrawPage(
            year=year, items=tuple(self._listed(found.items)), next_cursor=found.next_cursor,
            departments=tuple(self._departments(year, asked.department)) if first else (),
        )  # fmt: skip

    def file(self, asked: OpenDrawsAsked) -> Mapping[str, Json]:
        """Give all that is asked for as one document: its day, and the SM3 of all else in it.

        That is of its canonical JSON (RFC 8785) without the member ``sm3``.
        """
        places = self._places(asked)
        parts = (places[at : at + _AT_ONCE] for at in range(0, len(places), _AT_ONCE))
        document: dict[str, Json] = {
            "format": FORMAT,
            "as_of": self.today.isoformat(),
            "year": self._year(asked),
            "department": asked.department,
            "scene": asked.scene,
            "departments": [
                to_plain(one) for one in self._departments(self._year(asked), asked.department)
            ],
            "draws": [to_plain(one) for part in parts for one in self._listed(part)],
        }
        return document | {"sm3": sm3(canonical_json(document)).hex()}

    def choices(self, year: int) -> Iterator[OpenChoice]:
        """Give the years, and the lead departments and scenes that draw in one (0: the latest)."""
        for one in self.unit[SeriesOfDraws].years():
            yield OpenChoice(field="year", value=str(one), name=f"{one}年")
        series = self.unit[SeriesOfDraws].of_year(year or self._latest())
        for name, kind, ids in (
            ("department", DEPARTMENT, {one.lead for one in series}),
            (_SCENE, _SCENE, {one.scene for one in series} - {""}),
        ):
            called = {id_: self._name(kind, id_) or id_ for id_ in ids}
            for id_, text in sorted(called.items(), key=lambda each: (each[1], each[0])):
                yield OpenChoice(field=name, value=id_, name=text)

    def read(self, id: str) -> ListedDraw:
        """Give one draw that has a number. Raises ``NotFound``."""
        draw = self.unit[Draws].get(id)
        if draw.number is None:
            raise NotFound(Draws.kind, id)
        return self.of(draw)

    def of(self, draw: Draw) -> ListedDraw:
        """Give a draw as the list does; one without a number has number and year 0."""
        given = draw.number
        if given is None:
            series = DrawSeries.begin(lead=draw.lead, scene="", year=0)
            place = _Place(of=series, number=0, kept=Numbered(draw=draw.id))
        else:
            series = self.unit[SeriesOfDraws].get(series_id(given.lead, given.scene, given.year))
            kept = series.numbered[given.number - 1]
            place = _Place(of=series, number=given.number, kept=kept)
        return next(self._listed([place]))

    def official_corrections(self, draw: Draw) -> tuple[Adjustment, ...]:
        """Give the corrections of a draw, with officials in place of accounts.

        Who approved the task approved those that stood then.
        """
        if not draw.adjustments:
            return ()
        task = next(iter(self.unit[Tasks].find_many([draw.task])), None)
        approval = None if task is None else task.approval

        def approver(one: Adjustment) -> str:
            later = approval is not None and one.at <= approval.at
            return one.approver or (approval.by if approval and later else "")

        accounts = {each for one in draw.adjustments for each in (one.by, approver(one))}
        called = officials(
            self.unit, accounts, draw.lead, lambda id_: self._name(DEPARTMENT, id_) or id_
        )
        return tuple(
            evolve(one, by=called[one.by], approver=called.get(approver(one), ""))
            for one in draw.adjustments
        )

    def _added(self, draw: Draw) -> tuple[Addition, ...]:
        """Give whom the task of a draw added to it through adopted opinions."""
        task = next(iter(self.unit[Tasks].find_many([draw.task])), None)
        return () if task is None else additions_of(self.unit, task, draw)

    def _official_additions(self, draw: Draw) -> Iterator[Adjustment]:
        """Give them with officials in place of accounts, each of the department it acted for."""
        for one in self._added(draw):
            made = one.adjustment
            by, approver = (
                officials(self.unit, [account], of, lambda id_: self._name(DEPARTMENT, id_) or id_)
                for account, of in ((made.by, one.department), (made.approver, draw.lead))
            )
            yield evolve(made, by=by.get(made.by, ""), approver=approver.get(made.approver, ""))

    def addition(self, draw: Draw, code: str) -> ListedCorrection | None:
        """Give how the firm of a code was added by hand to a draw, if it was: the last time."""
        found = [
            one for one in self._every_correction(draw)
            if one.id == code and one.action is Action.ADD
        ]  # fmt: skip
        words = self.told(draw.task) and self.open_pool(draw.pool_hash)
        return _listed(found[-1], words=words) if found else None

    def _every_correction(self, draw: Draw) -> tuple[Adjustment, ...]:
        return (*self.official_corrections(draw), *self._official_additions(draw))

    def told(self, task: str) -> bool:
        """Tell whether the draws of a task give away nobody who is yet to be visited.

        So it is of what is no task of this platform.
        """
        if task not in self._told:
            found = self.unit[Tasks].find_many([task])
            self._told[task] = not found or self._is_told(found[0], *self._progress(task))
        return self._told[task]

    def unfinished(self, task: Task) -> int:
        """Count a task's visits whose result is not formed though its time is over."""
        left = self.unit[VisitQueries].count_unfinished(task.id)
        return unfinished(task.sheet.ends_on, left=left, today=self.today)

    def _followed(self, task: Task) -> dict[str, Any]:
        """Give what became of a task's visits, as far as no result is shown of them."""
        waived = self._rows(VISITS, task.id, state=VisitState.NOT_VISITED)
        withheld = self._rows(PUBLICATIONS, task.id, state=PublicationState.WITHHELD)
        due = self._rows(PUBLICATIONS, task.id, state=PublicationState.DUE)
        grounds = (one.waivers[-1].ground for one in self.unit[Visits].find_many(waived))
        kept = (one.withheld_on_ground for one in self.unit[Publications].find_many(withheld))
        overdue = self.unit[Publications].find_many(due)
        return {
            "unfinished": self.unfinished(task),
            "unvisited": _counted(WaiverGround, grounds),
            "not_shown": _counted(WithholdingGround, kept),
            "overdue": sum(one.overdue_days(self.today) > 0 for one in overdue),
        }

    def _undrawn(self, year: int) -> Mapping[str, _Undrawn]:
        """Count by lead what became of visits of a year whose task no draw of the list stands for.

        The year is that by which they, or the decision about their result, were due.
        """
        term = {"due_on_from": date(year, 1, 1), "due_on_to": date(year, 12, 31)}
        waived = self._found(VISITS, state=VisitState.NOT_VISITED, **term)
        withheld = self._found(PUBLICATIONS, state=PublicationState.WITHHELD, **term)
        due = self._found(PUBLICATIONS, state=PublicationState.DUE, **term)
        visits = self.unit[Visits].find_many(waived)
        kept = self.unit[Publications].find_many(withheld)
        late = [one for one in self.unit[Publications].find_many(due)
                if one.overdue_days(self.today) > 0]  # fmt: skip
        tasks = self.unit[Tasks].find_many(
            {*(one.sheet.task for one in visits), *(one.task for one in (*kept, *late))}
        )
        leads = {one.id: one.sheet.lead for one in tasks if not self._is_listed(one)}
        found = defaultdict[str, _Undrawn](_Undrawn)
        for visit in visits:
            if lead := leads.get(visit.sheet.task):
                found[lead].unvisited[visit.waivers[-1].ground] += 1
        for one in kept:
            if lead := leads.get(one.task):
                found[lead].not_shown[one.withheld_on_ground] += 1
        for one in late:
            if lead := leads.get(one.task):
                found[lead].overdue[lead] += 1
        return found

    def _is_listed(self, task: Task) -> bool:
        """Tell whether a draw of the list, with its number, says what became of a task's visits."""
        draw = draw_of(self.unit, task)
        number = None if draw is None else draw.number
        if number is None:
            return False
        series = self.unit[SeriesOfDraws].get(series_id(number.lead, number.scene, number.year))
        return series.numbered[number.number - 1].fate is Fate.DISPATCHED

    def _rows(self, query: ListQuery[Any], task: str, *, state: str) -> list[str]:
        return self._found(query, task=task, state=state)

    def _found(self, query: ListQuery[Any], **asked: object) -> list[str]:
        wanted = ListFilter(asked=asked)
        pages = every_page(partial(self.unit[Lists].page, query, wanted))
        return [row.id for page in pages for row in page.items]

    def _progress(self, task: str) -> tuple[int, int]:
        return self.unit[VisitQueries].progress((task,)).get(task, (0, 0))

    def _is_told(self, task: Task, made: int, completed: int) -> bool:
        return is_told(
            task.state, task.sheet.ends_on, made=made, completed=completed, today=self.today,
            calendar=self.unit[Calendars].working_calendar(),
        )  # fmt: skip

    def _departments(self, year: int, asked: str) -> Iterator[ListedDepartment]:
        """Give what departments did in a year without a draw, by their names."""
        urgent = self.unit[Tasks].urgent(year, today=self.today)
        clues = self.unit[Clues].to_inspect(year)
        lying = self.unit[Clues].inspections_overdue(year, today=self.today)
        undrawn, away = self._undrawn(year), self._kept_away(year)
        heads = {department for department, _ in away}
        ids = {
            one for one in (*urgent, *clues, *lying, *undrawn, *heads) if one and asked in {"", one}
        }
        self.names(DEPARTMENT, ids)
        called = {one: self._name(DEPARTMENT, one) or one for one in ids}
        for id_ in sorted(ids, key=lambda one: (called[one], one)):
            checks = urgent.get(id_, UrgentChecks())
            reports = clues.get(id_, CluesToInspect())
            left = undrawn.get(id_, _Undrawn())
            yield ListedDepartment(
                department=called[id_], urgent=checks.count, late=checks.late,
                unconfirmed=checks.unconfirmed, clues=reports.count, by_staff=reports.by_staff,
                clues_overdue=lying.get(id_, 0),
                unvisited=_counted(WaiverGround, left.unvisited),
                not_shown=_counted(WithholdingGround, left.not_shown),
                overdue=left.overdue.total(),
                recused=away[id_, RECUSED], replaced=away[id_, REPLACED],
            )  # fmt: skip

    def _kept_away(self, year: int) -> Counter[tuple[str, str]]:
        """Count by department and act how often officers were let off, or replaced, in a year."""
        since, until = (datetime(one, 1, 1, tzinfo=GUANGXI) for one in (year, year + 1))
        found = kept_away(self.unit, since=since, until=until)
        return Counter((one.department, one.action) for one in found)

    def _latest(self) -> int:
        return next(iter(self.unit[SeriesOfDraws].years()), self.today.year)

    def _year(self, asked: OpenDrawsAsked) -> int:
        return asked.year or self._latest()

    def _places(self, asked: OpenDrawsAsked) -> list[_Place]:
        found = self.unit[SeriesOfDraws].of_year(
            self._year(asked), lead=asked.department, scene=asked.scene
        )
        return [
            _Place(of=one, number=number, kept=kept)
            for one in sorted(found, key=lambda each: (each.lead, each.scene))
            for number, kept in reversed(list(enumerate(one.numbered, start=1)))
        ]

    def _listed(self, places: Sequence[_Place]) -> Iterator[ListedDraw]:
        draws = {one.id: one for one in self.unit[Draws].find_many(p.kept.draw for p in places)}
        tasks = {one.id: one for one in self.unit[Tasks].find_many(
            draw.task for draw in draws.values()
        )}  # fmt: skip
        self.names(DEPARTMENT, {p.of.lead for p in places})
        self.names(_SCENE, {p.of.scene for p in places})
        for place in places:
            draw = draws.get(place.kept.draw)
            yield self._line(place, draw, None if draw is None else tasks.get(draw.task))

    def _line(self, place: _Place, draw: Draw | None, task: Task | None) -> ListedDraw:
        fate = place.kept.fate
        told = draw is None or self.told(draw.task)
        called = "" if draw is None else draw.called
        more = {} if draw is None else self._of_draw(draw)
        dispatched = fate is Fate.DISPATCHED and draw is not None and task is not None
        return ListedDraw(
            id=place.kept.draw,
            year=place.of.year,
            number=place.number,
            lead=self._name(DEPARTMENT, place.of.lead) or place.of.lead,
            scene=self._name(_SCENE, place.of.scene) or place.of.scene,
            state=_state(fate, draw),
            task=(called if task is None else task.sheet.name) if told else "",
            reason=place.kept.reason if told else "",
            quotas_because=draw.quotas_because if told and draw is not None else "",
            withheld=not told,
            corrections=() if draw is None else tuple(self._corrections(draw, told=told)),
            **(self._followed(task) if dispatched and task is not None else {}),
            proof=told and draw is not None and draw.seed is not None
            and self.open_pool(draw.pool_hash),
            **{"format": "", **more},
        )  # fmt: skip

    def _corrections(self, draw: Draw, *, told: bool) -> Iterator[ListedCorrection]:
        every = self._every_correction(draw)
        words = told and bool(every) and self.open_pool(draw.pool_hash)
        return (_listed(one, words=words) for one in every)

    def _of_draw(self, draw: Draw) -> dict[str, Any]:
        added = tuple(one.adjustment for one in self._added(draw))
        actions = [one.action for one in (*draw.adjustments, *added)]
        outsider, value = draw.outsider, draw.public_value
        late = {name for one in draw.rounds for name in one.late}
        return {
            "format": draw.format,
            "strata": tuple(self._strata(draw)),
            "added": actions.count(Action.ADD),
            "removed": actions.count(Action.REMOVE),
            "recused": len(draw.granted),
            "marks": tuple(MARKS[one] for one in draw.marks_with(added)),
            "compared": compared_with(self.unit, draw),
            "pool_changes": change_words(draw.pool_changes),
            "outsider": "" if outsider is None else "：".join(filter(None, (
                OUTSIDER_KINDS[outsider.kind.value], self._name(DEPARTMENT, outsider.contributor),
            ))),
            "public_value": "" if value is None else f"{value.name} {value.issue}",
            "keeper": "" if draw.keeper is None else KEEPERS[draw.keeper.by.value],
            "late": tuple(sorted(self.names(DEPARTMENT, late))),
            "alone": draw.format == DRAW_1 and set(draw.round.contributors) <= {draw.lead},
            "demo": draw.keeper is not None and draw.keeper.demo,
        }  # fmt: skip

    def _strata(self, draw: Draw) -> Iterator[ListedStratum]:
        sizes = draw.sizes or self.unit[Pools].get(draw.pool_hash).sizes
        drawn = draw.drawn
        for stratum, chance in odds(draw.rule, sizes, draw.format).items():
            yield ListedStratum(
                name=draw.level(stratum),
                size=sizes[stratum],
                drawn=None if drawn is None else drawn.sizes.get(stratum, 0),
                numerator=chance.numerator,
                denominator=chance.denominator,
                kind=KINDS[ChanceKind.of(chance)],
            )

    def _name(self, kind: str, id: str) -> str:
        return next(iter(self.names(kind, (id,))), "")


def _listed(one: Adjustment, *, words: bool) -> ListedCorrection:
    return ListedCorrection(
        action=_ACTIONS[one.action], on=local_day(one.at), by=one.by,
        reason=one.reason if words else "", approver=one.approver,
    )  # fmt: skip


def _counted(
    kind: type[StrEnum], grounds: Iterable[StrEnum | None] | Mapping[StrEnum | None, int]
) -> tuple[str, ...]:
    """Say how often each ground is given, in the order of their kind."""
    counts = Counter(grounds)
    return tuple(f"{TITLES[kind][one]}：{counts[one]}户" for one in kind if counts[one])


def _state(fate: Fate, draw: Draw | None) -> str:
    if fate in _FATES:
        return _FATES[fate]
    return "已抽取" if draw is not None and draw.seed is not None else "正在抽取"
