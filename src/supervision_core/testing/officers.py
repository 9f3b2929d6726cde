"""Fully filled examples of the officers context. Names and numbers are invented."""

from datetime import UTC, date, datetime

from supervision_core.officers.model import (
    Certificate,
    ContactData,
    Interest,
    InterestKind,
    Officer,
    OfficerDraft,
    OfficerState,
    Release,
    Team,
    TeamKind,
)
from supervision_core.officers.model.proposal import Proposal, ProposalState
from supervision_core.officers.registers import INSTITUTION_PEOPLE, InstitutionPersonContent


def full_officer_draft(number: str = "45010000001") -> OfficerDraft:
    """Give a draft with every field filled."""
    return OfficerDraft(
        name="王示例",
        department="市场监管",
        region="450100",
        certificates=(
            Certificate(
                number=number,
                regions=frozenset({"450100", "451400"}),
                matters=frozenset({"食品", "乳品"}),
                valid_from=date(2024, 1, 1),
                valid_to=date(2028, 12, 31),
            ),
        ),
        body="南宁市市场监管综合行政执法支队",
        contact=ContactData(
            phone="19900000002",
            identity_card="450103198501010000",
            sex="男",
            address="南宁市青秀区示例路9号",
        ),
        legal_persons=frozenset({"王示例甲"}),
    )


def full_officer(id: str = "officer-1", number: str = "45010000001") -> Officer:
    """Give a suspended officer with every field filled."""
    draft = full_officer_draft(number)
    return Officer(
        id=id,
        name=draft.name,
        department=draft.department,
        region=draft.region,
        certificates=draft.certificates,
        body=draft.body,
        contact=draft.contact,
        legal_persons=draft.legal_persons,
        interests=(
            Interest(
                subject_code="91450100MA5K000017",
                kind=InterestKind.KINSHIP,
                declared_on=date(2026, 1, 5),
                note="亲属任职",
                entered_by="keeper-1",
                entered_at=datetime(2026, 1, 6, 4, 0, tzinfo=UTC),
            ),
        ),
        state=OfficerState.SUSPENDED,
        user=f"account-{id}",
        released=Release(user=f"account-{id}-before", by="admin.system"),
        renumbered=True,
    )


def full_team(id: str = "team-1") -> Team:
    """Give a team with every field filled."""
    return Team(
        id=id,
        name="乳品执法小组",
        kind=TeamKind.RISK,
        region="450100",
        department="市场监管",
        members=frozenset({"officer-1", "officer-2"}),
        leader="officer-1",
        order=4,
        deleted=True,
    )


def full_proposal(id: str = "proposal-1") -> Proposal:
    """Give a proposal with every field filled."""
    return Proposal(
        id=id,
        institution="institution-1",
        association="association-1",
        region="450100",
        department="d-city",
        register=INSTITUTION_PEOPLE.name,
        entry="person-1",
        seen=2,
        label="赵示例",
        content=InstitutionPersonContent(
            institution="institution-1", name="赵示例", phone="13900000001", head=True,
            qualified=True, user="u-1",
        ),
        by="u-1",
        at=datetime(2026, 3, 2, 4, 0, tzinfo=UTC),
        state=ProposalState.REFUSED,
        decided_by="u-2",
        decided_at=datetime(2026, 3, 3, 4, 0, tzinfo=UTC),
        reason="示例",
    )  # fmt: skip
