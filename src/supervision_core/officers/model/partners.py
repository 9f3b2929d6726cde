"""Those who assist: third-party institutions and trade associations. They never inspect."""

from enum import StrEnum
from typing import ClassVar

from attrs import define, field

from supervision_core.kernel.errors import Refused, Violation, refuse_if
from supervision_core.kernel.events import Aggregate


class InstitutionSort(StrEnum):
    """机构类型 (InstitutionSort): what a third party does."""

    TESTING = "testing"
    APPRAISAL = "appraisal"
    ACCOUNTING = "accounting"
    LEGAL = "legal"
    TECHNICAL = "technical"
    OTHER = "other"


@define(eq=False)
class PartnerInvalid(Refused):
    """The institution or association as described cannot be kept."""

    code: ClassVar[str] = "officers.partner_invalid"


@define(eq=False, kw_only=True)
class Institution(Aggregate):
    """第三方机构 (Institution): a body that assists checks by expertise; it may not inspect.

    Source: proposal 6.4.2.2.3; 国办发〔2024〕54号 (third parties are barred from inspecting).
    """

    _name: str
    _sort: InstitutionSort
    _region: str
    _entrusted: bool = False
    _business: str = ""
    _address: str = ""
    _phone: str = field(default="", repr=False)
    _note: str = ""
    _deleted: bool = False

    @property
    def name(self) -> str:
        """Its name."""
        return self._name

    @property
    def sort(self) -> InstitutionSort:
        """What it does."""
        return self._sort

    @property
    def region(self) -> str:
        """The region that registered it."""
        return self._region

    @property
    def entrusted(self) -> bool:
        """是否委托机构."""
        return self._entrusted

    @property
    def deleted(self) -> bool:
        """Tell whether it is no longer offered."""
        return self._deleted

    def describe(  # noqa: PLR0913 -- one for each field of the form
        self,
        *,
        name: str,
        sort: InstitutionSort,
        entrusted: bool,
        business: str,
        address: str,
        phone: str,
        note: str,
    ) -> None:
        """Change what is known of it. Raises ``PartnerInvalid``."""
        violations = [] if name.strip() else [Violation("officers.partner_without_name", "name")]
        if self._deleted:
            violations.append(Violation("officers.partner_deleted"))
        refuse_if(PartnerInvalid, violations)
        self._name, self._sort, self._entrusted = name.strip(), sort, entrusted
        self._business, self._address, self._phone, self._note = business, address, phone, note

    def delete(self) -> None:
        """Take it off every list."""
        self._deleted = True


@define(eq=False, kw_only=True)
class Association(Aggregate):
    """行业协会 (Association): a trade association that joins in co-governance.

    ``trades`` are the 业态 it speaks for. Source: proposal 6.4.3.2.1.1.6.
    """

    _name: str
    _region: str
    _trades: frozenset[str] = frozenset()
    _phone: str = field(default="", repr=False)
    _deleted: bool = False

    @property
    def name(self) -> str:
        """Its name."""
        return self._name

    @property
    def region(self) -> str:
        """The region that registered it."""
        return self._region

    @property
    def trades(self) -> frozenset[str]:
        """The trades it speaks for."""
        return self._trades

    @property
    def deleted(self) -> bool:
        """Tell whether it is no longer offered."""
        return self._deleted

    def delete(self) -> None:
        """Take it off every list."""
        self._deleted = True
