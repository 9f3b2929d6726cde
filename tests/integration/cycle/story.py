"""The cycle of 一业一查 as real accounts live it: each stage a method, ids from answers before."""

from typing import Any

from attrs import define, field

from entrypoints.actors import operator
from supervision_core.dashboards.services import COUNT_RECEIVER
from supervision_core.grading.services import Regrading
from supervision_core.kernel.canonical import sm3

from .acting import deposit_of
from .desks import relayed
from .preparing import FARM, FIRMS, FIRST_DAY, MARKET, REGION, Preparation

PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010800000000"
    "3a7e9b550000000a49444154789c63600000000200015ce7a2b70000000049454e44ae426082"
)
"""What a finger left on the glass: the smallest PNG there is."""


@define
class Story(Preparation):
    """One cycle, from the first department to the second evaluation."""

    visits: dict[str, dict[str, Any]] = field(factory=dict)
    """The visits of the task by the name of the firm."""
    before: dict[str, int] = field(factory=dict)
    """The grade of each firm before anything was inspected."""
    followed: dict[str, int] = field(factory=dict)
    """The grade of each firm once the relay had handed on what was found."""
    proof: dict[str, Any] = field(factory=dict)

    def come(self, day: int) -> None:
        """Let a day of the month come."""
        self.today = FIRST_DAY.replace(day=day)
        self.at.on(self.today)

    def go_out(self) -> None:
        """Let everything happen until the task is dispatched."""
        stages = {
            2: (self.found, self.hire, self.build, self.know, self.evaluate, self.plan),
            9: (self.settle, self.prepare_task, self.draw, self.dispatch),
        }
        for day, acts in stages.items():
            self.come(day)
            for act in acts:
                act()

    def live(self) -> None:
        """Let everything happen, each stage on its day."""
        stages = {
            2: (self.found, self.hire, self.build, self.know, self.evaluate, self.plan),
            9: (self.settle, self.prepare_task, self.draw, self.dispatch),
            10: (self.assist, self.inspect, self.follow),
            12: (self.mend,),
            16: (self.review, self.hand_over, self.show),
            23: (self.close, self.evaluate),
        }
        for day, acts in stages.items():
            self.come(day)
            for act in acts:
                act()
            self.before = self.before or self.grades()

    def plan(self) -> None:
        """计划：drafted and displayed; the other department objects, and is answered."""
        admin, clerk = self["任务管理员"], self[f"{FARM}经办"]
        both = {"lead": self.departments[MARKET], "joining": [self.departments[FARM]]}
        plan = self.ids["plan"] = admin.do(
            "plans.draft",
            sheet={"name": "2026年乳品计划", "scene": self.ids["scene"], "year": 2026,
                   "region": REGION, **both},
            sub_plans=[{
                "id": "1", "name": "第一批", "starts_on": self._day(9), "ends_on": self._day(27),
                "joining": both["joining"], "scope": "全区乳品企业", "joint": True,
                "matters": [self.ids["matter"]], "trade": self.ids["trade"],
            }],
        )  # fmt: skip
        self["局长"].do("plans.display", plan_id=plan, until=self._day(6))
        objection = clerk.do("plans.object", plan_id=plan, reason="与春耕检查时间冲突")
        self["局长"].do(
            "plans.answer_objection", plan_id=plan, objection_id=objection, accepted=False,
            text="检查安排在春耕之后，时间不冲突",
        )  # fmt: skip

    def follow(self) -> None:
        """动态调整：the relay hands on what was found; nobody grades."""
        regrading = Regrading(self.at.platform.commands, operator("worker")).receiver
        relayed(self.at, COUNT_RECEIVER, regrading)
        self.followed = self.grades()

    def settle(self) -> None:
        """定计划：once its display is over."""
        self["局长"].do("plans.settle", plan_id=self.ids["plan"])

    def prepare_task(self) -> None:
        """发起任务：the other department is asked, an institution engaged."""
        admin = self["任务管理员"]
        task = self.ids["task"] = admin.do("tasks.create", sheet=self.sheet())
        admin.do("tasks.engage_third_party", task_id=task, institution=self.ids["institution"],
                 duty="抽样检测", headcount=1)  # fmt: skip
        admin.do("tasks.consult", task_id=task, due_on=self._day(9))
        self[f"{FARM}经办"].do("tasks.give_opinion", task_id=task, participates=True)
        admin.do("tasks.end_consultation", task_id=task)

    def draw(self) -> None:
        """双随机：both departments deposit a sealed number; nobody reads either before the end."""
        admin, clerk, task = self["任务管理员"], self[f"{FARM}经办"], self.ids["task"]
        contributors = [self.departments[MARKET], self.departments[FARM]]
        draw = self.ids["draw"] = admin.do(
            "tasks.freeze_draw", task_id=task, due=f"{self._day(9)}T09:00:00Z",
            quotas=[{"grade": 1, "count": 2}, {"grade": 2, "ratio": "1"}],
            quotas_because="春季专项整治",
            demands=[{"departments": [one], "count": 1} for one in contributors],
        )  # fmt: skip
        for department, hand in zip(contributors, (admin, clerk), strict=True):
            made = deposit_of(self.at, draw, department)
            hand.do("draws.deposit_nonce", draw_id=draw, **made)
        admin.do("draws.close_round", draw_id=draw)
        admin.do("draws.open_round", draw_id=draw)
        admin.do("draws.complete", draw_id=draw)
        assigned = admin.do("tasks.staff_draw", task_id=task)
        self.proof = clerk.do("draws.prove", draw_id=draw)
        firms = {FIRMS[name]: firm for name, firm in self.firms.items()}
        admin.do("tasks.open_visits", task_id=task, orders=[
            {"subject": firms[code], "ground": "pick", "officers": officers}
            for code, officers in assigned.items()
        ])  # fmt: skip

    def dispatch(self) -> None:
        """分发：approved and sent out; both departments claim their parts."""
        task = self.ids["task"]
        self["局长"].do("tasks.approve", task_id=task)
        self["任务管理员"].do("tasks.dispatch", task_id=task)
        for department in (MARKET, FARM):
            self[f"{department}经办"].do("tasks.claim", task_id=task)
        names = {firm: name for name, firm in self.firms.items()}
        rows = self["局长"].see("tasks/visits", page_size=200)["items"]
        self.visits = {names[one["subject"]]: one for one in rows}

    def assist(self) -> None:
        """三方：the head names who comes, and notes what was measured are no results."""
        head, member, task = self["机构负责人"], self["检测员"], self.ids["task"]
        head.do("tasks.name_assistants", task_id=task, people=[member.id])
        head.do("tasks.claim_assistance", task_id=task)
        for visit in self.visits.values():
            head.do("tasks.allot_assistants", visit_id=visit["id"], people=[member.id])

    def inspect(self) -> None:
        """现场检查：something is found of one firm, nothing of the other."""
        for number, visit in enumerate(self.visits.values()):
            self._inspect(visit["id"], failing=number == 0)

    def _inspect(self, visit: str, *, failing: bool) -> None:
        first = self.officers[self.inspectors(visit)[0]]
        first.do("tasks.check_in", visit_id=visit, reason="现场没有张贴码")
        self.find_out(visit, failing=failing)

    def find_out(self, visit: str, *, failing: bool) -> None:
        """检查：every officer answers the items of his own; the first concludes and signs."""
        officers = self.inspectors(visit)
        first = self.officers[officers[0]]
        asked = first.see(f"tasks/visits/{visit}")["content"]["items"]
        items = {self.named[one["department"]]: one["id"] for one in asked}
        self["检测员"].do("tasks.note_as_assistant", visit_id=visit, answers=[
            {"item": items[FARM], "outcome": "passed", "note": "已抽样"},
        ])  # fmt: skip
        for officer in officers:
            at = self.posts[officer]
            found = {"outcome": "passed", "note": ""}
            if failing and at == FARM:
                found = {"outcome": "failed", "note": "收购台账缺近三个月内容"}
            answers = [{"item": items[at], **found}]
            self.officers[officer].do("tasks.record_results", visit_id=visit, answers=answers)
        concluded: dict[str, Any] = {"outcomes": ["no_problem"]}
        party = {"_type": "SignatureRefused", "reason": "负责人外出", "witness": "社区网格员"}
        if failing:
            concluded = {
                "outcomes": ["pending"], "pending": ["other_breach"],
                "measures": ["correct_in_term"], "note": "对发现的问题责令限期改正",
            }  # fmt: skip
            image = first.send("签名.png", PICTURE)
            party = {"_type": "Signed", "signer": "现场负责人", "image": image}
        first.do("tasks.conclude", visit_id=visit, **concluded)
        first.do("tasks.sign", visit_id=visit, party=party)
        self.officers[officers[1]].do("tasks.confirm_record", visit_id=visit)
        first.do("tasks.complete_visit", visit_id=visit)

    def mend(self) -> None:
        """整改：ordered, handed over, not put right at first, then done and finished."""
        visit = self.visits[self.failed]["id"]
        clerk = self[f"{FARM}经办"]
        firm = self.let_in(
            "企业经办", "企业",
            extended={"kind": "enterprise", "party": self.firms[self.failed]},
            proof={"document": "营业执照", "number": FIRMS[self.failed]},
        )  # fmt: skip
        order = self.ids["order"] = clerk.do(
            "tasks.issue_rectification", visit_id=visit, number="南农改〔2026〕1号", days=5
        )
        clerk.do("tasks.deliver_rectification", rectification_id=order, channel="on_spot")
        both = self.inspectors(visit)
        looking = next(self.officers[one] for one in both if self.posts[one] == FARM)
        again = {"result": "ordered_again", "days": 3, "note": "仍缺一周"}
        for found in (again, {"result": "no_problem"}):
            (waiting,) = firm.see("identity/list_todos")["items"]
            owed = waiting["id"]
            firm.do("tasks.report_rectification", rectification_id=owed, text="台账已补齐")
            looking.do("tasks.recheck", rectification_id=order, officers=both, **found)
            second = next(self.officers[one] for one in both if self.officers[one] is not looking)
            second.do("tasks.confirm_recheck", rectification_id=order)
        clerk.do("tasks.finish_rectification", rectification_id=order)

    def review(self) -> None:
        """复核：a visit that a third party assisted is looked at a second time."""
        visit = self.visits[self.clean]["id"]
        others = [one for one, at in self.posts.items() if at == MARKET]
        officers = [one for one in others if one not in self.inspectors(visit)][:1]
        review = self.ids["review"] = self["任务管理员"].do(
            "tasks.assign_review", visit_id=visit, officers=officers, reason="企业有异议"
        )
        self.officers[officers[0]].do("tasks.record_review", review_id=review, agrees=True)

    def hand_over(self) -> None:
        """移送：two officers report a case, the head approves; it is sent, accepted, closed."""
        visit = self.visits[self.failed]["id"]
        both = self.inspectors(visit)
        transfer = self.ids["transfer"] = self.officers[both[0]].do(
            "tasks.report_transfer", visit_id=visit, kind="enforcement", to="综合行政执法支队",
            reason="收购台账不完整，拟立案查处", reporters=both, papers=["transfer_letter"],
        )  # fmt: skip
        self["局长"].do("tasks.approve_transfer", transfer_id=transfer)
        self[f"{MARKET}经办"].do("tasks.send_transfer", transfer_id=transfer)
        self["局长"].do("tasks.accept_transfer", transfer_id=transfer)
        self["局长"].do("tasks.close_transfer", transfer_id=transfer, note="已立案查处，责令改正")

    def show(self) -> None:
        """公示：the head shows each result to the public."""
        for visit in self.visits.values():
            self["局长"].do("tasks.publish_result", visit_id=visit["id"], until="2027-06-30")

    def close(self) -> None:
        """办结归档：each department closes its part, then the whole is closed and archived."""
        admin, task = self["任务管理员"], self.ids["task"]
        for department in (MARKET, FARM):
            self[f"{department}经办"].do("tasks.close_part", task_id=task)
        admin.do("tasks.close", task_id=task)
        admin.do("tasks.archive", task_id=task, manifest=sm3(b"archive").hex())
        admin.do("tasks.publish", task_id=task)

    @property
    def failed(self) -> str:
        """The firm of which something was found: the first that was visited."""
        return next(iter(self.visits))

    @property
    def clean(self) -> str:
        """The firm of which nothing was found."""
        return list(self.visits)[1]

    def inspectors(self, visit: str) -> list[str]:
        """Give the officers of a visit, those of the lead first."""
        found = self["局长"].see(f"tasks/visits/{visit}")["content"]["officers"]
        officers = [one["officer"] for one in found]
        return sorted(officers, key=lambda one: self.posts[one] != MARKET)

    @property
    def named(self) -> dict[str, str]:
        """The names of departments by their ids."""
        return {one: name for name, one in self.departments.items()}

    def sheet(self) -> dict[str, Any]:
        """Give what the task says."""
        return {
            "number": "450000-2026-RP-001", "name": "2026年第一批乳品综合检查",
            "scene": self.ids["scene"], "kind": "routine", "region": REGION,
            "lead": self.departments[MARKET], "joining": [self.departments[FARM]],
            "checklist": {"id": self.ids["checklist"], "version": 1},
            "starts_on": self._day(9), "ends_on": self._day(27), "matters": [self.ids["matter"]],
            "grading_rule": {"id": self.ids["rule"], "version": 1},
            "plan": self.ids["plan"], "sub_plan": "1",
        }  # fmt: skip

    def _day(self, day: int) -> str:
        return FIRST_DAY.replace(day=day).isoformat()
