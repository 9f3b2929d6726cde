"""Officers and teams as lists show them, and what each says."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any, Final

from attrs import evolve, field, frozen

from supervision_core.identity.model import Placement
from supervision_core.kernel.days import local_day
from supervision_core.kernel.fields import said
from supervision_core.kernel.listing import (
    Act,
    Criterion,
    ListQuery,
    Match,
    Referred,
    both_ways,
)
from supervision_core.kernel.ports import UnitOfWork
from supervision_core.kernel.registers import (
    Ask,
    Extras,
    choice,
    day,
    department,
    described,
    extras,
    flag,
    integer,
    link,
    links,
    masked,
    moment,
    region,
    rows,
    text,
    texts,
)
from supervision_core.kernel.registers.tables import cell_of
from supervision_core.kernel.tones import bad, good, waiting
from supervision_core.officers.model import (
    Officer,
    OfficerState,
    Team,
    TeamKind,
)
from supervision_core.officers.model.proposal import REGISTERS, Proposal, ProposalState
from supervision_core.officers.ports import Officers, Proposals, Teams
from supervision_core.officers.registers import (
    ASSOCIATIONS,
    INSTITUTIONS,
    OFFICER_ELEMENTS,
)
from supervision_core.officers.rows import STATES, OfficerRow, officer_row

_MENU: Final = "执法力量"
TEAM_KINDS: Final[Mapping[str, str]] = {
    TeamKind.ENFORCEMENT: "执法小组", TeamKind.RISK: "风险小组", TeamKind.CREDIT: "信用小组",
}  # fmt: skip
REVIEW_KINDS: Final[Mapping[str, str]] = {
    kind: TEAM_KINDS[kind] for kind in (TeamKind.RISK, TeamKind.CREDIT)
}


@frozen(kw_only=True)
class OfficerBeside:
    """What officers are asked for beside what their rows show."""

    certificates: tuple[str, ...] = texts("执法证号")


@frozen(kw_only=True)
class CertificateView:
    """A certificate of an officer."""

    number: str = text("执法证号", required=True)
    issuer: str = text("发证机关")
    regions: tuple[str, ...] = links("执法区域", "region")
    matters: tuple[str, ...] = texts("执法类别")
    valid_from: date | None = day("有效期自")
    valid_to: date | None = day("有效期至")


@frozen(kw_only=True)
class OfficerView:
    """What the library says of an officer; what is personal and interests stay away."""

    name: str = text("姓名", required=True)
    state: OfficerState = choice("状态", STATES, required=True)
    phone: str = text("联系电话")
    sex: str = text("性别")
    employer: str = text("所属主体（受委托组织）")
    body_code: str = text("所属主体编码")
    nature: str = text("执法人员性质")
    rank: str = text("职级")
    supervises: bool = flag("是否监督人员")
    lawyer: bool = flag("是否具有法律职业资格")
    department: str = department("所属部门", required=True)
    region: str = region("行政区划", required=True)
    account: str = text("关联账号")
    teams: tuple[str, ...] = links("执法小组", "team")
    leads: bool = flag("是否组长")
    certificates: tuple[CertificateView, ...] = rows("执法证件", CertificateView)
    extras: Extras = extras()


def _officer_view(one: Officer) -> OfficerView:
    draft = one.draft
    return OfficerView(
        name=one.name, state=one.state, department=one.department, employer=draft.body,
        region=one.region, phone=one.contact.masked_phone, sex=one.contact.sex,
        body_code=draft.employment.body_code, nature=draft.employment.nature,
        rank=draft.employment.rank, supervises=draft.employment.supervises,
        lawyer=draft.employment.lawyer, account=one.user, extras=draft.extras,
        certificates=tuple(
            CertificateView(
                number=each.number, regions=tuple(sorted(each.regions)),
                matters=tuple(sorted(each.matters)), valid_from=each.valid_from,
                valid_to=each.valid_to, issuer=each.issuer,
            )
            for each in one.certificates
        ),
    )  # fmt: skip


def _completed(unit: UnitOfWork, one: Officer, said: OfficerView) -> OfficerView:
    """Say under which account the officer acts, and in which 执法小组, perhaps as their leader."""
    found = [
        each
        for each in unit[Teams].of_officer(one.id)
        if each.kind is TeamKind.ENFORCEMENT and not each.deleted
    ]
    leads = any(each.leader == one.id for each in found)
    account = unit[Ask].resolve("user", [one.user]).get(one.user) if one.user else None
    return evolve(
        said, teams=tuple(each.id for each in found), leads=leads,
        account="" if account is None else account.text,
    )  # fmt: skip


OFFICERS: Final = ListQuery(
    name="officers.officer",
    plural="officers",
    title="执法人员",
    menu=_MENU,
    port=Officers,
    referred=Referred("name", "certificate", also="certificates", owned=True),
    across=True,
    cls=Officer,
    row=OfficerRow,
    row_of=officer_row,
    placed=lambda one: Placement(region=one.region, departments=one.departments),
    listed=lambda one: one.state is not OfficerState.DELETED,
    elements=(OFFICER_ELEMENTS,),
    orders=both_ways("name"),
    criteria=(
        Criterion("name", Match.HOLDS),
        Criterion("certificates"),
        Criterion("state"),
        Criterion("department"),
        Criterion("region", Match.BEGINS),
    ),
    beside=OfficerBeside,
    facts=lambda one: OfficerBeside(
        certificates=tuple(sorted(each.number for each in one.certificates))
    ),
    view=OfficerView,
    viewed=_officer_view,
    fits={
        "officers.suspend": lambda one: one.state is OfficerState.ACTIVE,
        "officers.resume": lambda one: one.state is OfficerState.SUSPENDED,
        "officers.tie_account": lambda one: not one.user and one.state is not OfficerState.LEFT,
        "officers.untie_account": lambda one: bool(one.user),
    },
    completed=_completed,
)


@frozen(kw_only=True)
class TeamRow:
    """One line of a list of teams. Source: proposal 6.4.2.2.2.2."""

    id: str = field(metadata=said("编号", example="0123abcd"))
    name: str = text("小组名称", required=True)
    members: int = integer("关联人数", required=True)
    leader: str = link("组长", "officer")
    department: str = department("所属部门")
    region: str = region("行政区划", required=True)
    order: int = integer("排序值", required=True)


@frozen(kw_only=True)
class ReviewGroupRow:
    """One line of a list of review groups. Source: proposal 6.4.2.2.2.5."""

    id: str = field(metadata=said("编号", example="0123abcd"))
    name: str = text("小组名称", required=True)
    kind: TeamKind = choice("小组类型", REVIEW_KINDS, required=True)
    members: int = integer("关联人数", required=True)
    leader: str = link("组长", "officer")
    region: str = region("行政区划", required=True)
    order: int = integer("排序值", required=True)


@frozen(kw_only=True)
class TeamBeside:
    """What review groups are asked for beside what their rows show."""

    department: str = department("所属部门")


@frozen(kw_only=True)
class TeamView:
    """What a team consists of."""

    name: str = text("小组名称", required=True)
    kind: TeamKind = choice("小组类型", TEAM_KINDS, required=True)
    region: str = region("行政区划", required=True)
    department: str = department("所属部门")
    leader: str = link("组长", "officer")
    members: tuple[str, ...] = links("成员", "officer")
    order: int = integer("排序值", required=True)


def _of(one: Team) -> str:
    return next(iter(sorted(one.departments)), "")


def _team_view(one: Team) -> TeamView:
    return TeamView(
        name=one.name, kind=one.kind, region=one.region, department=_of(one),
        leader=one.leader or "", members=tuple(sorted(one.members)), order=one.order,
    )  # fmt: skip


_ACTS_OF_TEAMS: Final = (Act("change_team", "修改"), Act("delete_team", "删除"))
TEAMS: Final = ListQuery(
    name="officers.team",
    plural="teams",
    title="执法小组",
    menu=_MENU,
    port=Teams,
    referred=Referred("name", owned=True),
    across=True,
    cls=Team,
    row=TeamRow,
    row_of=lambda one: TeamRow(
        id=one.id, name=one.name, members=len(one.members), leader=one.leader or "",
        department=_of(one), region=one.region, order=one.order,
    ),
    placed=lambda one: Placement(region=one.region, departments=one.departments),
    listed=lambda one: not one.deleted and one.kind is TeamKind.ENFORCEMENT,
    orders=(*both_ways("order"), *both_ways("name")),
    criteria=(
        Criterion("name", Match.HOLDS),
        Criterion("department"),
        Criterion("region", Match.BEGINS),
    ),
    view=TeamView,
    viewed=_team_view,
    adds=("officers.create_team",),
    acts=_ACTS_OF_TEAMS,
)  # fmt: skip
REVIEW_GROUPS: Final = ListQuery(
    name="officers.review_group",
    plural="review_groups",
    title="综合小组",
    menu=_MENU,
    port=Teams,
    across=True,
    cls=Team,
    row=ReviewGroupRow,
    row_of=lambda one: ReviewGroupRow(
        id=one.id,
        name=one.name,
        kind=one.kind,
        members=len(one.members),
        leader=one.leader or "",
        region=one.region,
        order=one.order,
    ),
    placed=lambda one: Placement(region=one.region, departments=one.departments),
    listed=lambda one: not one.deleted and one.kind is not TeamKind.ENFORCEMENT,
    orders=(*both_ways("order"), *both_ways("name")),
    criteria=(
        Criterion("name", Match.HOLDS),
        Criterion("kind"),
        Criterion("department"),
        Criterion("region", Match.BEGINS),
    ),
    beside=TeamBeside,
    facts=lambda one: TeamBeside(department=_of(one)),
    view=TeamView,
    viewed=_team_view,
    acts=_ACTS_OF_TEAMS,
)


STATES_OF_PROPOSALS: Final[Mapping[str, str]] = {
    ProposalState.WAITING: waiting("待办理"), ProposalState.ACCEPTED: good("已同意"),
    ProposalState.REFUSED: bad("不同意"),
}  # fmt: skip
SUBJECTS_OF_PROPOSALS: Final[Mapping[str, str]] = {
    one.name: one.title for one in REGISTERS.values()
}
ACTS: Final[Mapping[str, str]] = {"add": "新增", "change": "修改", "delete": "删除"}


@frozen(kw_only=True)
class ProposalRow:
    """One line of a list of what institutions and associations propose."""

    id: str = field(metadata=said("编号", example="0123abcd"))
    institution: str = link("第三方机构", INSTITUTIONS.name)
    association: str = link("行业协会", ASSOCIATIONS.name)
    subject: str = choice("变更对象", SUBJECTS_OF_PROPOSALS, required=True)
    act: str = choice("变更方式", ACTS, required=True)
    state: ProposalState = choice("状态", STATES_OF_PROPOSALS, required=True)
    proposed_on: date = day("申请日期", required=True)
    reason: str = text("不同意的理由")


@frozen(kw_only=True)
class ProposedValue:
    """What a field shall say."""

    title: str = text("项目", required=True)
    value: str = text("变更后的内容", required=True)


@frozen(kw_only=True)
class ProposalView:
    """What an institution or association proposes; phones are masked until it is accepted."""

    institution: str = link("第三方机构", INSTITUTIONS.name)
    association: str = link("行业协会", ASSOCIATIONS.name)
    subject: str = choice("变更对象", SUBJECTS_OF_PROPOSALS, required=True)
    act: str = choice("变更方式", ACTS, required=True)
    about: str = text("名称或姓名", required=True)
    state: ProposalState = choice("状态", STATES_OF_PROPOSALS, required=True)
    proposed_by: str = link("申请人", "user", required=True)
    proposed_at: datetime = moment("申请时间", required=True)
    decided_by: str = link("办理人", "user")
    decided_at: datetime | None = moment("办理时间")
    reason: str = text("不同意的理由")
    values: tuple[ProposedValue, ...] = rows("变更后的内容", ProposedValue)


def _act(one: Proposal) -> str:
    return "delete" if one.content is None else "change" if one.entry else "add"


def _proposal_row(one: Proposal) -> ProposalRow:
    return ProposalRow(
        id=one.id, institution=one.institution, association=one.association,
        subject=one.register, act=_act(one), state=one.state, proposed_on=local_day(one.at),
        reason=one.reason,
    )  # fmt: skip


def _proposal_view(one: Proposal) -> ProposalView:
    return ProposalView(
        institution=one.institution, association=one.association,
        subject=one.register, act=_act(one), about=one.label, state=one.state,
        proposed_by=one.by, proposed_at=one.at, decided_by=one.decided_by,
        decided_at=one.decided_at, reason=one.reason, values=tuple(_values(one)),
    )  # fmt: skip


def _values(one: Proposal) -> Iterator[ProposedValue]:
    if one.content is None:
        return
    shown: Any = masked(one.content, but=frozenset({"name"}))
    for each in described(type(shown)):
        value = cell_of(each, getattr(shown, each.name), {})
        if value is not None and each.to is None:
            yield ProposedValue(title=each.title, value=str(value))


PROPOSALS: Final = ListQuery(
    name="officers.proposal",
    plural="proposals",
    title="机构变更申请",
    menu=_MENU,
    port=Proposals,
    cls=Proposal,
    row=ProposalRow,
    row_of=_proposal_row,
    placed=lambda one: Placement(
        region=one.region, departments=one.departments, parties=frozenset({one.party})
    ),
    orders=tuple(reversed(both_ways("proposed_on"))),
    criteria=(
        Criterion("institution"),
        Criterion("subject"),
        Criterion("state"),
        Criterion("proposed_on", Match.BETWEEN),
        Criterion("association"),
    ),
    view=ProposalView,
    viewed=_proposal_view,
    fits=dict.fromkeys(
        ("officers.accept_proposal", "officers.refuse_proposal"),
        lambda one: one.state is ProposalState.WAITING,
    ),
)
