"""How to call each page so that nothing but reach and permission decides: data of the matrix.

A page with a permission and without an entry fails the matrix: whoever adds one says here how it
is called.
"""

from collections.abc import Mapping
from typing import Final

from attrs import frozen

_REGION: Final = {
    "code": "450200", "name": "柳州市", "level": "city", "parent": "450000", "position": "1",
    "version": "1",
}  # fmt: skip
_DEPARTMENT: Final = {"name": "新机构", "code": "new", "region": "450200", "version": "1"}


@frozen
class PageCalling:
    """One way to call a page: what its form holds, and the kind of object its address names.

    ``kind`` is that of the matrix of routes, empty where the page is about nothing in particular.
    """

    kind: str = ""
    filled: Mapping[str, str] = {}


PAGE_CALLS: Final[Mapping[str, PageCalling]] = {
    "page_departments": PageCalling(),
    "page_department_adding": PageCalling(),
    "page_department_add": PageCalling(filled=_DEPARTMENT),
    "page_department": PageCalling("department"),
    "page_members": PageCalling("department"),
    "page_department_changing": PageCalling("department"),
    "page_department_change": PageCalling("department", _DEPARTMENT),
    "page_department_deleting": PageCalling("department"),
    "page_department_delete": PageCalling("department", {"version": "1"}),
    "page_administrators": PageCalling("department"),
    "page_appoint": PageCalling("subordinate", {"administrators": "", "version": "1"}),
    "page_departments_ordering": PageCalling("department"),
    "page_departments_order": PageCalling("department"),
    "page_departments_sort": PageCalling("department", {"by": "pinyin"}),
    "page_regions": PageCalling(),
    "page_region_adding": PageCalling(),
    "page_region_add": PageCalling(filled=_REGION),
    "page_region": PageCalling("region"),
    "page_region_changing": PageCalling("region"),
    "page_region_change": PageCalling("region", _REGION),
    "page_region_deleting": PageCalling("region"),
    "page_region_delete": PageCalling("region", {"version": "1"}),
}
