"""Who acts, with which permissions, over which data; users, departments, regions, log-in."""

from supervision_core.identity.model.access import (
    Access,
    AccessChanged,
    AccessPicture,
    Duty,
    Grant,
    GrantForbidden,
    GrantSheet,
    Group,
    HolderKind,
    Role,
    RoleInvalid,
    access_of,
    duties_in,
    duties_of,
    sheet_id,
)
from supervision_core.identity.model.actors import Actor, PermissionDenied, includes
from supervision_core.identity.model.department import (
    Department,
    DepartmentChanged,
    DepartmentData,
    DepartmentInvalid,
    DepartmentLocked,
    department_violations,
)
from supervision_core.identity.model.personal import personal, personal_fields
from supervision_core.identity.model.region import RegionContent, region_violations
from supervision_core.identity.model.scope import (
    AllOf,
    Concerns,
    DataScope,
    InRegion,
    JoinedBy,
    LedBy,
    OwnedBy,
    Placement,
    Predicate,
    SceneRole,
    admits,
    region_contains,
)
from supervision_core.identity.model.user import (
    AccountData,
    ExtendedData,
    Membership,
    PersonData,
    SignOnRecord,
    User,
    UserChanged,
    UserDraft,
    UserInvalid,
    UserKind,
    UserLocked,
    user_violations,
)

__all__ = [
    "Access", "AccessChanged", "AccessPicture", "AccountData", "Actor", "AllOf", "Concerns",
    "DataScope", "Department", "DepartmentChanged", "DepartmentData", "DepartmentInvalid",
    "DepartmentLocked", "Duty", "ExtendedData", "Grant", "GrantForbidden", "GrantSheet", "Group",
    "HolderKind", "InRegion", "JoinedBy", "LedBy", "Membership", "OwnedBy", "PermissionDenied",
    "PersonData", "Placement", "Predicate", "RegionContent", "Role", "RoleInvalid", "SceneRole",
    "SignOnRecord", "User", "UserChanged", "UserDraft", "UserInvalid", "UserKind", "UserLocked",
    "access_of", "admits", "department_violations", "duties_in", "duties_of", "includes",
    "personal", "personal_fields", "region_contains", "region_violations", "sheet_id",
    "user_violations",
]  # fmt: skip
