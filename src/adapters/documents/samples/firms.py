"""Invented firms: who they are, and how they behave.

How a firm behaves is drawn first (A 65 %, B 25 %, C 8 %, D 2 %: the spread that a city published
for its real firms), then the facts that such a firm shows.
"""

import random  # noqa: TID251 (a seed has to give the same firms on every machine)
from collections.abc import Sequence
from datetime import date, timedelta
from typing import TypeVar

from adapters.documents.samples.words import (
    BRAND_TAILS,
    BRANDS,
    GIVEN,
    GUANGXI,
    STREETS,
    SURNAMES,
    TRADES,
    Trade,
)
from supervision_core.kernel.codes.credit_code import (
    ALPHABET,
    complete_credit_code,
    complete_organisation_code,
)
from supervision_core.kernel.codes.data import guangxi_regions
from supervision_core.kernel.codes.region import Region, RegionLevel, short_name

Option = TypeVar("Option")
Firm = dict[str, str | int | float | date | None]
"""A firm by the field names of the table of subjects."""

_NEVER_ISSUED = "MAY"  # codes are issued in order and stood at MAE in 2025: no real firm has one
_SPREAD = (65, 25, 8, 2)
_PLACES = 5
_BASE = len(ALPHABET)
_STRIDE = 7_919_117  # prime, hence every number below _BASE**5 comes once
_WORST = 3


class Firms:
    """Gives firm after firm; the same seed gives the same ones."""

    def __init__(self, seed: int, as_of: date, within: str = GUANGXI) -> None:
        """Begin anew from ``seed``; all days lie around ``as_of``, all places in ``within``."""
        self._random = random.Random(seed)  # noqa: S311 (invented data, not secrets)
        self._offset = self._random.randrange(_BASE**_PLACES)
        self._as_of = as_of
        tree = guangxi_regions()
        counties = [region for region in tree if region.level is RegionLevel.COUNTY]
        self._counties = [one for one in counties if tree.contains(within, one.code)]
        self._cities = {region.code: tree[region.parent] for region in self._counties}
        self._trades = [name for name, trade in TRADES.items() for _ in range(trade.share)]

    def city_of(self, county: str) -> Region:
        """Give the city above a county."""
        return self._cities[county]

    def person(self) -> str:
        """Give an invented person's name."""
        return self._pick(SURNAMES) + self._pick(GIVEN)

    def phone(self) -> str:
        """Give a telephone number that is nobody's."""
        return f"1990000{self._random.randrange(10_000):04d}"

    def firm(self, number: int) -> tuple[str, Firm]:
        """Give the trade and the facts of firm ``number``."""
        rng = self._random
        trade_name = self._pick(self._trades)
        trade = TRADES[trade_name]
        county = self._pick(self._counties)
        industry, industry_name = self._pick(trade.industries)
        sole = trade_name == "other" and self._chance(0.4)
        name = self._name(trade, county, sole=sole)
        grade = rng.choices(range(4), _SPREAD)[0]
        established = self._as_of - timedelta(days=rng.randrange(200, 9_000))
        address = (
            f"{self.city_of(county.code).name}{county.name}"
            f"{self._pick(STREETS)}{rng.randrange(1, 300)}号"
        )
        firm: Firm = {
            "name": name,
            "credit_code": self._code(number, county.code, sole=sole),
            "entity_type": "个体工商户" if sole else _entity(name),
            "region": county.code,
            "industry": industry,
            "industry_name": industry_name,
            "principal": self.person(),
            "registered_capital": rng.choice((3, 10, 50, 100, 200, 500, 1000, 3000, 8000)),
            "domicile": address,
            "scope": trade.scope,
            "established_on": established,
            "status": "存续（在营、开业、在册）",
            "licence_names": trade.licence,
            "licence_expires_on": self._licence_end(grade),
            "contact_name": self.person(),
            "contact_phone": self.phone(),
            "longitude": f"{104.5 + rng.randrange(75_000) / 10_000:.4f}",
            "latitude": f"{21.6 + rng.randrange(46_000) / 10_000:.4f}",
            "staff": rng.choice((3, 6, 12, 25, 60, 120, 400)),
        }
        firm.update(self._behaviour(grade))
        firm.update(self._of_trade(trade_name, grade))
        return trade_name, firm

    def _chance(self, share: float) -> bool:
        return self._random.random() < share

    def _pick(self, options: Sequence[Option]) -> Option:
        return options[int(self._random.random() * len(options))]

    def _name(self, trade: Trade, county: Region, *, sole: bool) -> str:
        brand = self._pick(BRANDS) + self._pick(BRAND_TAILS)
        place = short_name(county.name)
        if sole:
            return f"{county.name}{brand}{self._pick(trade.nouns)}店"
        noun = self._pick(trade.nouns)
        if noun == "奶牛养殖":
            return f"{place}{brand}{noun}专业合作社"
        ending = "股份有限公司" if self._chance(0.06) else "有限责任公司"
        if self._chance(0.5):
            ending = "有限公司" if ending[0] == "有" else ending
        return f"广西{place}{brand}{noun}{ending}"

    def _code(self, number: int, region: str, *, sole: bool) -> str:
        serial = (number * _STRIDE + self._offset) % _BASE**_PLACES
        signs = ""
        for _ in range(_PLACES):
            serial, place = divmod(serial, _BASE)
            signs += ALPHABET[place]
        organisation = complete_organisation_code(_NEVER_ISSUED + signs)
        return complete_credit_code(f"9{2 if sole else 1}{region}{organisation}")

    def _licence_end(self, grade: int) -> date:
        rng = self._random
        expired = self._chance((0.0, 0.02, 0.15, 0.4)[grade])
        days = -rng.randrange(1, 300) if expired else rng.randrange(40, 1_500)
        return self._as_of + timedelta(days=days)

    def _behaviour(self, grade: int) -> Firm:
        """Give the facts of a firm that behaves as ``grade`` (0 is the best)."""
        rng = self._random
        if grade == 0:
            return _GOOD | {
                "insured_staff": rng.randrange(2, 60),
                "tax_paid_1y": rng.randrange(2, 900),
                "complaints_1y": int(self._chance(0.15)),
                "lawsuits_3y": int(self._chance(0.1)),
                "debt_ratio": rng.randrange(10, 65),
            }
        most = grade + 1
        penalties = rng.randrange(grade, 2 * grade + 1) if grade > 1 else rng.randrange(1, 3)
        listed = self._chance((0, 0.1, 0.55, 0.8)[grade])
        dishonest = grade == _WORST and self._chance(0.6)
        return {
            "insured_staff": rng.randrange(0, 30 // grade),
            "tax_paid_1y": rng.randrange(0, 300 // grade),
            "complaints_1y": rng.randrange(grade, 4 * grade + 1),
            "lawsuits_3y": rng.randrange(0, 5 * grade),
            "debt_ratio": rng.randrange(30, 60 + 15 * grade),
            "penalties_3y": penalties,
            "penalty_amount_3y": rng.choice((2_000, 8_000, 30_000, 50_000, 180_000)[: most + 1]),
            "abnormal_listed": "是" if listed else "否",
            "abnormal_listings_3y": rng.randrange(1, most) if listed else 0,
            "dishonesty_listed": "是" if dishonest else "否",
            "credit_repaired": "否",
            "judgment_defaulter": "是" if self._chance(0.12 * grade**2 - 0.1) else "否",
            "loss_years_3y": rng.randrange(0, most),
            "bad_press_1m": rng.randrange(0, 2 * grade),
            "representative_changes_3y": rng.randrange(0, most),
            "domicile_changes_3y": rng.randrange(0, most),
            "accidents_3y": int(self._chance(0.04 * grade**2)),
            "tax_in_arrears": "是" if self._chance(0.1 * (grade - 1)) else "否",
        }

    def _of_trade(self, trade: str, grade: int) -> Firm:
        rng = self._random
        bad = self._chance((0.0, 0.06, 0.3, 0.6)[grade])
        if trade == "dairy":
            return {"sampling_failures_1y": rng.randrange(1, grade + 1) if bad else 0}
        if trade == "chemicals":
            return {"major_hazard_source": "是" if self._chance(0.2) else "否"}
        if trade == "travel":
            return {
                "liability_insured": "否" if bad else "是",
                "quality_deposit_paid": "否" if bad else "是",
            }
        if trade == "fraud":
            return {"fraud_alerts_1y": rng.randrange(1, 4 * grade + 1) if bad else 0}
        return {}


_GOOD: Firm = {
    "penalties_3y": 0,
    "penalty_amount_3y": 0,
    "abnormal_listed": "否",
    "abnormal_listings_3y": 0,
    "dishonesty_listed": "否",
    "credit_repaired": "否",
    "judgment_defaulter": "否",
    "loss_years_3y": 0,
    "bad_press_1m": 0,
    "representative_changes_3y": 0,
    "domicile_changes_3y": 0,
    "accidents_3y": 0,
    "tax_in_arrears": "否",
}


def _entity(name: str) -> str:
    if name.endswith("合作社"):
        return "农民专业合作社"
    return "股份有限公司" if name.endswith("股份有限公司") else "有限责任公司"
