"""The constant tables of the codes, read once from the package (see ``kernel/data/README.md``)."""

import csv
import string
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType

from supervision_core.kernel.codes.industry import Industry, IndustryTree
from supervision_core.kernel.codes.region import Region, RegionLevel, RegionTree, Succession


def _rows(name: str) -> Iterator[dict[str, str]]:
    table = resources.files("supervision_core.kernel").joinpath("data", name)
    return csv.DictReader(table.read_text(encoding="utf-8").splitlines())


@cache
def guangxi_regions() -> RegionTree:
    """Give Guangxi, its 14 cities and 111 counties, with the code changes since 2019."""
    regions = [
        Region(row["code"], row["name"], row["parent"], RegionLevel(row["level"]), row["kind"])
        for row in _rows("guangxi_regions.csv")
    ]
    successions = [
        Succession(row["old_code"], row["old_name"], row["new_code"], row["changed_between"])
        for row in _rows("guangxi_regions_history.csv")
    ]
    return RegionTree(regions, successions)


@cache
def industries() -> IndustryTree:
    """Give GB/T 4754-2017; one of its 1,382 classes is missing from the source."""
    return IndustryTree(
        Industry(row["code"], row["name"], row["parent"], int(row["level"]))
        for row in _rows("gb_t_4754_2017.csv")
    )


@cache
def issuing_regions() -> Mapping[str, str]:
    """Give the last name of every region code of the nation that was in use since 1980."""
    return MappingProxyType({row["code"]: row["name"] for row in _rows("issuing_regions.csv")})


@cache
def initial_letters() -> Mapping[str, str]:
    """Give the letters with which the sounds of a sign begin, the usual one first."""
    table = resources.files("supervision_core.kernel").joinpath("data", "initials.tsv")
    found = {one: one for one in string.ascii_lowercase + string.digits}
    for line in table.read_text(encoding="utf-8").splitlines():
        letters, signs = line.split("\t")
        found |= dict.fromkeys(signs, letters)
    return MappingProxyType(found)
