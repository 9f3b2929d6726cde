"""The pages of a task's draw (双随机): frozen, deposited for, opened, picked, proved."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any, Final
from urllib.parse import urlencode

from attrs import evolve

from entrypoints.http.errors import FormInvalid
from entrypoints.http.routes import Call, Reply
from entrypoints.http.web.looking import seen
from entrypoints.http.web.pages import HOME, Form, Page, Shown, ask, carry_out, gone_on
from entrypoints.http.web.reading import FLAGS, NO, YES, Field, Kind, read
from entrypoints.http.web.registers import ids_of
from entrypoints.list_tables import names_of
from supervision_core.draws.lists import DRAWS, OUTSIDER_KINDS
from supervision_core.draws.model.changes import CHANGE_TITLES
from supervision_core.draws.model.draw import VERBS
from supervision_core.draws.model.rounds import NamedValue
from supervision_core.draws.model.selection import Action
from supervision_core.draws.services import (
    AdjustDraw,
    ClearDraw,
    CommitNonce,
    CompleteDraw,
    ProveDraw,
    RepeatRound,
    RevealNonce,
    adjust_draw,
    clear_draw,
    commit_nonce,
    complete_draw,
    prove_draw,
    repeat_round,
    reveal_nonce,
)
from supervision_core.draws.services.ceremony import (
    SHOWN_AT_ONCE,
    Ceremony,
    ViewCeremony,
    view_ceremony,
)
from supervision_core.draws.services.rounds import (
    CloseRound,
    ConsentToRedraw,
    DepositNonce,
    EnterPublicValue,
    MoveDeadline,
    OpenRound,
    ReplaceOutsider,
    close_round,
    consent_to_redraw,
    deposit_nonce,
    enter_public_value,
    move_deadline,
    open_round,
    replace_outsider,
)
from supervision_core.identity.services import UseCase
from supervision_core.kernel.days import local_day
from supervision_core.kernel.errors import Violation, refuse_if
from supervision_core.kernel.registers import DEPARTMENT, Ask, FieldType
from supervision_core.kernel.registers import Field as Described
from supervision_core.tasks.lists import TASKS
from supervision_core.tasks.model.drawing import GradeQuota, OfficersDemanded
from supervision_core.tasks.model.sheet import StaffedAt
from supervision_core.tasks.services.drawing import (
    Candidates,
    FreezeTaskDraw,
    freeze_task_draw,
    view_candidates,
)
from supervision_core.tasks.services.pool_showing import SHOWN_AT_ONCE as MOVED_AT_ONCE
from supervision_core.tasks.services.pool_showing import ViewPoolChanges, view_pool_changes
from supervision_core.tasks.services.pooling import GatherPool

DRAW: Final = f"{HOME}/{DRAWS.context}/{DRAWS.plural}/{{draw_id}}"
TASK: Final = f"{HOME}/{TASKS.context}/{TASKS.plural}/{{task_id}}"
_HERE: Final = f"{DRAW}/ceremony"
_CHECK: Final = f"{HOME}/{DRAWS.context}/check"
_UNTIL: Final = time(17)
"""By when on the next working day departments deposit, unless it is said otherwise."""
_LIVE: Final = ("depositing", "closed", "opened", "collecting", "revealing")
_COLOURS: Final = {**dict.fromkeys(_LIVE, "amber"), "cleared": "grey"}
_CONDITIONS: Final = (
    Field(name="uninspected", title="排除任务年度内已检查或已安排检查的对象", kind=Kind.FLAG),
)
_DUE: Final = Field(
    name="due", title="提交随机数的截止时间", kind=Kind.MOMENT, required=True,
    hint="至少留出1小时工作时间；到时仍未提交的部门写入证明，抽取照常进行",
)  # fmt: skip
_LATER: Final = evolve(_DUE, title="顺延后的截止时间", hint="只能顺延一次")
_VALUE: Final = (
    Field(name="public_name", title="公开数值名称", most=60,
          hint="任何人都能查到、事先没有人知道的数值，如中国福利彩票双色球开奖号码"),
    Field(name="public_issue", title="期号", most=60),
    Field(name="public_day", title="公布日期", kind=Kind.DAY, hint="须晚于截止日期"),
)  # fmt: skip
_SEALED: Final = Field(name="sealed", title="密封的随机数", kind=Kind.LONG, required=True,
                       most=1024, hint="十六进制")  # fmt: skip
_PUBLISHED: Final = Field(name="value", title="公布的数值", required=True, most=200,
                          hint="照公布的原文录入；两个部门录入一致才生效")  # fmt: skip
_OTHERWISE: Final = Field(
    name="quotas_because", title="比例或户数与规则不同的理由", kind=Kind.LONG, most=500,
    hint="与分级分类规则相同的不填；理由随抽取留存并公开",
)  # fmt: skip
_DAY: Final = Field(
    name="day", title="资格有效日期", kind=Kind.DAY,
    hint="执法证须在这一天有效；不填的，为任务的结束日期",
)  # fmt: skip
_CAP: Final = Field(name="cap", title="每人最多承担的户数", kind=Kind.NUMBER, hint="不填则不限")
_BY_TEAM: Final = Field(
    name="by_team", title="先抽取执法小组", kind=Kind.CHOICE, choices=FLAGS,
    hint="选“是”的，由随机种子为各部门抽取场景关联的一个执法小组，只从中抽取人员",
)  # fmt: skip
_AGAIN: Final = evolve(_DUE, hint="剔除逾期部门，其余部门重新提交新的随机数")
_COMMITMENT: Final = Field(name="commitment", title="承诺值", required=True, most=64,
                           hint="64位十六进制")  # fmt: skip
_NONCE: Final = Field(name="nonce", title="随机数", required=True, most=64, hint="64位十六进制")
_REASON: Final = Field(name="reason", title="理由", kind=Kind.LONG, required=True, most=500)
_ADJUSTING: Final = (
    Field(name="action", title="调整方式", kind=Kind.CHOICE, required=True,
          choices={"add": "增加", "remove": "剔除"}),
    Field(name="subject", title="监管对象", required=True, offers="subject",
          hint="填写名称、统一社会信用代码，从提示中选择"),
    _REASON,
)  # fmt: skip
_SUBJECT: Final = Described(name="subject", title="监管对象", type=FieldType.LINK, to="subject")
_PLACES: Final = 10


def named(call: Call, kind: str, ids: Iterable[str]) -> Mapping[str, str]:
    """Give what things are called by their ids; what is there no more keeps its id."""
    wanted = sorted(set(ids))
    with call.platform.transactions.begin_looking() as unit:
        found = unit[Ask].resolve(kind, wanted)
    return {one: found[one].name if one in found else one for one in wanted}


def _share(form: Form, name: str, title: str) -> str:
    """Read a percentage as a decimal text from 0 to 1; empty where nothing is filled in."""
    text = form.get(name, "").strip().removesuffix("%")
    if not text:
        return ""
    with suppress(InvalidOperation):
        share = Decimal(text) / 100
        if 0 <= share <= 1 and -share.normalize().as_tuple().exponent <= _PLACES:  # type: ignore[operator]
            return f"{share.normalize():f}"
    raise FormInvalid((Violation("http.wrong_form", name, {"wanted": f"{title}，0至100的数"}),))


def _percent(ratio: str) -> str:
    return f"{(Decimal(ratio) * 100).normalize():f}" if ratio else ""


def link_of(call: Call, found: Any) -> Iterable[Mapping[str, Any]]:
    """Give the link from what a draw says to how it goes on."""
    if call.who.may(view_ceremony.permission):
        yield {"path": _HERE.format(draw_id=found.id), "title": "抽取过程", "kind": "main"}


def _asked(form: Form) -> GatherPool:
    said = read(_CONDITIONS, form)
    return GatherPool(task_id=form["task_id"], uninspected=bool(said["uninspected"]))


def _preparing(call: Call, form: Form) -> Shown:
    """Show of whom is drawn, and ask by which rule; a draw that stands is shown itself."""
    asked = _asked(form)
    found = ask(call, view_candidates, asked)
    if found.stands:
        return Shown(goes_to=_HERE.format(draw_id=found.draw))
    shown = {
        "uninspected": YES if asked.uninspected else NO,
        "due": _next_due(call), **_quotas_of(found), **form,
    }  # fmt: skip
    names = named(call, DEPARTMENT, {
        *found.departments, found.outsider, *(one.department for one in found.officers),
    } - {""})  # fmt: skip
    compulsory = not (found.witnessed and found.outsider)
    values = {
        "title": f"随机抽取：{found.name}", "found": found, "conditions": _CONDITIONS,
        "due": _DUE, "otherwise": _OTHERWISE, "values": shown,
        "sending": _sending_fields(found, names), "staffing": (_DAY, _CAP, _BY_TEAM),
        "here": TASK.format(task_id=found.task_id) + "/draw",
        "departments": [names[one] for one in found.departments],
        "outsider": names.get(found.outsider, ""), "kind": OUTSIDER_KINDS[found.outsider_kind],
        "public_value": [evolve(one, required=compulsory) for one in _VALUE],
        "back": TASK.format(task_id=found.task_id), "grades": _grade_fields(found),
        "total": sum(one.size for one in found.grades) + found.ungraded,
        "change_titles": CHANGE_TITLES,
        **_moved(call, found.task_id, uninspected=asked.uninspected),
    }  # fmt: skip
    return Shown(template="draw_preparing.html", values=values)


def _moved(call: Call, task: str, *, uninspected: bool = False) -> dict[str, Any]:
    """Give whose place in the pool is not as it was, the first of them, for whoever may see it."""
    if not call.who.may(view_pool_changes.permission):
        return {"moved": None}
    asked = ViewPoolChanges(task_id=task, uninspected=uninspected)
    return {"moved": ask(call, view_pool_changes, asked), "most_moved": MOVED_AT_ONCE}


def _grade_fields(found: Candidates) -> list[tuple[Any, list[Field]]]:
    return [
        (one, [
            Field(name=f"g{one.grade}-ratio", title=f"{one.name}抽取比例（%）"),
            Field(name=f"g{one.grade}-count", title=f"{one.name}抽取户数", kind=Kind.NUMBER),
            *([Field(name=f"g{one.grade}-items", title=f"{one.name}检查项比例（%）")]
              if found.items else ()),
        ])
        for one in found.grades
    ]  # fmt: skip


def _sending_fields(found: Candidates, names: Mapping[str, str]) -> list[tuple[str, list[Field]]]:
    """Give for each department how many of it go to each subject, and with what certificate."""
    groups = []
    for place, one in enumerate(found.officers):
        name = names[one.department]
        fields = [Field(name=f"d{place}-count", title=f"{name}每户派几人", kind=Kind.NUMBER)]
        if one.matters:
            fields.append(
                Field(name=f"d{place}-matter", title=f"{name}人员须有的执法领域", kind=Kind.CHOICE,
                      choices={each: each for each in one.matters})
            )  # fmt: skip
        groups.append((f"{name}（可派{one.count}人）", fields))
    if len(found.officers) > 1:
        groups.append(("不分部门", [
            Field(name="any-count", title="另从以上各部门派几人", kind=Kind.NUMBER)
        ]))  # fmt: skip
    return groups


def _demands(form: Form, found: Candidates) -> Iterator[OfficersDemanded]:
    names = [(f"d{place}", (one.department,)) for place, one in enumerate(found.officers)]
    every = tuple(one.department for one in found.officers)
    for name, those in (*names, ("any", every)):
        count = Field(name=f"{name}-count", title="人数", kind=Kind.NUMBER)
        wanted = read((count,), form)[count.name]
        if isinstance(wanted, int) and wanted and those:
            matter = form.get(f"{name}-matter", "").strip()
            yield OfficersDemanded(departments=those, count=wanted, matter=matter)


def _quotas_of(found: Candidates) -> dict[str, str]:
    """Give what the grading rule provides for, as the form shows it."""
    return {
        name: text
        for one in found.grades
        for name, text in (
            (f"g{one.grade}-ratio", _percent(one.ratio)),
            (f"g{one.grade}-items", _percent(one.item_ratio)),
        )
    }


def _chosen(form: Form, found: Candidates) -> tuple[GradeQuota, ...]:
    """Read how many of each grade; a count goes before the ratio beside it."""
    quotas = []
    for one in found.grades:
        count = Field(name=f"g{one.grade}-count", title="抽取户数", kind=Kind.NUMBER)
        number = read((count,), form)[count.name]
        quotas.append(
            GradeQuota(
                grade=one.grade,
                count=number if isinstance(number, int) else None,
                ratio="" if number is not None else _share(form, f"g{one.grade}-ratio", "抽取比例"),
                item_ratio=_share(form, f"g{one.grade}-items", "检查项比例"),
            )
        )
    return tuple(quotas)


def _freeze(call: Call, form: Form) -> Shown:
    """Freeze pool, rule and roster, and go to the ceremony."""
    asked = _asked(form)
    found = ask(call, view_candidates, asked)
    staffing = read((_DAY, _CAP), form)
    day, cap = staffing["day"], staffing["cap"]
    command = FreezeTaskDraw(
        demands=tuple(_demands(form, found)), by_team=form.get(_BY_TEAM.name) == YES,
        day=date.fromisoformat(str(day)) if day else None,
        cap=cap if isinstance(cap, int) else None,
        task_id=asked.task_id, uninspected=asked.uninspected, due=_moment(_DUE, form),
        quotas=_chosen(form, found), quotas_because=form.get(_OTHERWISE.name, ""),
        public_value=_value(form),
    )  # fmt: skip
    draw = carry_out(call, freeze_task_draw, command, changes=None)
    return gone_on(_HERE.format(draw_id=draw), "handled")


def _next_due(call: Call) -> str:
    """Give the next working day at five, as the form shows it."""
    calendar = call.platform.calendars.working_calendar()
    day = calendar.add_working_days(local_day(call.platform.clock.now()), 1)
    return f"{datetime.combine(day, _UNTIL):%Y-%m-%dT%H:%M}"


def _value(form: Form) -> NamedValue | None:
    """Read which public value counts; nothing where nothing is filled in."""
    if not any(form.get(one.name, "").strip() for one in _VALUE):
        return None
    said = read([evolve(one, required=True) for one in _VALUE], form)
    return NamedValue(
        name=str(said["public_name"]), issue=str(said["public_issue"]),
        day=date.fromisoformat(str(said["public_day"])),
    )  # fmt: skip


def _value_needed(form: Form) -> NamedValue:
    found = _value(form)
    if found is None:
        wanted = {"wanted": "公开数值的名称、期号和公布日期"}
        raise FormInvalid((Violation("http.wrong_form", _VALUE[0].name, wanted),))
    return found


def _moment(field: Field, form: Form) -> datetime:
    said = read((field,), form)[field.name]
    if said is None:
        wanted = {"wanted": "日期和时间，如2026-01-31 08:00"}
        raise FormInvalid((Violation("http.wrong_form", field.name, wanted),))
    return datetime.fromisoformat(str(said))


def show(call: Call, form: Form) -> Shown:
    """Show how far a draw is, and what the own department does now."""
    first = _first(form)
    found = ask(call, view_ceremony, ViewCeremony(draw_id=form["draw_id"], first=first))
    task = seen(call, TASKS, found.task) if found.seed and found.task else None
    of_task = task is not None and task.content.draw == found.draw_id
    added = task.content.additions if task is not None and of_task else ()
    names = named(call, DEPARTMENT, {
        found.lead, *(one.department for one in added),
        *(one for each in found.rounds for one in (*each.contributors, *each.late)),
        *(found.round.public_value.entered_by
          if found.round and found.round.public_value else ()),
    })  # fmt: skip
    called = _called(call, found)
    own = call.who.department
    mine = next((one for one in found.contributions if one.department == own), None)
    allowed = {one.permission for one in found.allowed}
    base = DRAW.format(draw_id=found.draw_id)
    values = {
        "title": f"随机抽取：{called}", "found": found, "base": base,
        "here": f"{base}/ceremony",
        "task_page": TASK.format(task_id=found.task) if found.task else "",
        "state": {"text": str(VERBS.states[found.state]),
                  "colour": _COLOURS.get(found.state, "green")},
        "live": found.state in _LIVE, "names": names, "own": own, "mine": mine,
        "at_claim": task is not None and task.content.staffed is StaffedAt.CLAIM,
        "allowed": allowed, "stage": _stage(found), "commitment": _COMMITMENT, "nonce": _NONCE,
        "again_due": _AGAIN, "adjusting": _ADJUSTING, "reason": _REASON, "sealed": _SEALED,
        "later": (_LATER, _REASON), "published": _PUBLISHED, "public_value": _VALUE,
        "kinds": OUTSIDER_KINDS, "today": local_day(call.platform.clock.now()),
        "values": {"due": _next_due(call), **form}, "version": found.version,
        "users": named(call, "user", {
            who for one in (*found.adjustments, *added) for who in (one.by, one.approver) if who
        }),
        "added": added, "firms": names_of(task).get("subject", {}) if task else {},
        "numbered": _numbered(found, task.content.draw_marks if task and of_task else ()),
        "first": first, "pages": _pages(base, first, found.selection), "last": min(
            first + SHOWN_AT_ONCE, found.selection), "change_titles": CHANGE_TITLES,
        **(_moved(call, found.task) if _is_of_task(call, found) else {"moved": None}),
    }  # fmt: skip
    return Shown(template="ceremony.html", values=values)


def _numbered(found: Ceremony, marks: Sequence[str]) -> list[tuple[str, str]]:
    """Give which draw it is, with the ``marks`` that the whole task gives it, where it is there."""
    told = {one.title: one.text for one in found.numbered}
    return list((told | ({"标记": "、".join(marks)} if marks else {})).items())


def _called(call: Call, found: Ceremony) -> str:
    """Give what a draw is called: as its task, or as its own pool where it has none."""
    if not found.task:
        return "自备名单"
    return found.called or named(call, "task", [found.task])[found.task]


def _is_of_task(call: Call, found: Ceremony) -> bool:
    """Tell whether the draw is the one on which its task rests."""
    task = seen(call, TASKS, found.task) if found.task else None
    return task is not None and task.content.draw == found.draw_id


def _first(form: Form) -> int:
    said = form.get("first", "")
    return int(said) if re.fullmatch(r"[0-9]{1,9}", said) else 0


def _stage(found: Ceremony) -> str:
    """Tell what the page offers; once that changes, it is opened anew."""
    acts = (one.permission for one in found.allowed)
    awaits = found.round is not None and found.round.consent_awaited
    told = (found.state, len(found.rounds), found.overdue, not found.missing, awaits)
    return "/".join((*map(str, told), *acts))


def _pages(base: str, first: int, count: int) -> list[dict[str, Any]]:
    wanted = (("上一页", first - SHOWN_AT_ONCE), ("下一页", first + SHOWN_AT_ONCE))
    return [
        {"title": title, "path": f"{base}/ceremony?{urlencode({'first': at})}#selected"}
        for title, at in wanted
        if 0 <= at < count
    ]


def _act(
    call: Call, form: Form, case: UseCase[Any, Any], command: Any, *, seen: bool = True
) -> Shown:
    changes = ("draw", form["draw_id"]) if seen else None
    carry_out(call, case, command, changes=changes)
    return gone_on(_HERE.format(draw_id=form["draw_id"]), "handled")


def _hexed(field: Field, form: Form) -> bytes:
    try:
        return bytes.fromhex(form.get(field.name, "").strip())
    except ValueError:
        wanted = {"wanted": "64位十六进制数字"}
        raise FormInvalid((Violation("http.wrong_form", field.name, wanted),)) from None


def _deposit(call: Call, form: Form) -> Shown:
    command = DepositNonce(
        draw_id=form["draw_id"], commitment=_hexed(_COMMITMENT, form), sealed=_hexed(_SEALED, form)
    )
    return _act(call, form, deposit_nonce, command, seen=False)


def _close(call: Call, form: Form) -> Shown:
    return _act(call, form, close_round, CloseRound(draw_id=form["draw_id"]), seen=False)


def _consent(call: Call, form: Form) -> Shown:
    return _act(call, form, consent_to_redraw, ConsentToRedraw(draw_id=form["draw_id"]))


def _enter_value(call: Call, form: Form) -> Shown:
    said = read((_PUBLISHED,), form)
    command = EnterPublicValue(draw_id=form["draw_id"], value=str(said["value"]))
    return _act(call, form, enter_public_value, command, seen=False)


def _open(call: Call, form: Form) -> Shown:
    return _act(call, form, open_round, OpenRound(draw_id=form["draw_id"]), seen=False)


def _move(call: Call, form: Form) -> Shown:
    command = MoveDeadline(
        draw_id=form["draw_id"], due=_moment(_LATER, form),
        reason=str(read((_REASON,), form)["reason"]), public_value=_value(form),
    )  # fmt: skip
    return _act(call, form, move_deadline, command)


def _replace(call: Call, form: Form) -> Shown:
    command = ReplaceOutsider(draw_id=form["draw_id"], public_value=_value_needed(form))
    return _act(call, form, replace_outsider, command)


def _commit(call: Call, form: Form) -> Shown:
    command = CommitNonce(draw_id=form["draw_id"], commitment=_hexed(_COMMITMENT, form))
    return _act(call, form, commit_nonce, command, seen=False)


def _reveal(call: Call, form: Form) -> Shown:
    command = RevealNonce(draw_id=form["draw_id"], nonce=_hexed(_NONCE, form))
    return _act(call, form, reveal_nonce, command, seen=False)


def _complete(call: Call, form: Form) -> Shown:
    return _act(call, form, complete_draw, CompleteDraw(draw_id=form["draw_id"]), seen=False)


def _repeat(call: Call, form: Form) -> Shown:
    command = RepeatRound(draw_id=form["draw_id"], due=_moment(_AGAIN, form))
    return _act(call, form, repeat_round, command)


def _adjust(call: Call, form: Form) -> Shown:
    ask(call, view_ceremony, ViewCeremony(draw_id=form["draw_id"]))  # before names are looked up
    said = read(_ADJUSTING, form)
    faults: list[Violation] = []
    subject = str(ids_of(call, _SUBJECT, said["subject"], faults)) if said["subject"] else ""
    if faults and Action(str(said["action"])) is Action.REMOVE:
        faults, subject = [], str(said["subject"])  # what was drawn may be closed by now
    refuse_if(FormInvalid, faults)
    command = AdjustDraw(
        draw_id=form["draw_id"], action=Action(str(said["action"])), subject=subject,
        reason=str(said["reason"]),
    )  # fmt: skip
    return _act(call, form, adjust_draw, command)


def _clear(call: Call, form: Form) -> Shown:
    command = ClearDraw(draw_id=form["draw_id"], reason=str(read((_REASON,), form)["reason"]))
    return _act(call, form, clear_draw, command)


def _proof(call: Call, form: Form) -> Shown:
    """Give the proof as a file; under no key, since what was answered under one is kept."""
    asked = ProveDraw(draw_id=form["draw_id"])
    proof = call.platform.commands.run(prove_draw, asked, actor=call.who)
    content = json.dumps(proof, ensure_ascii=False, indent=1).encode()
    name = f"draw-proof-{form['draw_id']}.json"
    return Shown(file=Reply(value=iter([content]), filename=name, media="application/json",
                            length=len(content)))  # fmt: skip


def _check(_call: Call, _form: Form) -> Shown:
    """Show where anybody's proof is checked: the browser does it."""
    return Shown(template="draw_check.html", values={"title": "核对抽取"})


_ACTS: Final[Mapping[str, tuple[UseCase[Any, Any], Callable[[Call, Form], Shown]]]] = {
    "deposit": (deposit_nonce, _deposit),
    "close": (close_round, _close),
    "consent": (consent_to_redraw, _consent),
    "value": (enter_public_value, _enter_value),
    "open": (open_round, _open),
    "move": (move_deadline, _move),
    "outsider": (replace_outsider, _replace),
    "commit": (commit_nonce, _commit),
    "reveal": (reveal_nonce, _reveal),
    "complete": (complete_draw, _complete),
    "repeat": (repeat_round, _repeat),
    "adjust": (adjust_draw, _adjust),
    "clear": (clear_draw, _clear),
}
CEREMONY_PAGES: tuple[Page, ...] = (
    Page(method="GET", path=f"{TASK}/draw", name="page_draw_preparing",
         access=view_candidates.permission, run=_preparing,
         carries=(freeze_task_draw.permission,)),
    Page(method="POST", path=f"{TASK}/draw", name="page_draw_freeze",
         access=freeze_task_draw.permission, run=_freeze, again=_preparing),
    Page(method="GET", path=_HERE, name="page_ceremony", access=view_ceremony.permission,
         run=show, carries=tuple(VERBS.permission(one) for one in VERBS.verbs)),
    *(
        Page(method="POST", path=f"{_HERE}/{name}", name=f"page_ceremony_{name}",
             access=case.permission, run=run, again=show)
        for name, (case, run) in _ACTS.items()
    ),
    Page(method="GET", path=f"{DRAW}/proof", name="page_draw_proof",
         access=prove_draw.permission, run=_proof, audited=True, gives_out=True,
         carries=(prove_draw.permission,)),
    Page(method="GET", path=_CHECK, name="page_draw_check", access=view_ceremony.permission,
         run=_check, menu=("一业一查", "核对抽取"), step=3, icon="ti-checklist"),
)  # fmt: skip
"""One draw from the pool to the proof, and where proofs are checked."""
