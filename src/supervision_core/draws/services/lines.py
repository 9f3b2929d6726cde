"""The lines of departments as the directory of departments and regions has them."""

from collections.abc import Collection, Mapping
from datetime import date

from attrs import frozen

from supervision_core.draws.ports import Lines
from supervision_core.identity.ports import Departments, Regions, Users


@frozen
class DirectoryLines(Lines):
    """Reads lines from the tree of departments, supervision from the regions."""

    departments: Departments
    regions: Regions
    users: Users

    def above(self, ids: Collection[str]) -> Mapping[str, Collection[str]]:
        """Give those above each."""
        lines = self.departments.lineages(ids)
        return {one: [each.id for each in line[1:]] for one, line in lines.items()}

    def posts(self, user: str) -> Collection[str]:
        """Give the departments of its memberships."""
        return {post.department for one in self.users.find_many([user]) for post in one.memberships}

    def supervision(self, region: str, day: date) -> str:
        """Give who supervises."""
        code = region
        while code and (found := self.regions.holder("code", code)) is not None:
            content = self.regions.get(found).content
            for one in self.departments.find_many([content.supervision]):
                if one.works_on(day):
                    return one.id
            code = content.parent
        return ""
