"""检查文书: printed of a visit or an order, filled from what is known, edited, given out.

Source: proposal 6.4.2.5.2.3.5; 国务院办公厅关于严格规范涉企行政检查的意见（国办发〔2024〕54号）.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any, Final

from attrs import frozen

from entrypoints.http.errors import FormInvalid
from entrypoints.http.routes import Call
from entrypoints.http.web.corrections import orders_of
from entrypoints.http.web.looking import seen
from entrypoints.http.web.pages import HOME, PHONE, Form, Page, Shown, ask, name_of
from entrypoints.http.web.paper_facts import (
    CONTACT,
    GENERAL,
    TEMPLATE,
    addressee_of,
    firm_of,
    inspectors,
    laws_of,
    organ,
    printed,
    sent,
    template_field,
    today_of,
)
from entrypoints.http.web.reading import Field, Kind, read_whole
from entrypoints.list_tables import names_of
from supervision_core.identity.services.lists import cases_of
from supervision_core.items.model import DOCUMENTS, DocumentKind
from supervision_core.kernel.days import GUANGXI, day_words, local_day, moment_words, period_words
from supervision_core.kernel.documents import Fact, LetterKind
from supervision_core.kernel.errors import Violation
from supervision_core.kernel.listing import ListQuery
from supervision_core.tasks.law import CORRECTION_BASIS
from supervision_core.tasks.lists import RECTIFICATIONS, TASKS, VISITS
from supervision_core.tasks.model.publication import PUBLISH_WITHIN_WORKING_DAYS
from supervision_core.tasks.model.results import (
    ItemOutcome,
    Measure,
    Outcome,
    PendingMatter,
    stated,
    unended,
)
from supervision_core.tasks.words import TITLES

Facts = Mapping[str, Fact]
Said = Mapping[str, Any]
_KIND: Final = "kind"
_LAW: Final = re.compile(r"《[^》]+》")
_NONE: Final = "无"
PUBLISHED_AT: Final = "广西跨部门综合监管平台"
"""Where results are published."""
_NUMBER: Final = Field(name="number", title="文书编号", required=True, most=100)
_RESULTS: Final = TITLES[ItemOutcome]


@frozen(kw_only=True)
class Paper:
    """One kind of paper: what may be edited in it, how it begins, and what is printed.

    It can be printed unless something is ``missing``: that says what has to be done before.
    """

    document: DocumentKind
    query: ListQuery[Any]
    fields: tuple[Field, ...]
    begin: Callable[[Call, Any], Mapping[str, str]]
    facts: Callable[[Call, Any, Said], Facts]
    organs: Callable[[Any], frozenset[str]]
    missing: Callable[[Any], str]

    @property
    def title(self) -> str:
        """What it is called."""
        return DOCUMENTS[self.document]

    def path(self, home: str, id: str) -> str:
        """Give where the paper of one thing is filled in, at the desk or on a phone."""
        return f"{self._one(home, id)}/{self.document.value}"

    def _one(self, home: str, id: str) -> str:
        place = f"{self.query.context}/" if home == HOME else ""
        return f"{home}/{place}{self.query.plural}/{id}"

    @property
    def _noun(self) -> str:
        return f"{self.query.noun}_id"

    def offered(self, call: Call, found: Any) -> bool:
        """Tell whether the reader's department may print it now."""
        return call.who.department in self.organs(found.content) and not self.missing(found.content)

    def pages(self) -> Iterator[Page]:
        """Give the page with its form, and the one that prints it, in both places."""
        access = cases_of(self.query).view.permission
        for home in (HOME, PHONE):
            path = self.path(home, f"{{{self._noun}}}")
            name = name_of(home, f"{self.query.noun}_{self.document.value}")
            asked = partial(self.asked, home)
            yield Page(method="GET", path=path, name=f"{name}_filling", access=access, run=asked)
            yield Page(method="POST", path=path, name=name, access=access, run=self.print,
                       again=asked)  # fmt: skip

    def _found(self, call: Call, form: Form) -> Any:
        cases = cases_of(self.query)
        return ask(call, cases.view, cases.named(id=form[self._noun]))

    def asked(self, home: str, call: Call, form: Form) -> Shown:
        """Show the paper as it is filled, to be edited."""
        found = self._found(call, form)
        offered = self.offered(call, found)
        begun = self.begin(call, found) if offered else {}
        values = {
            "title": f"{self.title}：{firm_of(call, found).name}", "fields": self._fields(call),
            "values": {TEMPLATE: GENERAL, **begun, **form}, "action": self.path(home, found.id),
            "back": self._one(home, found.id),
            "late": "" if offered else self._reason(call, found),
        }  # fmt: skip
        return Shown(template="paper.html", values=values)

    def _fields(self, call: Call) -> Sequence[Field]:
        return (template_field(call, self.document), *self.fields)

    def _reason(self, call: Call, found: Any) -> str:
        if call.who.department not in self.organs(found.content):
            return "文书由参与检查的部门制作，请由其经办人员或执法人员办理"
        return self.missing(found.content)

    def print(self, call: Call, form: Form) -> Shown:
        """Give the paper out as it was edited. Raises ``FormInvalid``."""
        found = self._found(call, form)
        if not self.offered(call, found):
            why = {"why": self._reason(call, found)}
            raise FormInvalid((Violation("http.paper_not_due", data=why),))
        said = read_whole(self._fields(call), form)
        template = str(said.pop(TEMPLATE))
        firm, today = addressee_of(call, found), today_of(call)
        facts: dict[str, Fact] = {
            "department": organ(found, call.who.department), "subject": firm.name,
            "subject_code": firm.code, "addressee": firm.addressed, "issued_on": today,
            **{name: str(value) for name, value in said.items()},
            **self.facts(call, found, said),
        }  # fmt: skip
        kind = LetterKind.DOCX if form.get(_KIND) == LetterKind.DOCX else LetterKind.PDF
        content = printed(call, self.document, facts, kind, template)
        return sent(content, self.document, kind)


def _visited(said: Any) -> frozenset[str]:
    """Give the departments that may print papers of a visit: who answers items, sends officers."""
    return frozenset({
        said.lead, *(one.department for one in said.items),
        *(one.department for one in said.officers),
    })  # fmt: skip


def _day(said: Said, name: str) -> date:
    return date.fromisoformat(said[name])


def _shown(moment: datetime | None) -> str:
    """Give a moment as a field of a form shows it."""
    return "" if moment is None else f"{moment.astimezone(GUANGXI):%Y-%m-%dT%H:%M}"


def _named(laws: Sequence[str]) -> str:
    """Name the laws of all items once each, without their articles."""
    return "、".join(dict.fromkeys(name for one in laws for name in _LAW.findall(one)))


def _notice_begun(call: Call, found: Any) -> Mapping[str, str]:
    said, task = found.content, seen(call, TASKS, found.content.task)
    about = None if task is None else task.content
    today = today_of(call)
    return {
        "basis": _named([law for item in said.items for law in item.basis]),
        "from_day": (max(today, about.starts_on) if about else today).isoformat(),
        "to_day": max(today, said.due_on).isoformat(),
        "source": TITLES[type(about.kind)][about.kind] if about else "",
        "address": firm_of(call, found).address,
    }


def _unnoticed(said: Any) -> str:
    """Say why no notice of a visit is printed: it is over, or nobody is named to come yet."""
    if said.formed_on is not None:
        return "检查已经完成，不能再制作检查通知书"
    named = {one.department for one in said.officers}
    if not named or {one.department for one in said.items} - named:
        return "检查人员还没有全部确定：各部门认领任务、抽取检查人员后，再制作检查通知书"
    return ""


def _task(found: Any) -> str:
    return str(names_of(found).get("task", {}).get(found.content.task, ""))


def _notice(_call: Call, found: Any, said: Said) -> Facts:
    bodies = names_of(found).get("department", {})
    return {
        "task": _task(found), "from_day": _day(said, "from_day"), "to_day": _day(said, "to_day"),
        "inspectors": inspectors(found),
        "items": [
            {"item": one.title, "method": one.method or ("现场检查" if one.onsite else "书面核查"),
             "department": bodies.get(one.department, "")}
            for one in found.content.items
        ],
    }  # fmt: skip


def _concluded(said: Any) -> str:
    """Say the conclusion of a visit with its measures, as one sentence."""
    words = [TITLES[Outcome][Outcome(one)] for one in said.outcomes]
    pending = "、".join(TITLES[PendingMatter][PendingMatter(one)] for one in said.pending)
    measures = "、".join(TITLES[Measure][Measure(one)] for one in said.measures)
    told = "、".join(words) + (f"（{pending}）" if pending else "")
    told += f"；处理措施：{measures}" if measures else ""
    note = unended(said.note)
    return told + (f"；{note}" if note else "")


def _record_begun(call: Call, found: Any) -> Mapping[str, str]:
    said, people = found.content, names_of(found).get("officer", {})
    writes = said.recorder or said.concluded_by
    signature = "已签名" if said.signed_at else "待签名"
    if said.refused_because:
        signature = f"拒绝签名，理由：{said.refused_because}"
    return {
        "address": said.place or firm_of(call, found).address,
        "started_at": _shown(said.checked_in_at),
        "ended_at": _shown(said.signed_at or said.concluded_at),
        "recusal": "不申请",
        "statement": said.opinion or "无异议",
        "signature": signature,
        "conclusion": _concluded(said),
        "recorder": people.get(writes, ""),
    }


def _record(_call: Call, found: Any, said: Said) -> Facts:
    start, end = (datetime.fromisoformat(said[one]) for one in ("started_at", "ended_at"))
    return {
        "started_at": moment_words(start), "ended_at": moment_words(end),
        "period": period_words(start, end),
        "conclusion": str(said["conclusion"]).rstrip("。"),
        "statement": str(said["statement"]).rstrip("。"),
        "signature": str(said["signature"]).rstrip("。"),
        "inspectors": inspectors(found),
        "items": [
            {"item": one.title, "note": one.note or _NONE,
             "result": _RESULTS[ItemOutcome(one.outcome or ItemOutcome.NOT_CHECKED)]}
            for one in found.content.items
        ],
    }  # fmt: skip


def _result_begun(call: Call, found: Any) -> Mapping[str, str]:
    said, calendar = found.content, call.platform.calendars.working_calendar()
    due = calendar.add_working_days(said.formed_on, PUBLISH_WITHIN_WORKING_DAYS)
    return {
        "result": _concluded(said),
        "publish_by": due.isoformat(),
        "published_at": PUBLISHED_AT,
    }


def _measures(said: Any, department: str) -> str:
    """Say what is done about what a department found."""
    failed = any(
        one.department == department and one.outcome == ItemOutcome.FAILED for one in said.items
    )
    told = "、".join(TITLES[Measure][Measure(one)] for one in said.measures)
    return told if failed and told else _NONE


def _demands(call: Call, found: Any) -> Mapping[str, str]:
    """Say by item until when the firm was ordered to correct what was found, where it was."""
    return {
        each.item: f"于{day_words(one.due_on)}前改正（{one.number}）"
        for one in orders_of(call, found)
        for each in one.findings
    }


def _result(call: Call, found: Any, said: Said) -> Facts:
    view, bodies = found.content, names_of(found).get("department", {})
    failed = [one for one in view.items if one.outcome == ItemOutcome.FAILED]
    demands = _demands(call, found)
    checked_on = view.checked_in_at or view.concluded_at
    return {
        "task": _task(found), "publish_by": _day(said, "publish_by"),
        "checked_on": view.formed_on if checked_on is None else local_day(checked_on),
        "result": f"{str(said['result']).rstrip('。')}。",
        "inspectors": inspectors(found),
        "departments": [
            {"department": bodies.get(one, ""), "measure": _measures(view, one),
             "checked": sum(each.department == one for each in view.items),
             "failed": sum(each.department == one for each in failed)}
            for one in dict.fromkeys(each.department for each in view.items)
        ],
        "findings": [
            {"problem": stated(one.title, one.note), "basis": laws_of(one.basis) or _NONE,
             "demand": demands.get(one.id) or _measures(view, one.department)}
            for one in failed
        ] or [{"problem": "本次检查未发现问题", "basis": _NONE, "demand": _NONE}],
    }  # fmt: skip


def _opinion_begun(_call: Call, found: Any) -> Mapping[str, str]:
    last = found.content.rechecks[-1]
    told = TITLES[type(last.result)][last.result]
    told += f"；限于{day_words(last.new_due)}前改正" if last.new_due else ""
    return {
        "basis": CORRECTION_BASIS,
        "conclusion": told,
        "result": last.note or told,
        "rechecked_on": local_day(last.at).isoformat(),
    }


def _opinion(_call: Call, found: Any, said: Said) -> Facts:
    view, last = found.content, found.content.rechecks[-1]
    people, body = names_of(found).get("officer", {}), organ(found, view.department)
    return {
        "order_number": view.number, "ordered_on": local_day(view.ordered_at),
        "rechecked_on": _day(said, "rechecked_on"),
        "conclusion": str(said["conclusion"]).rstrip("。"),
        "inspectors": [
            {"name": people.get(one, ""), "certificate": certificate, "department": body}
            for one, certificate in zip(last.officers, last.certificates, strict=True)
        ],
        "findings": [
            {"problem": stated(one.title, one.note), "result": str(said["result"])}
            for one in view.findings
        ],
    }  # fmt: skip


_LONG: Final = 500
_P: Final = DocumentKind
PAPERS: Final = (
    Paper(
        document=_P.NOTICE, query=VISITS, begin=_notice_begun, facts=_notice, organs=_visited,
        missing=_unnoticed,
        fields=(
            _NUMBER, Field(name="basis", title="检查依据", required=True, most=_LONG),
            Field(name="source", title="任务来源", required=True, most=100),
            Field(name="from_day", title="检查开始日期", kind=Kind.DAY, required=True),
            Field(name="to_day", title="检查结束日期", kind=Kind.DAY, required=True),
            Field(name="address", title="检查地点", required=True, most=200), *CONTACT,
        ),
    ),
    Paper(
        document=_P.RECORD, query=VISITS, begin=_record_begun, facts=_record, organs=_visited,
        missing=lambda said: "" if said.outcomes else "请先作出检查结论，再制作现场检查笔录",
        fields=(
            _NUMBER, Field(name="address", title="检查地点", required=True, most=200),
            Field(name="started_at", title="检查开始时间", kind=Kind.MOMENT, required=True),
            Field(name="ended_at", title="检查结束时间", kind=Kind.MOMENT, required=True),
            Field(name="attendant", title="现场负责人", required=True, most=50,
                  hint="姓名、职务"),
            Field(name="recusal", title="是否申请回避", required=True, most=100),
            Field(name="conclusion", title="检查结论", kind=Kind.LONG, required=True, most=_LONG),
            Field(name="statement", title="被检查单位意见", kind=Kind.LONG, required=True,
                  most=_LONG),
            Field(name="signature", title="签署情况", required=True, most=200),
            Field(name="recorder", title="记录人", required=True, most=50),
        ),
    ),
    Paper(
        document=_P.RESULT_NOTICE, query=VISITS, begin=_result_begun, facts=_result,
        organs=_visited,
        missing=lambda said: "" if said.formed_on else "请先完成检查，并由另一名执法人员确认记录",
        fields=(
            _NUMBER,
            Field(name="result", title="检查结果", kind=Kind.LONG, required=True, most=_LONG),
            Field(name="publish_by", title="公开期限", kind=Kind.DAY, required=True),
            Field(name="published_at", title="公开渠道", required=True, most=100), *CONTACT,
        ),
    ),
    Paper(
        document=_P.RECHECK_OPINION, query=RECTIFICATIONS, begin=_opinion_begun, facts=_opinion,
        organs=lambda said: frozenset({said.department}),
        missing=lambda said: "" if said.rechecks else "请先复查整改，再制作整改复查意见书",
        fields=(
            _NUMBER, Field(name="basis", title="复查依据", required=True, most=_LONG),
            Field(name="rechecked_on", title="复查日期", kind=Kind.DAY, required=True),
            Field(name="result", title="复查情况", kind=Kind.LONG, required=True, most=_LONG),
            Field(name="conclusion", title="复查意见", kind=Kind.LONG, required=True, most=_LONG),
            *CONTACT,
        ),
    ),
)  # fmt: skip
"""The papers that are printed beside 责令改正通知书, which is a command of its own."""
PAPER_PAGES: Final = tuple(page for one in PAPERS for page in one.pages())


def links_of_visit(call: Call, found: Any) -> Iterator[Mapping[str, Any]]:
    """Give where papers of a visit are printed, as far as it has come."""
    return papers_of(call, found, VISITS)


def links_of_order(call: Call, found: Any) -> Iterator[Mapping[str, Any]]:
    """Give where papers of an order are printed."""
    return papers_of(call, found, RECTIFICATIONS)


def papers_of(
    call: Call, found: Any, query: ListQuery[Any], home: str = HOME
) -> Iterator[Mapping[str, Any]]:
    """Give where the reader may print papers of a thing of a list now."""
    for one in PAPERS:
        if one.query is query and one.offered(call, found):
            yield {
                "path": one.path(home, found.id), "title": f"制作{one.title}",
                "icon": "ti-download",
            }  # fmt: skip
