"""Public pages, and the same columns for staff: described once, shown in both spaces.

They ask the port ``PublicReading`` and nothing else, so that the public ones can stand in a zone of
their own. Source: proposal 1541-1781, 1830-1838.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby
from operator import attrgetter
from typing import Any, Final
from urllib.parse import urlencode

from attrs import frozen

from entrypoints.checklist_sheets import facts_of, marks_of, paper_of, title_of
from entrypoints.http.api.items import PDF
from entrypoints.http.routes import Access, Call, Reply
from entrypoints.http.web.handbook_reading import text_values
from entrypoints.http.web.pages import (
    APPEALS,
    HOME,
    OPEN,
    PHONE,
    SCAN,
    SUBMIT,
    Form,
    Page,
    Shown,
    Trail,
    ask,
)
from entrypoints.http.web.places import years
from entrypoints.http.web.reading import Field, Kind, read
from supervision_core.checklists.model import GRADE_LETTERS
from supervision_core.checklists.services.sheets import ChecklistSheet
from supervision_core.content.model import (
    OPEN_COLUMNS,
    OpenAsked,
    OpenColumn,
    OpenDrawsAsked,
    OpenLine,
)
from supervision_core.content.ports import PublicReading
from supervision_core.content.services.reading import list_open
from supervision_core.content.services.writing import ViewFigures, view_figures
from supervision_core.handbooks.model import ReadingChannel
from supervision_core.kernel.canonical import Json, sm3
from supervision_core.kernel.days import local_day
from supervision_core.kernel.documents import LetterKind
from supervision_core.kernel.paging import PageRequest
from supervision_core.kernel.plain import from_plain
from supervision_core.kernel.registers import described
from supervision_core.tasks.services.places import PlaceRow

_C = OpenColumn
_LINES: Final = PageRequest(size=20)
_NEWEST: Final = PageRequest(size=5)
_CHECK: Final = f"{OPEN}/draw-check"
_DRAWS: Final = f"{OPEN}/draws"
_DRAWS_FILE: Final = f"{OPEN}/draws-file"
_PLACES: Final = f"{OPEN}/places"
_TITLE: Final = 200
"""Signs of the title under which something is reported."""
_TEXTS: Final[Mapping[OpenColumn, str]] = {
    **dict.fromkeys((_C.NOTICES, _C.NEWS, _C.EXPOSURES), "标题、摘要或标签"),
    _C.RESULTS: "企业名称或统一社会信用代码", _C.CHECKLISTS: "名称或检查内容",
    _C.HANDBOOKS: "名称或手册内容", _C.LAWS: "名称或条款内容",
}  # fmt: skip
_SAYS: Final[Mapping[OpenColumn, str]] = {
    _C.NOTICES: "检查通知、结果通知和处罚信息公告",
    _C.NEWS: "各级部门履行监管职能的重要会议、重大活动和重大事件",
    _C.EXPOSURES: "对违法违规行为的集中曝光",
    _C.RESULTS: "部门联合检查的结果，按企业、场景、地区和时间查询",
    _C.CHECKLISTS: "检查人员到企业查什么、怎么查，每个业态一张单",
    _C.HANDBOOKS: "开办和经营要符合哪些条件、由哪些部门监管，每个业态一本册",
    _C.LAWS: "各部门监管所依据的法律、法规和规章",
}
_REMEDIES: Final = {
    _C.RESULTS: "企业名称请写连续的两个字以上，统一社会信用代码请写完整的18位。",
}
"""How a text is asked for by which nothing was found, where not every text can be."""
_CHOICES: Final = {
    "kind": "类型", "scene": "场景", "trade": "业态", "department": "部门", "region": "地区",
}  # fmt: skip
"""What a column can be asked for among choices, in the order of the search."""
_DAYS: Final = (
    Field(name="since", title="起始日期", kind=Kind.DAY),
    Field(name="until", title="截止日期", kind=Kind.DAY),
)


def reading(call: Call) -> PublicReading:
    """Give the port by which these pages read."""
    return call.platform.open_reading


@frozen(kw_only=True)
class OpenSpace:
    """Where columns are shown: to everybody, or to staff among the pages of the workbench."""

    base: str
    name: str
    channel: ReadingChannel
    access: str | Access
    portal: bool
    menu: str = ""

    def path(self, column: OpenColumn) -> str:
        """Give where a column is shown."""
        return f"{self.base}/{column}"

    def title(self, column: OpenColumn) -> str:
        """Give what a column is called here."""
        return OPEN_COLUMNS[column] if self.portal else _GOV_TITLES[column]

    def values(self, call: Call) -> dict[str, Any]:
        """Give what every page of the space knows."""
        columns = [
            {"path": self.path(one), "title": OPEN_COLUMNS[one], "says": _SAYS[one]} for one in _C
        ]
        columns += [{"path": APPEALS, "title": "投诉建议",
                     "says": "登录后投诉、举报、提建议，查看办理结果"}]  # fmt: skip
        columns += [{"path": _DRAWS, "title": "抽取公开",
                     "says": "每一次抽取的序号、机会、人工增减、清空和未完成的检查"}]  # fmt: skip
        day = local_day(call.platform.clock.now()).isoformat()
        return {"portal": self.portal, "columns": columns if self.portal else (), "as_of": day}

    def newest(self, call: Call, column: OpenColumn) -> Sequence[Mapping[str, Any]]:
        """Give the newest lines of a column, each with its way."""
        found = reading(call).find(column, OpenAsked(), _NEWEST)
        return [
            {"title": one.title, "path": f"{self.path(column)}/{one.id}",
             "on": "" if one.on is None else one.on.isoformat()}
            for one in found.items
        ]  # fmt: skip

    def pages(self, columns: Sequence[OpenColumn]) -> Iterator[Page]:
        """Give the pages of columns, each with the page of what stands behind a line."""
        for column in columns:
            shelf = _Shelf(space=self, column=column)
            menu = () if self.portal else (self.menu, self.title(column))
            yield self._page(self.path(column), f"{column}", shelf.lines, menu=menu,
                             icon="ti-table")  # fmt: skip
            yield self._page(shelf.one, f"{column}_one", shelf.text)
            match column:
                case OpenColumn.RESULTS:
                    yield self._page(f"{shelf.one}/proof", "proof", shelf.proof)
                case OpenColumn.NOTICES | OpenColumn.NEWS | OpenColumn.EXPOSURES:
                    yield self._page(f"{shelf.one}/files/{{file_id}}", f"{column}_file", shelf.file)
                case OpenColumn.CHECKLISTS:
                    yield self._page(f"{shelf.one}/pdf", "checklist_pdf", shelf.pdf)

    def _page(self, path: str, name: str, run: Any, **more: Any) -> Page:
        return Page(method="GET", path=path, name=f"page_{self.name}_{name}", access=self.access,
                    run=run, **more)  # fmt: skip


@frozen(kw_only=True)
class _Shelf:
    """The pages of one column in one space."""

    space: OpenSpace
    column: OpenColumn

    @property
    def base(self) -> str:
        """Where the column is shown."""
        return self.space.path(self.column)

    @property
    def one(self) -> str:
        """The address of what stands behind a line."""
        return f"{self.base}/{{open_id}}"

    def _search(self, call: Call) -> list[Field]:
        found: dict[str, dict[str, str]] = {}
        for one in reading(call).choices(self.column):
            found.setdefault(one.field, {})[one.value] = one.name
        chosen = [
            Field(name=name, title=title).choosing(found[name])
            for name, title in _CHOICES.items()
            if name in found
        ]
        return [Field(name="text", title=_TEXTS[self.column], most=100), *chosen, *_DAYS]

    def lines(self, call: Call, form: Form) -> Shown:
        """Show the lines that are searched for."""
        search = self._search(call)
        asked = {one.name: form.get(one.name, "") for one in search}
        told = {name: value for name, value in read(search, asked).items() if value}
        cursor = form.get("cursor") or None
        page = PageRequest(size=_LINES.size, cursor=cursor)
        found = reading(call).find(self.column, from_plain(OpenAsked, told), page)
        values = {
            **self.space.values(call), "title": self._title, "says": _SAYS[self.column],
            "column": self.column.value, "base": self.base, "search": search, "asked": asked,
            "query": {name: text for name, text in asked.items() if text},
            "lines": [
                {"id": one.id, "title": one.title, "said": list(_said(one))} for one in found.items
            ],
            "next_cursor": found.next_cursor, "trail": Trail.of(form),
            "remedy": _REMEDIES.get(self.column, ""),
        }  # fmt: skip
        return Shown(template="open_list.html", values=values)

    @property
    def _title(self) -> str:
        return self.space.title(self.column)

    def text(self, call: Call, form: Form) -> Shown:
        """Show what stands behind a line."""
        match self.column:
            case OpenColumn.CHECKLISTS:
                return self._sheet(call, form)
            case OpenColumn.HANDBOOKS:
                return self._handbook(call, form)
            case _:
                return self._text(call, form)

    def _text(self, call: Call, form: Form) -> Shown:
        id_ = form["open_id"]
        told = reading(call).read(self.column, id_)
        draw = told.draw
        given = {} if draw is None else {
            "code": draw.code, "seed": draw.seed, "threshold": draw.threshold
        }  # fmt: skip
        values = {
            **self.space.values(call), "title": told.title, "told": told, "base": self.base,
            "column": self._title, "here": f"{self.base}/{id_}",
            "check": f"{_CHECK}?{urlencode(given)}", "proof_name": _proof_name(id_),
            "draws": _DRAWS,
        }  # fmt: skip
        return Shown(template="open_text.html", values=values)

    def proof(self, call: Call, form: Form) -> Shown:
        """Give the proof of the draw as a file."""
        id_ = form["open_id"]
        return _json(reading(call).proof(id_), _proof_name(id_))

    def file(self, call: Call, form: Form) -> Shown:
        """Give a file of an article."""
        found = reading(call).file(form["open_id"], form["file_id"])
        reply = Reply(
            value=found.chunks, filename=found.name, media=found.media, length=found.size,
            sm3=found.sm3,
        )  # fmt: skip
        return Shown(file=reply)

    def _sheet(self, call: Call, form: Form) -> Shown:
        id_ = form["open_id"]
        found = reading(call).checklist(id_)
        letter = GRADE_LETTERS.get(form.get("grade", ""), "")
        at = f"{self.base}/{id_}"
        values = {
            **self.space.values(call), "title": found.sheet.name, "base": at,
            "search": [Field(name="grade", title="适用等级").choosing(GRADE_LETTERS)],
            "asked": {"grade": form.get("grade", "")}, "silent": "",
            "links": [
                {"path": f"{at}/pdf", "title": "下载PDF", "icon": "ti-download"},
                *_tells(found.sheet.name, "对检查单提问题和建议", portal=self.space.portal),
                {"path": self.base, "title": f"返回{self._title}"},
            ],
            "tells": partial(_telling, found.sheet.name) if self.space.portal else None,
            "facts": facts_of(found)[1:], "head": found.sheet.head, "note": found.note,
            "domains": sheet_domains(found, letter), "grades": tuple(GRADE_LETTERS.values()),
            "contacts": reading(call).contacts(found.departments),
        }  # fmt: skip
        return Shown(template="checklist_sheet.html", values=values)

    def pdf(self, call: Call, form: Form) -> Shown:
        """Give a checklist as a file to print."""
        found = reading(call).checklist(form["open_id"])
        content = call.platform.papers.render(paper_of(found), LetterKind.PDF)
        return _file(content, f"{found.sheet.name}.pdf", PDF)

    def _handbook(self, call: Call, form: Form) -> Shown:
        found = reading(call).handbook(form["open_id"], self.space.channel)
        told = found.content
        elements = [each for section in told.sections for each in section.elements]
        named = [told.department, *(one for each in elements for one in each.departments)]
        values = {
            **text_values(found), **self.space.values(call), "title": told.name,
            "choices": [], "handbooks": [], "versions": [], "looks": [], "look": "screen",
            "search": [], "base": self.base,
            "links": [{"path": self.base, "title": f"返回{self._title}"}],
            "contacts": reading(call).contacts(named),
        }  # fmt: skip
        return Shown(template="handbook_read.html", values=values)


def _telling(name: str, about: str = "") -> str:
    """Give where a citizen or firm reports what is to be bettered in a checklist, or in an item."""
    title = f"关于《{name}》：{about}" if about else f"关于《{name}》的意见"
    return f"{SUBMIT}?{urlencode({'kind': 'suggestion', 'title': title[:_TITLE]})}"


def _tells(name: str, title: str, *, portal: bool) -> Iterator[Mapping[str, str]]:
    if portal:
        yield {"path": _telling(name), "title": title}


def sheet_domains(found: ChecklistSheet, letter: str) -> list[Mapping[str, Any]]:
    """Give the domains of a sheet as its template shows them, of one grade where one is asked."""
    domains: list[Mapping[str, Any]] = []
    for domain in found.sheet.domains:
        lines = [one for one in domain.lines if not letter or letter in one.grades]
        matters = [
            {"title": matter,
             "lines": [{"said": one, "marks": marks_of(one)} for one in several]}
            for matter, several in groupby(lines, attrgetter("matter"))
        ]  # fmt: skip
        domains.append({"title": title_of(domain, found.departments), "matters": matters})
    return domains


def _said(one: OpenLine) -> Iterator[str]:
    yield from filter(None, (
        one.note, one.kind, one.trade, one.scene, "、".join(one.departments), one.region,
        "" if one.on is None else one.on.isoformat(),
    ))  # fmt: skip


def _proof_name(id: str) -> str:
    return f"draw-proof-{id}.json"


def _file(content: bytes, name: str, media: str) -> Shown:
    reply = Reply(
        value=iter([content]), filename=name, media=media, length=len(content),
        sm3=sm3(content).hex(),
    )  # fmt: skip
    return Shown(file=reply)


def _json(document: Mapping[str, Json], name: str) -> Shown:
    content = json.dumps(document, ensure_ascii=False, indent=1).encode()
    return _file(content, name, "application/json")


def _home(call: Call, _form: Form) -> Shown:
    """Show the columns, the search that most come for, and what is new."""
    newest = [
        {"column": one.value, "title": OPEN_COLUMNS[one], "path": PUBLIC.path(one),
         "lines": reading(call).find(one, OpenAsked(), _NEWEST).items}
        for one in _ON_HOME
    ]  # fmt: skip
    values = {
        **PUBLIC.values(call), "title": "公开信息", "newest": newest,
        "first": {"path": PUBLIC.path(_C.RESULTS)},
        "doors": [{"path": _CHECK, "title": "核对抽取",
                   "says": "自己核对抽中的是否就是按名单、规则和随机数算出的"},
                  {"path": _PLACES, "title": "到场证明",
                   "says": "各部门的现场检查有多少能证明执法人员到过现场"},
                  {"path": SCAN, "title": "扫一扫",
                   "says": "扫企业张贴的企业码，核对真伪，看它公示的信息和检查结果"}],
    }  # fmt: skip
    return Shown(template="open_home.html", values=values)


def _check(call: Call, form: Form) -> Shown:
    """Show where anybody checks a draw: the browser does it, and sends nothing."""
    given = {name: form.get(name, "")[:100] for name in ("code", "seed", "threshold")}
    values = {**PUBLIC.values(call), "title": "核对抽取", "given": given}
    return Shown(template="draw_check.html", values=values)


def _draws_asked(form: Form) -> OpenDrawsAsked:
    year = form.get("year", "")
    return OpenDrawsAsked(
        year=int(year) if re.fullmatch(r"[0-9]{4}", year) else 0,
        department=form.get("department", ""),
        scene=form.get("scene", ""),
    )


def _draws(call: Call, form: Form) -> Shown:
    """Show every draw of a year."""
    asked = _draws_asked(form)
    choices: dict[str, dict[str, str]] = {"year": {}, "department": {}, "scene": {}}
    for one in reading(call).draw_choices(asked.year):
        choices[one.field][one.value] = one.name
    found = reading(call).draws(asked, PageRequest(size=_LINES.size, cursor=form.get("cursor")))
    given = {**{name: form.get(name, "") for name in choices}, "year": f"{found.year}"}
    query = {name: text for name, text in given.items() if text}
    search = [
        Field(name=name, title=title).choosing(choices[name])
        for name, title in (("year", "年度"), ("department", "牵头部门"), ("scene", "场景"))
        if choices[name]
    ]
    return _shown_draws(
        call, lines=found.items, departments=found.departments, search=search, asked=given,
        query=query, file=f"{_DRAWS_FILE}?{urlencode(query)}", next_cursor=found.next_cursor,
        trail=Trail.of(form),
    )  # fmt: skip


def _shown_draws(call: Call, **more: object) -> Shown:
    values = {
        **PUBLIC.values(call), "title": "抽取公开", "base": _DRAWS, "check": _CHECK, **more
    }  # fmt: skip
    return Shown(template="open_draws.html", values=values)


def _places(call: Call, form: Form) -> Shown:
    """Show how the visits of each department prove that officers came."""
    offered = years(call)
    year = form.get("year", "")
    year = year if year in offered else next(iter(offered))
    rows = [
        {"cells": [one.department, one.visits, one.firm, one.posted, one.far, one.reason,
                   one.none, one.share]}
        for one in reading(call).places(int(year))
    ]  # fmt: skip
    values = {
        **PUBLIC.values(call), "title": "到场证明", "base": _PLACES, "rows": rows,
        "search": [Field(name="year", title="年度").choosing(offered)], "asked": {"year": year},
        "headings": [one.title for one in described(PlaceRow)],
    }  # fmt: skip
    return Shown(template="open_places.html", values=values)


def _draw(call: Call, form: Form) -> Shown:
    """Show one draw of the list."""
    return _shown_draws(call, lines=[reading(call).draw(form["draw_id"])])


def _draw_proof(call: Call, form: Form) -> Shown:
    """Give the proof of a draw as a file."""
    id_ = form["draw_id"]
    return _json(reading(call).draw_proof(id_), _proof_name(id_))


def _draws_file(call: Call, form: Form) -> Shown:
    """Give every draw of a year as an open file."""
    found = reading(call).draws_file(_draws_asked(form))
    return _json(found, f"open-draws-{found['year']}-{found['as_of']}.json")


def _figures(call: Call, _form: Form) -> Shown:
    """Show for each column how much was published, and what reviews found."""
    found = ask(call, view_figures, ViewFigures())
    rows = [
        {"cells": [
            {"text": one.title, "path": f"{HOME}/content/articles?column={one.column}"},
            one.all, one.published, one.reviewed, one.approved, one.rate,
        ]}
        for one in found
    ]  # fmt: skip
    values = {
        "title": "发布统计", "rows": rows,
        "columns": ["栏目", "内容数", "已发布数", "审核次数", "审核通过次数", "审核通过率"],
    }  # fmt: skip
    return Shown(template="content_figures.html", values=values)


PUBLIC: Final = OpenSpace(
    base=OPEN, name="open", channel=ReadingChannel.PUBLIC, access=Access.PUBLIC, portal=True
)
GOV: Final = OpenSpace(
    base=f"{HOME}/open", name="shown", channel=ReadingChannel.STAFF, access=list_open.permission,
    portal=False, menu="信息查询",
)  # fmt: skip
ON_PHONE: Final = OpenSpace(
    base=f"{PHONE}/open", name="phone_shown", channel=ReadingChannel.STAFF,
    access=list_open.permission, portal=False, menu="信息公开",
)  # fmt: skip
_GOV_TITLES: Final[Mapping[OpenColumn, str]] = {
    **{_C(one): title for one, title in OPEN_COLUMNS.items()},
    _C.RESULTS: "执法公示信息", _C.LAWS: "法律法规公示",
}  # fmt: skip
_ON_GOV: Final = (_C.NOTICES, _C.NEWS, _C.EXPOSURES, _C.LAWS, _C.RESULTS)
_ON_HOME: Final = (_C.NOTICES, _C.RESULTS)
_SINGLE: Final = (
    ("/", "page_root", _home), (_CHECK, "page_open_draw_check", _check),
    (_DRAWS, "page_open_draws", _draws), (_DRAWS_FILE, "page_open_draws_file", _draws_file),
    (_PLACES, "page_open_places", _places),
    (f"{_DRAWS}/{{draw_id}}", "page_open_draw", _draw),
    (f"{_DRAWS}/{{draw_id}}/proof", "page_open_draw_proof", _draw_proof),
)  # fmt: skip
"""Pages of everybody that are of no column."""
OPEN_PAGES: tuple[Page, ...] = (
    *(
        Page(method="GET", path=path, name=name, access=Access.PUBLIC, run=run)
        for path, name, run in _SINGLE
    ),
    *PUBLIC.pages(tuple(_C)),
    *GOV.pages(_ON_GOV),
    *ON_PHONE.pages((_C.NOTICES, _C.NEWS)),
    Page(
        method="GET",
        path=f"{HOME}/content/figures",
        name="page_content_figures",
        access=view_figures.permission,
        run=_figures,
        menu=("内容管理", "发布统计"),
        step=2,
        icon="ti-table",
    ),
)
"""Everything that is open to everybody, and what staff see of it at their desks."""
