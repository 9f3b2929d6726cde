"""Invented officers of the departments that the pilot scenes need."""

import random  # noqa: TID251 (a seed has to give the same officers on every machine)
from collections.abc import Iterator
from datetime import date, timedelta

from adapters.documents.samples.words import GIVEN, GUANGXI, SURNAMES
from supervision_core.kernel.codes.data import guangxi_regions
from supervision_core.kernel.codes.region import RegionLevel

OFFICER_HEADINGS = (
    "姓名", "性别", "执法证号", "所属部门", "所属区划", "执法领域", "发证日期", "有效期至",
    "联系电话",
)  # fmt: skip

_DEPARTMENTS = (
    ("市场监督管理局", "市场监管", 30),
    ("农业农村局", "农业农村", 14),
    ("应急管理局", "应急管理", 16),
    ("文化和旅游局", "文化和旅游", 12),
    ("公安局", "公安", 10),
    ("通信管理局", "通信管理", 6),
    ("交通运输局", "交通运输", 6),
    ("生态环境局", "生态环境", 6),
    ("人力资源和社会保障局", "人社", 2),
    ("卫生健康委员会", "卫生健康", 3),
    ("互联网信息办公室", "网信", 3),
    ("人民银行分行", "人民银行", 3),
    ("金融监管分局", "金融监管", 3),
    ("税务局", "税务", 3),
)
_EXPIRED = 0.03


def officer_rows(
    count: int, seed: int, as_of: date, within: str = GUANGXI
) -> Iterator[tuple[str, ...]]:
    """Give ``count`` rows under ``OFFICER_HEADINGS``; about three in a hundred have lapsed.

    The first 392 are two of every department in every city, so that a small table can already
    staff a visit anywhere; the certificate of a city's officer is good for all its counties.
    """
    rng = random.Random(seed)  # noqa: S311 (invented data, not secrets)
    tree = guangxi_regions()
    every_city = [region for region in tree if region.level is RegionLevel.CITY]
    cities = [city for city in every_city if tree.contains(within, city.code)]
    weighted = [department for department in _DEPARTMENTS for _ in range(department[2])]
    every = [(city, department) for _ in range(2) for city in cities for department in _DEPARTMENTS]
    for number in range(count):
        city, (department, field, _) = (
            every[number] if number < len(every) else (rng.choice(cities), rng.choice(weighted))
        )
        issued = as_of - timedelta(days=rng.randrange(30, 1_500))
        lapsed = number >= len(every) and rng.random() < _EXPIRED
        end = as_of - timedelta(days=rng.randrange(1, 200)) if lapsed else issued.replace(
            year=issued.year + 5, day=min(issued.day, 28)
        )  # fmt: skip
        yield (
            rng.choice(SURNAMES) + rng.choice(GIVEN),
            rng.choice("男女"),
            f"示{city.code[:4]}{number + 1:06d}",
            f"{city.name}{department}",
            city.name,
            field,
            f"{issued.year}年{issued.month}月{issued.day}日",
            end.isoformat(),
            f"1990001{rng.randrange(10_000):04d}",
        )
