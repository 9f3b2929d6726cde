"""Officers with certificates and interests, teams, and those who assist."""

from supervision_core.officers.model.officer import (
    Certificate,
    ContactData,
    Interest,
    InterestKind,
    Officer,
    OfficerDraft,
    OfficerInvalid,
    OfficerLocked,
    OfficerRegistered,
    OfficersImported,
    OfficerState,
    OfficerSuspended,
    Party,
)
from supervision_core.officers.model.partners import (
    Association,
    Institution,
    InstitutionSort,
    PartnerInvalid,
)
from supervision_core.officers.model.team import Team, TeamInvalid, TeamKind, TeamLocked

__all__ = [
    "Association",
    "Certificate",
    "ContactData",
    "Institution",
    "InstitutionSort",
    "Interest",
    "InterestKind",
    "Officer",
    "OfficerDraft",
    "OfficerInvalid",
    "OfficerLocked",
    "OfficerRegistered",
    "OfficerState",
    "OfficerSuspended",
    "OfficersImported",
    "PartnerInvalid",
    "Party",
    "Team",
    "TeamInvalid",
    "TeamKind",
    "TeamLocked",
]
