"""The papers of a cycle: letters for the firms, and the archive of each task."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path

from attrs import define, field

from entrypoints.container import write_public_key
from entrypoints.demo.closing import archive
from entrypoints.demo.cycle import Cycle, SceneRun
from entrypoints.demo.files import json_bytes, put
from entrypoints.demo.printing import Printer
from entrypoints.demo.settings import ORGANS
from supervision_core.checklists.ports import Checklists
from supervision_core.draws.model.signing import signed_proof
from supervision_core.files.model import FileForm
from supervision_core.files.ports import Attachments
from supervision_core.kernel.crypto import Signer
from supervision_core.kernel.days import day_words, local_day, moment_words, period_words
from supervision_core.kernel.documents import Fact, LetterKind
from supervision_core.kernel.plain import to_plain
from supervision_core.kernel.signing import sign_document
from supervision_core.officers.model import Officer
from supervision_core.officers.ports import Officers
from supervision_core.subjects.lists import addressed
from supervision_core.subjects.model import Subject
from supervision_core.tasks.law import CORRECTION_BASIS
from supervision_core.tasks.model.archive import make_manifest
from supervision_core.tasks.model.presence import Signed
from supervision_core.tasks.model.rectification import Rectification
from supervision_core.tasks.model.results import Inspector, stated
from supervision_core.tasks.model.visit import Visit
from supervision_core.tasks.ports import Rectifications, Visits
from supervision_core.tasks.words import title

KEY_FILE = "签名公钥.pem"
_UNKNOWN = "未定"
_CONTACT = {"contact": "综合监管办公室", "phone": "0771-0000000"}


@define
class Papers:
    """Writes the papers of one run; what is there already is left as it is."""

    cycle: Cycle
    printer: Printer
    _officers: dict[str, Officer] = field(factory=dict)

    @property
    def folder(self) -> Path:
        """Where the run's papers go."""
        return self.cycle.settings.folder

    @property
    def _signer(self) -> Signer:
        return self.cycle.platform.keys.signer

    def letters(self, run: SceneRun) -> Path:
        """Name the folder of a task's letters."""
        return self.folder / "文书" / run.number

    def record(self, run: SceneRun, visit: str, number: str) -> None:
        """Have the record of a visit printed."""
        path = self.letters(run) / f"检查笔录-{number}.pdf"
        if not path.exists():
            facts = self._record(run, self.cycle.load_visit(visit))
            self.printer.print("inspection_record", facts, LetterKind.PDF, path)

    def order(self, run: SceneRun, rectification: str) -> None:
        """Have an order to put things right printed as Word and PDF."""
        ordered = self.cycle.load_rectification(rectification)
        path = self.letters(run) / f"责令改正-{ordered.sheet.number}.docx"
        if not path.with_suffix(".pdf").exists():
            facts = self._order(run, ordered)
            self.printer.print("rectification_order", facts, LetterKind.DOCX, path)
            printed = path.with_suffix(".pdf")
            self.printer.print("rectification_order", facts, LetterKind.PDF, printed)

    def opinions(self) -> None:
        """Have printed what officers found when they looked again."""
        rows = [(run, row) for run in self.cycle.runs for row in self.cycle.rectifications(run)]
        with self.cycle.console.progress("送印整改复查意见书", len(rows)) as advance:
            for run, row in rows:
                path = self.letters(run) / f"整改复查-{row.number}.pdf"
                if not path.exists():
                    facts = self._opinion(self.cycle.load_rectification(row.id))
                    self.printer.print("recheck_opinion", facts, LetterKind.PDF, path)
                advance(1)

    def proofs(self) -> None:
        """Write the proof of each draw, for anyone to verify, and the key that signed them."""
        put(self.folder / KEY_FILE, write_public_key(self._signer.public_key).encode())
        for run in self.cycle.runs:
            path = self.folder / "抽取证明" / f"{run.number}.json"
            if not path.exists():
                put(path, json_bytes(signed_proof(self.cycle.proof(run), self._signer)))

    def archives(self) -> None:
        """Write each task's whole file, every letter in it, and fix it by its manifest, once."""
        self.printer.finish()
        with self.cycle.console.progress("归档", len(self.cycle.runs)) as advance:
            for run in self.cycle.runs:
                if not self.cycle.load_task(run).manifest:
                    self._archive(run)
                advance(1)

    def checking(self) -> None:
        """Write the commands by which anyone checks the proofs and the archives."""
        numbers = [run.number for run in self.cycle.runs]
        signer = f"--signer {KEY_FILE}"
        lines = [
            "请在本文件夹里执行；找不到 supervision 时写出它的位置，如 ../.venv/bin/supervision。",
            "公钥应另从发布部门取得（如其网站）：与证明放在一起的公钥，只说明二者配套。",
            "",
            "核对抽取：",
            *(f"supervision verify-draw 抽取证明/{number}.json {signer}" for number in numbers),
            "",
            "核对档案：",
            *(f"supervision verify-archive 档案/{number} {signer}" for number in numbers),
        ]
        put(self.folder / "怎样核对.txt", ("\n".join(lines) + "\n").encode())

    def _archive(self, run: SceneRun) -> None:
        pieces = dict(self._pieces(run))
        manifest = make_manifest(run.task, pieces)
        folder = self.folder / "档案" / run.number
        for name, content in pieces.items():
            put(folder / name, content)
        listed = json_bytes(to_plain(manifest))
        put(folder / "manifest.json", listed)
        signature = dict(sign_document(self._signer, listed))
        put(folder / "manifest.sig.json", json_bytes(signature))
        archive(self.cycle, run, manifest.digest)

    def _pieces(self, run: SceneRun) -> Iterator[tuple[str, bytes]]:
        cycle = self.cycle
        task = cycle.load_task(run)
        yield "任务.json", json_bytes(to_plain(task))
        visits = [to_plain(cycle.load_visit(row.id)) for row in cycle.visits(run)]
        yield "检查.json", json_bytes(visits)
        orders = [to_plain(cycle.load_rectification(row.id)) for row in cycle.rectifications(run)]
        yield "整改.json", json_bytes(orders)
        with cycle.platform.transactions.begin_reading() as work:
            checklist = work[Checklists].get(run.scene.checklist)
        published = checklist.published(run.scene.checklist_version)
        yield "检查单.json", json_bytes(to_plain(published))
        yield "抽取证明.json", (self.folder / "抽取证明" / f"{run.number}.json").read_bytes()
        for path in sorted(self.letters(run).glob("[!.]*")):
            yield f"文书/{path.name}", path.read_bytes()
        for row in cycle.visits(run):
            yield from self._attached(Visits.kind, row.id, row.number)
        for ordered in cycle.rectifications(run):
            yield from self._attached(Rectifications.kind, ordered.id, ordered.number)

    def _attached(self, kind: str, thing: str, number: str) -> Iterator[tuple[str, bytes]]:
        """Give the files that hang on a thing, by its number."""
        platform = self.cycle.platform
        with platform.transactions.begin_reading() as work:
            hanging = work[Attachments].of(kind, thing)
        for place, one in enumerate(hanging, 1):
            chunks = platform.files.sealed.chunks(one.id, FileForm.WHOLE.value, one.content.whole)
            suffix = one.name.rpartition(".")[2]
            yield f"附件/{number}-{one.slot}-{place}.{suffix}", b"".join(chunks)

    def _organ(self, department: str) -> str:
        """Give the whole name of the organ that signs."""
        name = self.cycle.office.short_names[department]
        return ORGANS.get(name, name)

    def _subject(self, subject: str) -> Subject:
        return self.cycle.load_subject(subject)

    def _people(self, officers: tuple[Inspector, ...]) -> list[Mapping[str, str | int | date]]:
        missing = [one.id for one in officers if one.id not in self._officers]
        if missing:
            with self.cycle.platform.transactions.begin_reading() as work:
                self._officers |= {one.id: one for one in work[Officers].find_many(missing)}
        return [
            {
                "name": self._officers[one.id].name,
                "certificate": one.certificate,
                "department": self._organ(one.department),
            }
            for one in officers
        ]

    def _order(self, run: SceneRun, order: Rectification) -> dict[str, Fact]:
        subject = self._subject(order.sheet.subject)
        visit = self.cycle.load_visit(order.sheet.visit)
        basis = {item.code: item.content.basis for item in run.items}
        return {
            "department": self._organ(order.sheet.department),
            "number": order.sheet.number,
            "subject": subject.name,
            "subject_code": subject.identity.shown,
            "addressee": _addressed(subject),
            "checked_on": _day(visit.formed_on),
            "inspectors": self._people(visit.officers),
            "findings": [
                {
                    "problem": stated(one.title, one.note),
                    "basis": "；".join(
                        f"《{law.document}》{law.article}" for law in basis[one.item]
                    ),
                    "demand": "在期限内改正，并书面报告改正情况",
                }
                for one in order.sheet.findings
            ],
            "basis": CORRECTION_BASIS,
            "due_on": _day(order.due_on),
            "issued_on": _on(order.ordered_at),
            **_CONTACT,
        }

    def _opinion(self, order: Rectification) -> dict[str, Fact]:
        subject = self._subject(order.sheet.subject)
        last = order.rechecks[-1]
        return {
            "department": self._organ(order.sheet.department),
            "number": f"{order.sheet.number}-复",
            "subject": subject.name,
            "subject_code": subject.identity.shown,
            "addressee": _addressed(subject),
            "ordered_on": _on(order.ordered_at),
            "order_number": order.sheet.number,
            "rechecked_on": _on(last.at),
            "findings": [
                {"problem": stated(one.title, one.note), "result": title(last.result)}
                for one in order.sheet.findings
            ],
            "basis": CORRECTION_BASIS,
            "conclusion": last.note.rstrip("。") or "已按要求整改到位",
            "inspectors": self._people(last.officers),
            "issued_on": _on(last.at),
            **_CONTACT,
        }

    def _record(self, run: SceneRun, visit: Visit) -> dict[str, Fact]:
        subject = self._subject(visit.sheet.subject)
        results = {one.item: one for one in visit.results}
        signed = visit.signatures
        conclusion = visit.conclusion
        party = signed.party if signed else None
        started = visit.started.at if visit.started else None
        agreed = isinstance(party, Signed)
        outcomes = conclusion.outcomes if conclusion else frozenset()
        people = self._people(visit.officers)
        names = {
            officer.id: str(one["name"])
            for officer, one in zip(visit.officers, people, strict=True)
        }
        return {
            "department": self._organ(run.scene.lead),
            "number": visit.sheet.number,
            "subject": subject.name,
            "subject_code": subject.identity.shown,
            "addressee": _addressed(subject),
            "address": subject.basic.premises or subject.basic.domicile or "登记住所",
            "started_at": _moment(started),
            "ended_at": _moment(signed.at if signed else None),
            "period": period_words(started, signed.at) if started and signed else _UNKNOWN,
            "recusal": "不申请",
            "attendant": subject.personal.principal or "现场负责人",
            "inspectors": people,
            "items": [
                {
                    "item": item.title,
                    "result": title(results[item.id].outcome) if item.id in results else "未检查",
                    "note": (results[item.id].note if item.id in results else "") or "无",
                }
                for item in visit.sheet.items
            ],
            "conclusion": "、".join(sorted(title(one) for one in outcomes)),
            "statement": "情况属实" if agreed else "拒绝签名",
            "signature": "当事人已签名" if agreed else "当事人拒绝签名，已录音录像并注明原因",
            "recorder": names.get(signed.recorder, "") if signed else "",
            "issued_on": _day(visit.formed_on),
        }


def _addressed(subject: Subject) -> str:
    return addressed(subject.name, subject.identity.kind, subject.identity.shown)


def _day(day: date | None) -> str:
    return day_words(day) if day else _UNKNOWN


def _on(moment: datetime | None) -> str:
    return _day(local_day(moment)) if moment else _UNKNOWN


def _moment(moment: datetime | None) -> str:
    return moment_words(moment) if moment else _UNKNOWN
