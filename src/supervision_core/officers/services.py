"""What is done with officers and teams."""

from collections.abc import Mapping

from attrs import evolve, frozen

from supervision_core.identity.model import Purpose
from supervision_core.identity.services import Work, use_case
from supervision_core.kernel.canonical import Json
from supervision_core.kernel.errors import Refused, Violation
from supervision_core.officers.intake import OfficerEntry
from supervision_core.officers.model import (
    ContactData,
    Interest,
    Officer,
    OfficerDraft,
    OfficerInvalid,
    OfficersImported,
    Team,
    TeamKind,
)
from supervision_core.officers.ports import OfficerFilter, OfficerQueries, Officers, Teams


def _officer(work: Work, id: str) -> Officer:
    officer = work[Officers].get(id)
    work.reach("officer", officer.id, region=officer.region, departments=officer.departments)
    return officer


def _team(work: Work, id: str) -> Team:
    team = work[Teams].get(id)
    work.reach("team", team.id, region=team.region, departments=team.departments)
    return team


@frozen(kw_only=True)
class RegisterOfficer:
    """What is known of an officer nobody has registered yet."""

    draft: OfficerDraft


@use_case("officers.register")
def register_officer(work: Work, cmd: RegisterOfficer) -> str:
    """Take one officer into the library; no certificate belongs to two officers."""
    draft = cmd.draft
    work.reach(
        "region", draft.region, region=draft.region, departments=frozenset({draft.department})
    )
    if work[Officers].find_by_certificates([one.number for one in draft.certificates]):
        raise OfficerInvalid((Violation("officers.certificate_registered", "certificates"),))
    officer = Officer.register(draft, id=work.ids.next_id(), at=work.now)
    work.save(Officers, officer)
    return officer.id


@frozen(kw_only=True)
class ImportOfficers:
    """At most 1,000 officers of a table, read and understood."""

    entries: tuple[OfficerEntry, ...]


@use_case("officers.import")
def import_officers(work: Work, cmd: ImportOfficers) -> Mapping[str, Json]:
    """Take officers in: new ones are registered, changed ones corrected.

    Told twice, it changes nothing the second time. Answers how many were ``added``, ``changed``
    and the ``same``, and the rows ``refused`` with the code of each reason.
    """
    numbers = [one.number for entry in cmd.entries for one in entry.draft.certificates]
    known = {
        one.number: officer
        for officer in work[Officers].find_by_certificates(numbers)
        for one in officer.certificates
    }
    added: list[Officer] = []
    changed: list[Officer] = []
    refused: list[Json] = []
    rows_refused = 0
    for entry in cmd.entries:
        try:
            officer = _holder(known, entry.draft)
            _refuse_foreign(work, entry.draft, officer)
            if officer is None:
                added.append(Officer.from_draft(entry.draft, id=work.ids.next_id()))
            elif officer.correct(entry.draft):
                changed.append(officer)
        except Refused as error:
            rows_refused += 1
            refused.extend({"row": entry.row, "code": one.code} for one in error.reasons)
    _save_batch(work, added, changed)
    return {
        "added": len(added),
        "changed": len(changed),
        "same": len(cmd.entries) - len(added) - len(changed) - rows_refused,
        "refused": refused,
    }


def _holder(known: Mapping[str, Officer], draft: OfficerDraft) -> Officer | None:
    """Give the officer who holds these certificates; two of them cannot be one person."""
    numbers = {one.number for one in draft.certificates}
    holders = {known[number].id: known[number] for number in numbers & known.keys()}
    if len(holders) > 1:
        raise OfficerInvalid((Violation("officers.certificate_registered", "certificates"),))
    return next(iter(holders.values()), None)


def _refuse_foreign(work: Work, draft: OfficerDraft, officer: Officer | None) -> None:
    scope = work.actor.scope
    fits = scope.covers(region=draft.region, departments=frozenset({draft.department}))
    if officer is not None:
        fits = fits and scope.covers(region=officer.region, departments=officer.departments)
    if not fits:
        raise OfficerInvalid((Violation("officers.out_of_scope", "region"),))


def _save_batch(work: Work, added: list[Officer], changed: list[Officer]) -> None:
    batch = [*added, *changed]
    if not batch:
        return
    work[Officers].save_all(batch)
    for officer in batch:
        work.wrote("officer", officer.id, officer.version)
    work.unit.emit(
        OfficersImported(
            at=work.now,
            added=tuple(officer.id for officer in added),
            changed=tuple(officer.id for officer in changed),
        )
    )


@frozen(kw_only=True)
class DeclareInterest:
    """An officer's link with a subject."""

    officer_id: str
    interest: Interest


@use_case("officers.declare_interest")
def declare_interest(work: Work, cmd: DeclareInterest) -> str:
    """Record an officer's link with a subject; he is then never sent to it."""
    officer = _officer(work, cmd.officer_id)
    officer.declare(cmd.interest)
    work.save(Officers, officer)
    return officer.id


@frozen(kw_only=True)
class SuspendOfficer:
    """The officer not to be sent out for now."""

    officer_id: str


@use_case("officers.suspend")
def suspend_officer(work: Work, cmd: SuspendOfficer) -> str:
    """Keep an officer out of every draw until he is resumed."""
    officer = _officer(work, cmd.officer_id)
    officer.suspend(at=work.now)
    work.save(Officers, officer)
    return officer.id


@frozen(kw_only=True)
class ResumeOfficer:
    """The officer to be sent out again."""

    officer_id: str


@use_case("officers.resume")
def resume_officer(work: Work, cmd: ResumeOfficer) -> str:
    """Let a suspended officer be drawn again."""
    officer = _officer(work, cmd.officer_id)
    officer.resume()
    work.save(Officers, officer)
    return officer.id


@frozen(kw_only=True)
class ShowContact:
    """The officer whose contact data is wanted, and what for."""

    officer_id: str
    purpose: Purpose


@frozen(kw_only=True)
class ContactView:
    """An officer's contact data in the clear."""

    id: str
    contact: ContactData


@use_case("officers.show_contact")
def show_contact(work: Work, about: ShowContact) -> ContactView:
    """Show how to reach an officer; the log keeps who looked at whom, and what for.

    Source: 个人信息保护法 第6条, 第51条; proposal 6038-6040.
    """
    officer = _officer(work, about.officer_id)
    work.wrote("officer", officer.id)
    work.note(purpose=about.purpose)
    return ContactView(id=officer.id, contact=officer.contact)


@frozen(kw_only=True)
class CreateTeam:
    """A new team's name, kind and owner."""

    name: str
    kind: TeamKind
    region: str
    department: str = ""
    order: int = 0


@use_case("officers.create_team")
def create_team(work: Work, cmd: CreateTeam) -> str:
    """Make a team without members."""
    team = Team.create(
        id=work.ids.next_id(),
        name=cmd.name,
        kind=cmd.kind,
        region=cmd.region,
        department=cmd.department,
        order=cmd.order,
    )
    work.reach("region", team.region, region=team.region, departments=team.departments)
    work.save(Teams, team)
    return team.id


@frozen(kw_only=True)
class JoinTeam:
    """Officers to add to a team."""

    team_id: str
    officer_ids: frozenset[str]


@use_case("officers.join_team")
def join_team(work: Work, cmd: JoinTeam) -> int:
    """Add officers to a team and give how many are new to it; unknown ones are refused."""
    team = _team(work, cmd.team_id)
    for one in sorted(cmd.officer_ids):
        work[Officers].get(one)
    joined = team.join(cmd.officer_ids)
    work.save(Teams, team)
    return joined


@frozen(kw_only=True)
class JoinTeamByQuery:
    """A team, and the query all of whose officers it takes in."""

    team_id: str
    filter: OfficerFilter


@use_case("officers.join_team_by_query")
def join_team_by_query(work: Work, cmd: JoinTeamByQuery) -> int:
    """关联所有查询结果 (join_team_by_query): add every officer within reach that a query shows."""
    team = _team(work, cmd.team_id)
    wanted = evolve(cmd.filter, reach=work.actor.scope.predicate())
    joined = team.join(frozenset(work[OfficerQueries].ids(wanted)))
    work.save(Teams, team)
    return joined


@frozen(kw_only=True)
class LeaveTeam:
    """Officers to remove from a team."""

    team_id: str
    officer_ids: frozenset[str]


@use_case("officers.leave_team")
def leave_team(work: Work, cmd: LeaveTeam) -> int:
    """Remove officers from a team and give how many were members."""
    team = _team(work, cmd.team_id)
    left = team.dismiss(cmd.officer_ids)
    work.save(Teams, team)
    return left


@frozen(kw_only=True)
class AppointLeader:
    """The member to lead a team."""

    team_id: str
    officer_id: str


@use_case("officers.appoint_leader")
def appoint_leader(work: Work, cmd: AppointLeader) -> str:
    """Let a member lead his team."""
    team = _team(work, cmd.team_id)
    team.appoint(cmd.officer_id)
    work.save(Teams, team)
    return team.id


@frozen(kw_only=True)
class DeleteTeam:
    """The team to take off every list."""

    team_id: str


@use_case("officers.delete_team")
def delete_team(work: Work, cmd: DeleteTeam) -> str:
    """Take a team off every list."""
    team = _team(work, cmd.team_id)
    team.delete()
    work.save(Teams, team)
    return team.id
