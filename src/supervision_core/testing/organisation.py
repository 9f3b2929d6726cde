"""Contract of what tells the existing platform's organisation."""

from typing import Any

from attrs import define

from supervision_core.identity.ports import OrganisationSource
from supervision_core.kernel.errors import Unavailable


@define
class OrganisationPartner:
    """A source, and the platform behind it as a test moves it.

    ``told`` are the rows it tells, by kind; ``break_by(fault)`` makes it answer wrongly from then
    on, "" rightly again.
    """

    source: OrganisationSource
    told: dict[str, list[dict[str, Any]]]
    break_by: Any


class OrganisationSourceContract:
    """Fixture ``partner``: a source whose platform tells two pages of each kind at least."""

    faults: tuple[str, ...] = ("error",)

    def ids(self, source: OrganisationSource) -> dict[str, list[str]]:
        """Give the ids of everything that is told."""
        return {
            "departments": [one.id for page in source.departments() for one in page],
            "users": [one.id for page in source.users() for one in page],
            "roles": [one.id for page in source.roles() for one in page],
        }

    def test_everything_is_told_in_pages(self, partner: OrganisationPartner) -> None:
        """Each row once, in the platform's order, whatever the size of its pages; again alike."""
        expected = {what: [one["id"] for one in rows] for what, rows in partner.told.items()}
        assert self.ids(partner.source) == expected
        assert self.ids(partner.source) == expected
        partner.told["departments"].clear()
        assert self.ids(partner.source)["departments"] == []

    def test_rows_say_what_the_platform_says(self, partner: OrganisationPartner) -> None:
        """用户、角色、兼职和用户角色关系: the main post first, deletions as such."""
        partner.told["users"][0] |= {"deleted": 1, "enabled": "0"}
        first = next(iter(partner.source.users()))[0]
        row = partner.told["users"][0]
        assert (first.id, first.account, first.name) == (row["id"], row["account"], row["name"])
        assert (first.phone, first.document_number) == (row["phone"], row["idCard"])
        assert [one.department for one in first.posts] == [
            one["department"] for one in row["posts"]
        ]
        assert list(first.roles) == row["roles"]
        assert first.deleted
        assert not first.enabled

    def test_a_platform_that_answers_wrongly_is_unavailable(
        self, partner: OrganisationPartner
    ) -> None:
        """Whatever it does wrong, no page of it is believed."""
        for fault in self.faults:
            partner.break_by(fault)
            try:
                self.ids(partner.source)
            except Unavailable:
                partner.break_by("")
                continue
            raise AssertionError(fault)
        assert self.ids(partner.source)["users"]
