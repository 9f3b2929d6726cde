"""``supervision draw`` and ``supervision verify-draw``: without any database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import rich_click as click

from entrypoints.cli.console import Console, Exit
from entrypoints.cli.framing import finish, options, speaking
from supervision_core.kernel.canonical import Json

if TYPE_CHECKING:
    from supervision_core.draws.model.picking import Chance
    from supervision_core.draws.model.verification import Check
    from supervision_core.kernel.crypto import Verifier

_STAGES = {"sort": "名单排序", "freeze": "冻结名单", "rank": "排序抽取"}
_STEPS = {
    "format": "证明的格式",
    "pool": "对象库",
    "pool_hash": "对象库的摘要",
    "rule": "抽取规则",
    "rule_hash": "规则的摘要",
    "leaf": "平台预定数",
    "contributions": "各方的承诺与随机数",
    "outsider": "外部参与方与开启",
    "seed": "种子",
    "chances": "各分层的抽取机会",
    "picks": "抽中名单",
    "thresholds": "入选线",
    "manual": "人工增减",
    "items": "抽中事项",
    "officers": "派员条件",
    "assignment": "派员结果",
    "number": "抽取序号与此前各次抽取",
    "marks": "标记",
    "signature": "发布部门的签名",
}
"""By the value of ``Step``, which is loaded with the work."""
_UNCHECKED = ("signature", "pool", "times", "staffing", "audit")
_UNCHECKED_2 = (*_UNCHECKED, "sources")
_UNCHECKED_TITLES = {
    "signature": "签名（用 --signer 给出发布部门的公钥文件）",
    "pool": "名单是否齐全、筛选是否得当",
    "times": "随机数提交、公布和开启的时间是否属实",
    "staffing": "派员条件（证件、回避、工作量）是否属实",
    "audit": "审计存证",
    "sources": "预定数表的根值是否事先公布、公开数值和此前各次抽取是否属实",
}
_LIST_UNCHECKED = (
    "名单是否齐全、属实，预定数表的根值是否事先公布，名单的摘要是否先于预定数写入审计日志；"
    "这类抽取没有外部参与方，运营平台的人可以事先算出预定数"
)
_KINDS = {"random": "随机", "targeted": "定向", "all": "全查"}
"""By the value of ``ChanceKind``."""
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command(
    help="按 draw/2（或 draw/1）从任何名单中抽取，留下人人可以核对的证明。\n\n随机数和平台预定数由"
    "本机当场产生：证明只说明结果由它们算出，不说明它们没有挑选过。\n\n"
    "格式见 docs/formats/draw.md。"
)
@click.option("--pool", required=True, type=_FILE, help="名单：.csv（id、stratum 两列）或 .tsv。")
@click.option("--rule", required=True, type=_FILE, help="抽取规则：YAML 或 JSON。")
@click.option(
    "--contributor",
    "contributors",
    multiple=True,
    default=("本机",),
    show_default=True,
    help="出随机数的一方，可重复填写；随机数由本机当场产生。",
)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("draw"),
    show_default=True,
    help="结果文件夹：证明 proof.json，名单很大时另有 pool.tsv。",
)
@click.option(
    "--format",
    "definition",
    type=click.Choice(["draw/2", "draw/1"]),
    default="draw/2",
    show_default=True,
    help="按哪一版定义抽取。",
)
@options
def draw(  # noqa: PLR0913 - a draw by file is made of these
    pool: Path,
    rule: Path,
    contributors: tuple[str, ...],
    out: Path,
    definition: str,
    *,
    as_json: bool,
) -> None:
    """Draw from any list by a definition and leave a proof."""
    from entrypoints.container import SystemClock, SystemRandomness, draw_files

    with speaking(as_json=as_json) as console:
        with console.stages(_STAGES) as progress:
            drawn = draw_files(
                pool,
                rule,
                out,
                contributors=contributors,
                clock=SystemClock(),
                randomness=SystemRandomness(),
                draw_id=out.resolve().name,
                definition=definition,
                progress=progress,
            )
        lines = [
            f"分层“{stratum}”：{size:,} 个对象，抽中 {drawn.picked[stratum]:,} 个"
            + (_called(drawn.chances[stratum]) if drawn.chances else "")
            for stratum, size in drawn.sizes.items()
        ]
        total = sum(drawn.picked.values())
        picked = f"✓ 抽中 {total:,} 个" if total else "✗ 没有抽中任何对象，请核对规则的数量、比例"
        said = f"{picked}，证明在 {drawn.proof}（用 supervision verify-draw 核对）"
        data: dict[str, Json] = {
            "proof": str(drawn.proof),
            "pool": str(drawn.pool) if drawn.pool else "",
            "seed": drawn.seed,
            "sizes": dict(drawn.sizes),
            "picked": dict(drawn.picked),
        }
        console.answer(data, [*lines, said])
        if not total:
            finish(Exit.REFUSED)


@click.command(
    "draw-nonce",
    help="产生抽取用的随机数，密封给保管方，给出要提交的承诺值和密封的随机数。"
    "\n\n--round、--key 照抽取过程页填写。"
    "\n\n此前以 draw/1 冻结的抽取：加 --out 存为只有本人可读的文件，公布时加 --reveal 读出；"
    "文件在公布之前不要交给任何人。",
)
@click.argument("subject", metavar="部门编号或文件")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="随机数存到哪个文件；已有的文件不覆盖。",
)
@click.option("--reveal", is_flag=True, help="从文件读出随机数。")
@click.option("--round", "round_id", default="", help="本轮的标识。")
@click.option("--key", default="", help="保管方的SM2公钥，130位十六进制。")
@options
def draw_nonce(  # noqa: PLR0913 - one a choice
    subject: str, out: Path | None, *, reveal: bool, round_id: str, key: str, as_json: bool
) -> None:
    """Make a department's number and seal it to its keeper; for a ``draw/1`` keep or read it."""
    from entrypoints.container import SystemRandomness, kept_nonce, made_nonce, sealed_nonce

    with speaking(as_json=as_json) as console:
        if round_id and key:
            commitment, sealed = sealed_nonce(subject, round_id, key, SystemRandomness())
            console.answer(
                {"commitment": commitment.hex(), "sealed": sealed.hex()},
                [f"承诺值：{commitment.hex()}", f"密封的随机数：{sealed.hex()}"],
            )
            return
        if reveal:
            found = kept_nonce(Path(subject))
            console.answer({"nonce": found.nonce.hex()}, [f"随机数：{found.nonce.hex()}"])
            return
        if out is None:
            raise click.UsageError("缺少 --round 和 --key（draw/1：缺少 --out）。")
        made = made_nonce(subject, out, SystemRandomness())
        data: dict[str, Json] = {"file": str(out), "commitment": made.commitment.hex()}
        console.answer(
            data, [f"承诺值：{made.commitment.hex()}", f"✓ 随机数在 {out}，公布之前不要交给任何人"]
        )


@click.command(
    "verify-draw",
    help="核对抽取的证明，逐步说明哪一步成立、哪一步不成立，最后说明没有核对什么；不需要数据库。\n\n"
    "不给出公钥则不核对签名，只说明内容自洽。任何一步不成立则退出码为 4。",
)
@click.argument("proof", type=_FILE)
@click.option(
    "--signer",
    "signers",
    multiple=True,
    type=_FILE,
    help="发布部门的公钥文件（PEM 或十六进制），可重复；填写后还核对签名。",
)
@options
def verify_draw(proof: Path, signers: tuple[Path, ...], *, as_json: bool) -> None:
    """Check a proof step by step, without any database."""
    from entrypoints.container import verify_files

    with speaking(as_json=as_json) as console:
        trusted = _trusted(signers) if signers else {}
        with console.stages(_STAGES) as progress:
            found = verify_files(proof, progress=progress, trusted=trusted)
        checks = [_check(check, console) for check in found.checks]
        lines = [line for check in found.checks for line in _lines(check, console)]
        second = any(check.step.value == "leaf" for check in found.checks)
        parts = _UNCHECKED_2 if second else _UNCHECKED
        unchecked = [part for part in parts if not (trusted and part == "signature")]
        if not found.ok:
            said = f"✗ 证明不成立：{_STEPS[found.failed[0].value]}"
        else:
            said = "✓ 证明成立" if trusted else "✓ 内容自洽，签名未核"
        last = f"{said}。没有核对：{'、'.join(_UNCHECKED_TITLES[part] for part in unchecked)}"
        data: dict[str, Json] = {
            "verified": bool(found.ok and trusted),
            "consistent": found.ok,
            "unchecked": list(unchecked),
            "failed": [step.value for step in found.failed],
            "checks": checks,
        }
        console.answer(data, [*lines, last])
        if not found.ok:
            finish(Exit.NOT_VERIFIED)


@click.command(
    "verify-list-draw",
    help="核对认领时抽取检查人员、任务复核抽取的核对材料：按所存的名单和预定数重新抽取；不需要数据库。\n\n"
    "材料在任务的抽取结果中，存为文件。任何一步不成立则退出码为 4。",
)
@click.argument("material", type=_FILE)
@options
def verify_list_draw(material: Path, *, as_json: bool) -> None:
    """Draw again from a stored list and leaf, without any database."""
    import json

    from supervision_core.tasks.model.list_proof import STEPS, replayed

    with speaking(as_json=as_json) as console:
        try:
            document = json.loads(material.read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            document = None
        steps = replayed(document)
        failed = [one.step for one in steps if not one.ok]
        lines = [f"{'✓' if one.ok else '✗'} {STEPS[one.step]}" for one in steps]
        said = f"✗ 不成立：{STEPS[failed[0]]}" if failed else "✓ 重新抽取的结果相同"
        last = f"{said}。没有核对：{_LIST_UNCHECKED}"
        data: dict[str, Json] = {"consistent": not failed, "failed": list[Json](failed)}
        console.answer(data, [*lines, last])
        if failed:
            finish(Exit.NOT_VERIFIED)


def _called(chance: Chance) -> str:
    share = f"{chance.numerator}/{chance.denominator}"
    return f"，每个对象的机会是 {share}（{_KINDS[chance.kind.value]}）"


def _trusted(signers: Sequence[Path]) -> Mapping[str, Verifier]:
    """Read the keys of those who sign; what that takes is loaded where there are any."""
    from entrypoints.container import verifiers_of

    return verifiers_of(signers)


def _check(check: Check, console: Console) -> Json:
    faults: list[Json] = [
        {"code": fault.code, "at": fault.at, "reason": console.messages.explain(fault).reason}
        for fault in check.faults
    ]
    return {"step": check.step.value, "ok": check.ok, "faults": faults}


def _lines(check: Check, console: Console) -> list[str]:
    title = _STEPS[check.step.value]
    if check.ok:
        return [f"✓ {title}"]
    said = [console.messages.explain(fault) for fault in check.faults]
    return [f"✗ {title}：{one.reason}（{one.remedy}）" for one in said]
