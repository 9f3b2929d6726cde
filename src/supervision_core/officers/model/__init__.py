"""Officers with certificates and interests, and teams."""

from supervision_core.officers.model.officer import (
    Certificate,
    ContactData,
    Employment,
    Interest,
    InterestKind,
    Officer,
    OfficerDraft,
    OfficerInvalid,
    OfficerLocked,
    OfficerRegistered,
    OfficerState,
    OfficerSuspended,
    OfficerTied,
    Party,
    Release,
    linked,
)
from supervision_core.officers.model.team import Team, TeamInvalid, TeamKind, TeamLocked
from supervision_core.officers.model.ties import (
    NotAnOfficer,
    acting_violations,
    same_persons,
    tie_violations,
)

__all__ = [
    "Certificate",
    "ContactData",
    "Employment",
    "Interest",
    "InterestKind",
    "NotAnOfficer",
    "Officer",
    "OfficerDraft",
    "OfficerInvalid",
    "OfficerLocked",
    "OfficerRegistered",
    "OfficerState",
    "OfficerSuspended",
    "OfficerTied",
    "Party",
    "Release",
    "Team",
    "TeamInvalid",
    "TeamKind",
    "TeamLocked",
    "acting_violations",
    "linked",
    "same_persons",
    "tie_violations",
]
