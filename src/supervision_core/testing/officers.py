"""Fully filled examples of the officers context. Names and numbers are invented."""

from datetime import date

from supervision_core.officers.model import (
    Association,
    Certificate,
    ContactData,
    Institution,
    InstitutionSort,
    Interest,
    InterestKind,
    Officer,
    OfficerDraft,
    OfficerState,
    Team,
    TeamKind,
)


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
            ),
        ),
        state=OfficerState.SUSPENDED,
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


def full_institution(id: str = "institution-1") -> Institution:
    """Give an institution with every field filled."""
    return Institution(
        id=id,
        name="广西示例检测中心",
        sort=InstitutionSort.TESTING,
        region="450000",
        entrusted=True,
        business="乳品检验",
        address="南宁市示例路10号",
        phone="07710000000",
        note="示例",
        deleted=True,
    )


def full_association(id: str = "association-1") -> Association:
    """Give an association with every field filled."""
    return Association(
        id=id,
        name="广西示例乳品协会",
        region="450000",
        trades=frozenset({"乳品"}),
        phone="07710000001",
        deleted=True,
    )
