"""The public list of draws, all in words."""

from attrs import frozen


@frozen(kw_only=True)
class OpenDrawsAsked:
    """Which draws are looked for: of a year (0: the latest), a lead department, a scene."""

    year: int = 0
    department: str = ""
    scene: str = ""


@frozen(kw_only=True)
class ListedStratum:
    """A stratum of a listed draw: how many there are, how many were drawn, with which chance.

    ``drawn`` is none before the draw. ``kind`` is what such a draw is called: 随机、定向 or 全查.
    """

    name: str
    size: int
    drawn: int | None
    numerator: int
    denominator: int
    kind: str


@frozen(kw_only=True)
class ListedDraw:
    """公开的抽取 (ListedDraw): what everybody may know of a draw, in words; it names no subject.

    ``task`` (what it was called), ``reason`` (why it was cleared) and ``quotas_because`` (why other
    shares than the rule's were drawn) are written by hand and may name a firm: while one that is
    yet to be visited could be given away they are empty, and it is ``withheld``. ``pool_changes``
    counts by kind how the pool came about otherwise than that of the draw before. ``keeper`` is to
    whom nonces were sealed, ``late`` are who did not hand in; ``alone`` tells that nobody but the
    lead made the randomness. ``proof`` tells whether the whole proof is given out. Of what became
    of those who were drawn: ``unvisited`` counts by ground whom nobody had to visit, ``not_shown``
    by ground of the law the results that are kept back, ``overdue`` those that nobody decided on in
    time.
    """

    id: str
    format: str
    year: int
    number: int
    lead: str
    scene: str
    state: str
    reason: str = ""
    task: str = ""
    withheld: bool = False
    strata: tuple[ListedStratum, ...] = ()
    added: int = 0
    removed: int = 0
    marks: tuple[str, ...] = ()
    pool_changes: tuple[str, ...] = ()
    quotas_because: str = ""
    unfinished: int = 0
    unvisited: tuple[str, ...] = ()
    not_shown: tuple[str, ...] = ()
    overdue: int = 0
    outsider: str = ""
    public_value: str = ""
    keeper: str = ""
    late: tuple[str, ...] = ()
    alone: bool = False
    demo: bool = False
    proof: bool = False


@frozen(kw_only=True)
class OpenDrawPage:
    """A page of the public list of draws, of a year."""

    year: int
    items: tuple[ListedDraw, ...]
    next_cursor: str | None = None
