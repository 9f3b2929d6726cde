"""Before anything is inspected: who there is, what is inspected, of whom, and how it is graded."""

from datetime import date
from typing import Any, Final

from attrs import define, field

from entrypoints.organising import Organisation
from supervision_core.kernel.codes.identity_card import complete_identity_card
from supervision_core.subjects.facts import FACT_CATALOGUE

from .acting import IDENTITY, Person, Place

REGION: Final = "450000"
OFFICE: Final = "自治区综合监管办公室"
ORGANISATION: Final = Organisation(
    region=REGION,
    lead=OFFICE,
    lead_code="GX-ZHJG",
    accounts=("admin.system", "admin.security", "admin.audit"),
    phones=("19900000001", "19900000002", "19900000003"),
)
FIRST_DAY: Final = date(2026, 3, 2)
"""A Monday."""
MARKET, FARM = "市场监管局", "农业农村局"
FIRMS: Final = {
    "南宁示例乳业有限公司": "91450100MA5K000017",
    "南宁示例牧场有限公司": "91450100MA5K000025",
    "南宁示例奶吧有限公司": "91450100MA5K000033",
}
INSTITUTION: Final = "南宁示例检测有限公司"
_CONFLICT: Final = 409
LEVELS: Final = ("low", "high")
GRADES: Final = {
    "risk_levels": LEVELS, "credit_levels": LEVELS, "matrix": [[1, 2], [2, 2]],
    "grades": [
        {"number": 1, "name": "一级", "measure": "降低抽查比例", "object_ratio": "0.5"},
        {"number": 2, "name": "二级", "measure": "提高抽查比例", "object_ratio": "1"},
    ],
}  # fmt: skip
"""The grading: half of the firms of which nothing was found are drawn, and all others."""


def model(kind: str, department: str, fact: str) -> dict[str, Any]:
    """Give a model of one indicator that reads one number of the catalogue: none is well."""
    bands = [
        {"lower": None, "upper": 1, "value": 0},
        {"lower": 1, "upper": None, "value": 1000},
    ]
    levels = [
        {"lower": None, "upper": 500, "value": "low"},
        {"lower": 500, "upper": None, "value": "high"},
    ]
    return {
        "department": department, "region": REGION, "object_type": "enterprise", "cycle": "year",
        "definition": {
            "kind": kind, "code": f"rp_{kind}", "name": f"乳品模型{kind}",
            "facts": [{"name": fact, "title": FACT_CATALOGUE[fact].title, "type": "integer"}],
            "categories": [{"code": "all", "name": "检查"}],
            "indicators": [{
                "code": "found", "name": "检查发现的问题", "category": "all",
                "rule": {
                    "_type": "Bands", "fact": fact, "bands": bands,
                    "missing": {"treatment": "exclude"},
                },
            }],
            "levels": [{"code": one, "name": one} for one in LEVELS],
            "grader": {"_type": "Scale", "measure": "total", "bands": levels},
        },
    }  # fmt: skip


@define
class Preparation:
    """What has happened so far: who there is, and the ids that answers gave."""

    at: Place
    today: date = FIRST_DAY
    people: dict[str, Person] = field(factory=dict)
    departments: dict[str, str] = field(factory=dict)
    roles: dict[str, str] = field(factory=dict)
    officers: dict[str, Person] = field(factory=dict)
    """Who inspects, by the id in the register of officers."""
    posts: dict[str, str] = field(factory=dict)
    """The name of the department for which each of them works."""
    firms: dict[str, str] = field(factory=dict)
    """The ids of firms by their names."""
    ids: dict[str, str] = field(factory=dict)
    items: list[dict[str, Any]] = field(factory=list)
    seconds: list[str] = field(factory=list)
    """What a second person consented to."""
    importance: str = "key"
    """Of the items of the checklist: general ones are drawn."""
    read: str = "findings_1y"
    """The fact that both models read: what checks of the last year have found."""
    teams: list[str] = field(factory=list)
    """The teams of officers of the scene."""
    item_draw: str = "by_grade"

    def __getitem__(self, name: str) -> Person:
        """Give somebody by name."""
        return self.people[name]

    def found(self) -> None:
        """建机构：three administrators find the roles that were shipped, and add departments."""
        system, security, _ = self.at.administrators
        found = security.see("identity/roles", page_size=200)["items"]
        self.roles = {one["name"]: one["id"] for one in found}
        (top,) = system.see("identity/departments")["items"]
        self.departments[OFFICE] = top["id"]
        for number, name in enumerate((MARKET, FARM), 1):
            data = {"name": name, "code": f"GX-{number:02}", "region": REGION, "parent": top["id"]}
            made = system.call("POST", f"{IDENTITY}/departments", {"data": data})
            self.departments[name] = made["id"]
        self.ids["trade"] = system.add("identity/trades", name="乳品", code="RP")

    def hire(self) -> None:
        """建账号：staff of both departments, officers tied to their entries, a third party."""
        _, security, _ = self.at.administrators
        for department in (MARKET, FARM):
            manager = self.let_in(f"{department}管理员", "部门管理员", department=department)
            path = f"{IDENTITY}/departments/{self.departments[department]}/administrators"
            security.call("PUT", path, {"administrators": [manager.id]})
            self.let_in(f"{department}经办", "部门经办人员", department=department)
            for number in "甲", "乙":
                name = f"{department}{number}"
                officer = manager.do("officers.register", draft={
                    "name": name, "department": self.departments[department], "region": REGION,
                    "certificates": [{"number": f"45010026{len(self.people):03}",
                                      "regions": [REGION]}],
                })  # fmt: skip
                person = self.let_in(name, "执法人员", department=department)
                manager.do("officers.tie_account", officer_id=officer, user_id=person.id)
                self.officers[officer], self.posts[officer] = person, department
        self.let_in("局长", "领导", department=MARKET)
        self.let_in("任务管理员", "任务管理员", department=MARKET)
        builds = ("场景管理员", "检查单编制人员", "评价分析人员")
        self.let_in("场景建设", *builds, department=OFFICE)
        manager = self[f"{MARKET}管理员"]
        held = self.ids["institution"] = manager.add("officers/institutions", name=INSTITUTION,
                                                     sort="testing")  # fmt: skip
        for name, role in (("机构负责人", "三方机构负责人"), ("检测员", "三方机构人员")):
            self.let_in(name, role, extended={"kind": "third_party", "party": held})

    def let_in(self, name: str, *roles: str, department: str = "", **more: Any) -> Person:
        """Make an account, give a password, let its owner change it, and give it roles."""
        system, security, _ = self.at.administrators
        number = len(self.people) + 1
        account = f"user.{number:02}"
        draft = {
            "account": {"account": account, "phone": f"138{number:08}"},
            "person": {"name": name,
                       "document_number": complete_identity_card(f"45010319900101{number:03}")},
            "memberships": [{"department": self.departments[one]} for one in [department] if one],
            "extended": more.get("extended", {}),
        }  # fmt: skip
        said = {"draft": draft} | ({"proof": more["proof"]} if "proof" in more else {})
        user = system.call("POST", f"{IDENTITY}/users", said)["id"]
        told = security.call("POST", f"{IDENTITY}/users/{user}/password")["password"]
        person = self.people[name] = Person(self.at, account, told, user)
        person.renew()
        given = {"roles": [self.roles[one] for one in roles], "groups": []}
        asked = security.ask("PUT", f"{IDENTITY}/assignments/user/{user}", given)
        if asked.status_code == _CONFLICT:
            self._with_consent({"holder": "user", "holder_id": user, **given}, name)
        else:
            assert asked.is_success, asked.text
        return person

    def _with_consent(self, command: dict[str, Any], name: str) -> None:
        """双人复核：security asks for roles that make an administrator, system consents."""
        system, security, _ = self.at.administrators
        path = f"{IDENTITY}/second_person_requests"
        asked = {
            "action": "identity.assign_roles", "command": command, "reason": "设立部门管理员",
        }  # fmt: skip
        request = security.call("POST", path, asked)["request_id"]
        system.call("POST", f"{path}/{request}/decision", {"consented": True})
        self.seconds.append(name)

    def build(self) -> None:
        """建场景：matter, check items, checklist, models, rule and the scene of them."""
        builder = self["场景建设"]
        matter = builder.add("items/catalogue", name="乳品质量安全监督检查", kind="inspection")
        code = self.ids["matter"] = builder.see(f"items/catalogue/{matter}")["content"]["code"]
        for number, (department, asked) in enumerate(
            ((MARKET, "食品经营许可证是否在有效期内"), (FARM, "生鲜乳收购记录是否完整")), 1
        ):
            content = {
                "matter": "乳品质量安全监督检查", "matter_code": code, "content": asked,
                "department": self.departments[department], "importance": self.importance,
                "basis": [{"document": "中华人民共和国食品安全法", "article": "第三十五条"}],
            }  # fmt: skip
            item = builder.do("items.add_check_item", code=f"RP-{number}", content=content)
            builder.do("items.enable_check_item", check_item_id=item)
            self.items.append({"code": f"RP-{number}", "content": content, "origin": item})
        market = self.departments[MARKET]
        both: dict[str, Any] = {"lead": market, "joining": [self.departments[FARM]]}
        trade, place = self.ids["trade"], {"region": REGION}
        sheet = {"name": "乳品综合检查单", "trade": trade, **both, "items": self.items}
        self.ids["checklist"] = builder.do("checklists.create", code="RP", content=sheet, **place)
        builder.do("checklists.publish", checklist_id=self.ids["checklist"])
        for kind in ("risk", "credit"):
            self.ids[kind] = builder.do("assessment.create_model", **model(kind, market, self.read))
            builder.do("assessment.enable_model", kind=kind, model_id=self.ids[kind])
        rule = self.ids["rule"] = builder.do(
            "grading.create_rule", name="乳品分级", department=market, trade=trade,
            risk_model=self.ids["risk"], credit_model=self.ids["credit"],
            definition={**GRADES, "item_draw": self.item_draw},
            **place,
        )  # fmt: skip
        builder.do("grading.enable_rule", rule_id=rule)
        tag = self.ids["tag"] = builder.do("subjects.create_tag", name="乳品企业", **place)
        scene = self.ids["scene"] = builder.do(
            "scenes.create", code="RP", basics={"name": "乳品", "trades": [trade], **both}, **place
        )
        builder.do(
            "scenes.configure", scene_id=scene, tasks={"consultation": True},
            resources={"tags": [{"tag": tag}], "teams": self.teams},
            checklists=[{"checklist": self.ids["checklist"], "trade": trade}],
        )  # fmt: skip
        builder.do(
            "scenes.assess_by", scene_id=scene, grading_rule=rule,
            **{
                f"{kind}_models": [{"model": self.ids[kind], "trade": trade}]
                for kind in ("risk", "credit")
            },
        )  # fmt: skip
        builder.do("scenes.publish", scene_id=scene)

    def know(self) -> None:
        """建档：firms are registered and tagged; one of them is given an account, with proof."""
        clerk, builder = self["任务管理员"], self["场景建设"]
        for name, code in FIRMS.items():
            firm = self.firms[name] = clerk.do("subjects.register", draft={
                "kind": "enterprise", "name": name, "region": REGION,
                "identity": {"kind": "credit_code", "code": code},
                "basic": {"domicile": "南宁市示例路1号", "scope": "乳制品销售"},
            })  # fmt: skip
            builder.do("subjects.tag", subject_id=firm, put=[self.ids["tag"]], reason="现场核实")

    def hear(self, *firms: str) -> list[dict[str, str]]:
        """研判：a clue of each firm is judged by somebody else; give the grounds of visits."""
        if "研判" not in self.people:
            self.let_in("研判", "线索研判人员", department=MARKET)
        analyst, grounds = self["研判"], []
        names = {id_: name for name, id_ in self.firms.items()}
        for firm in firms:
            clue = self[f"{MARKET}经办"].do("clues.register", sheet={
                "title": f"反映{names[firm]}生产环境脏乱", "content": "排水沟积水",
                "channel": "manual", "kind": "report", "region": REGION, "subject": firm,
            })  # fmt: skip
            analyst.do("clues.triage", clue_id=clue, verdict="inspect", reason="需要现场核查")
            grounds.append({"subject": firm, "ground": "clue", "clue": clue})
        return grounds

    def evaluate(self) -> None:
        """评价：every firm is graded by what is known of it on the day."""
        self["场景建设"].do(
            "grading.grade_subjects", rule_id=self.ids["rule"], as_of=self.today.isoformat(),
            subject_ids=list(self.firms.values()),
        )  # fmt: skip

    def grades(self) -> dict[str, int]:
        """Give the grade of each firm as the leader sees it."""
        found = self["局长"].see("grading/graded_subjects", page_size=200)["items"]
        names = {firm: name for name, firm in self.firms.items()}
        return {names[one["subject"]]: one["grade"] for one in found}
