"""What happens to a table on its way through many hands: one kind of mess a row at most."""

import random  # noqa: TID251 (a seed has to give the same mess on every machine)
from collections.abc import Callable, Mapping
from datetime import date

from adapters.documents.samples.firms import Firm
from supervision_core.kernel.codes.credit_code import ALPHABET

Messing = Callable[[Firm, random.Random], None]

_FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
_FORMER_COUNTIES = {"450181": ("450127", "横县"), "451003": ("451021", "田阳县"),
                    "451082": ("451023", "平果县")}  # fmt: skip
"""Counties of today with their former code and name."""


def _full_width_code(firm: Firm, _: random.Random) -> None:
    firm["credit_code"] = str(firm["credit_code"]).translate(_FULL_WIDTH)


def _spaced_code(firm: Firm, _: random.Random) -> None:
    code = str(firm["credit_code"])
    firm["credit_code"] = f" {code[:6]} {code[6:14]}　{code[14:]}\u200b"


def _lower_code(firm: Firm, _: random.Random) -> None:
    firm["credit_code"] = str(firm["credit_code"]).lower()


def _apostrophe(firm: Firm, _: random.Random) -> None:
    firm["credit_code"] = f"'{firm['credit_code']}"


def _wrong_check_digit(firm: Firm, rng: random.Random) -> None:
    code = str(firm["credit_code"])
    others = [sign for sign in ALPHABET if sign != code[-1]]
    firm["credit_code"] = code[:-1] + rng.choice(others)


def _rounded_code(firm: Firm, _: random.Random) -> None:
    firm["credit_code"] = "9.1450100E+17"


def _no_code(firm: Firm, _: random.Random) -> None:
    firm["credit_code"] = "无"


def _no_name(firm: Firm, _: random.Random) -> None:
    firm["name"] = None


def _spaced_name(firm: Firm, rng: random.Random) -> None:
    name = str(firm["name"])
    cut = rng.randrange(1, len(name))
    firm["name"] = f"　{name[:cut]} {name[cut:]}\ufeff"


def _unknown_region(firm: Firm, rng: random.Random) -> None:
    firm["region"] = rng.choice(("海口市龙华区", "460106", "示例新区", "450999"))


def _bad_day(firm: Firm, rng: random.Random) -> None:
    firm["established_on"] = rng.choice(("2019年13月5日", "2018-02-30", "年底", "18.3.5"))


def _words_in_number(firm: Firm, rng: random.Random) -> None:
    firm["staff"] = rng.choice(("约20人", "二十", "10-20"))


def _grouped_number(firm: Firm, _: random.Random) -> None:
    firm["registered_capital"] = "1,200.50"


def _odd_phone(firm: Firm, _: random.Random) -> None:
    firm["contact_phone"] = "0000"


def _spaced_phone(firm: Firm, _: random.Random) -> None:
    phone = str(firm["contact_phone"])
    firm["contact_phone"] = f"{phone[:3]}-{phone[3:7]} {phone[7:]}"


def _odd_choice(firm: Firm, _: random.Random) -> None:
    firm["abnormal_listed"] = "待核实"


def _revoked(firm: Firm, rng: random.Random) -> None:
    firm["status"] = rng.choice(("注销", "吊销，未注销", "迁出"))


MESSES: Mapping[str, tuple[Messing, int]] = {
    "full_width_code": (_full_width_code, 150),
    "spaced_code": (_spaced_code, 150),
    "lower_code": (_lower_code, 100),
    "apostrophe": (_apostrophe, 100),
    "spaced_name": (_spaced_name, 150),
    "wrong_check_digit": (_wrong_check_digit, 60),
    "rounded_code": (_rounded_code, 20),
    "no_code": (_no_code, 15),
    "no_name": (_no_name, 10),
    "unknown_region": (_unknown_region, 30),
    "bad_day": (_bad_day, 30),
    "words_in_number": (_words_in_number, 20),
    "grouped_number": (_grouped_number, 80),
    "odd_phone": (_odd_phone, 20),
    "spaced_phone": (_spaced_phone, 80),
    "odd_choice": (_odd_choice, 10),
    "revoked": (_revoked, 100),
    "repeated": (lambda _firm, _rng: None, 50),
    "contradicted": (lambda _firm, _rng: None, 15),
}
"""Each kind with how many rows in ten thousand it befalls."""


class Mess:
    """Chooses for each row what befalls it, and counts."""

    def __init__(self, seed: int) -> None:
        """Begin anew from ``seed``."""
        self.random = random.Random(seed + 1)  # noqa: S311 (invented data, not secrets)
        self.counts = dict.fromkeys(MESSES, 0)
        self._names = [name for name, (_, share) in MESSES.items() for _ in range(share)]

    def befall(self, firm: Firm) -> str:
        """Do to ``firm`` what chance wants; give the kind, empty for none."""
        place = int(self.random.random() * 10_000)
        if place >= len(self._names):
            return ""
        kind = self._names[place]
        self.counts[kind] += 1
        MESSES[kind][0](firm, self.random)
        return kind

    def day(self, day: date) -> str | int | date:
        """Write a day in one of the forms that people and machines use."""
        forms = (
            day,
            day,
            f"{day.year}年{day.month}月{day.day}日",
            f"{day.year}.{day.month}.{day.day}",
            f"{day:%Y%m%d}",
            f"{day.year}/{day.month}/{day.day}",
            f"{day:%Y-%m-%d} 00:00:00",
            (day - date(1899, 12, 30)).days,
        )
        return forms[int(self.random.random() * len(forms))]

    def place(self, code: str, name: str, city: str) -> str:
        """Write a county by its code, its name, its path, or as it was called before."""
        former = _FORMER_COUNTIES.get(code)
        forms = [code, f"{city}{name}", f"广西壮族自治区{city}{name}", f"广西{city}{name}"]
        if former:
            forms += [former[0], f"{city}{former[1]}"]
        return forms[int(self.random.random() * len(forms))]
