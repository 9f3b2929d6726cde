"""The public list of draws, all in words."""

from datetime import date

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
class ListedCorrection:
    """A correction of a listed draw by hand: 增加 or 剔除, by and approved by which officials, why.

    They act in office, and are named with their department. ``reason`` is empty while the
    draw is withheld, and where its pool names natural persons.
    """

    action: str
    on: date
    by: str
    reason: str = ""
    approver: str = ""


@frozen(kw_only=True)
class ListedDepartment:
    """What a department did in a year without a draw: urgent checks, clues, results not shown.

    ``urgent`` went out before they were approved, ``late`` of them were confirmed after their day,
    ``unconfirmed`` (未补批) not at all; ``by_staff`` of the ``clues`` that it had inspected were
    entered by own staff; ``clues_overdue`` lie with it, to be inspected and not, their term being
    over. Of its tasks that no draw of the list stands for: ``unvisited`` counts by
    ground whom nobody had to visit, ``not_shown`` whose result the law keeps back, ``overdue``
    results on which nobody decided in time. ``recused`` and ``replaced`` are how often its heads
    let an officer keep away from a firm that was drawn, or replaced one on a visit.
    """

    department: str
    urgent: int = 0
    late: int = 0
    unconfirmed: int = 0
    clues: int = 0
    by_staff: int = 0
    clues_overdue: int = 0
    unvisited: tuple[str, ...] = ()
    not_shown: tuple[str, ...] = ()
    overdue: int = 0
    recused: int = 0
    replaced: int = 0

    @property
    def share(self) -> str:
        """The share of clues by own staff, in whole hundredths."""
        return f"{self.by_staff * 100 // self.clues}%" if self.clues else ""


@frozen(kw_only=True)
class ListedDraw:
    """公开的抽取 (ListedDraw): what everybody may know of a draw, in words; it names no subject.

    ``task`` (what it was called), ``reason`` (why it was cleared) and ``quotas_because`` (why other
    shares than the rule's were drawn) are written by hand and may name a firm: while one that is
    yet to be visited could be given away they are empty, and it is ``withheld``. ``pool_changes``
    counts by kind how the pool came about otherwise than that of the draw before, and ``compared``
    says which that is, or that there was none. ``keeper`` is to
    whom nonces were sealed, ``late`` are who did not hand in; ``alone`` tells that nobody but the
    lead made the randomness. ``proof`` tells whether the whole proof is given out. Of what became
    of those who were drawn: ``unvisited`` counts by ground whom nobody had to visit, ``not_shown``
    by ground of the law the results that are kept back, ``overdue`` those that nobody decided on in
    time. ``recused`` are how often an officer was let off who could be drawn, or was.
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
    corrections: tuple[ListedCorrection, ...] = ()
    marks: tuple[str, ...] = ()
    compared: str = ""
    pool_changes: tuple[str, ...] = ()
    quotas_because: str = ""
    unfinished: int = 0
    unvisited: tuple[str, ...] = ()
    not_shown: tuple[str, ...] = ()
    overdue: int = 0
    recused: int = 0
    outsider: str = ""
    public_value: str = ""
    keeper: str = ""
    late: tuple[str, ...] = ()
    alone: bool = False
    demo: bool = False
    proof: bool = False


@frozen(kw_only=True)
class OpenDrawPage:
    """A page of the public list of draws, of a year; the first has the departments' figures."""

    year: int
    items: tuple[ListedDraw, ...]
    departments: tuple[ListedDepartment, ...] = ()
    next_cursor: str | None = None
