"""The command line ``supervision``: one module a group of commands, one ``Console`` for all."""

import rich_click as click

from entrypoints.cli.framing import LazyGroup

__all__ = ["main"]


@click.group(
    cls=LazyGroup,
    help="广西跨部门综合监管平台。\n\n退出码：0 完成，1 出错，2 用法有误，"
    "3 被拒绝（原因逐条列出），4 校验不通过，5 正被占用（可重试）。",
    context_settings={"help_option_names": []},
    lazy={
        "demo": (
            "entrypoints.cli.demo:demo",
            (
                "把四个试点场景走完一个完整周期：导入、评价、分级、抽取、"
                "检查、整改、归档、公示、再评价。"
            ),
        ),
        "look": (
            "entrypoints.cli.demo:look",
            (
                "在浏览器里看演示的成果：各种角色各给一个账号和一次性密码，验证码显示在本终端，"
                "直到收到停止信号。"
            ),
        ),
        "init": (
            "entrypoints.cli.databases:init",
            "建立数据库和密钥，并检查它断电不丢数据；已建立的不受影响。",
        ),
        "migrate": (
            "entrypoints.cli.databases:migrate",
            "把数据库升级到本版本；已是本版本的不受影响。",
        ),
        "settings": (
            "entrypoints.cli.setting:settings",
            "列出全部设置（环境变量）：用途、当前值、是否为默认值；机密只说明有没有设置。",
        ),
        "doctor": (
            "entrypoints.cli.doctoring:doctor",
            "给数据库和安装体检：逐项试用数据库的每种用法，说明哪项不行、怎么办。",
        ),
        "keys": ("entrypoints.cli.keys:keys", "密钥：轮换、更新、更换主密钥。"),
        "certificate": (
            "entrypoints.cli.certificates:certificate",
            "自建证书机构：没有持牌机构证书时，为管理员和工作人员签发SM2登录证书。",
        ),
        "login-sign": (
            "entrypoints.cli.certificates:login_sign",
            "用私钥文件对登录挑战签名（UKey 所做的事），输出登录接口所需的证书与签名。",
        ),
        "simulate": (
            "entrypoints.cli.simulating:simulate",
            "在本机模拟对接系统，供联调使用；只在127.0.0.1上应答，不得用于正式环境。",
        ),
        "serve": (
            "entrypoints.cli.serving:serve",
            "启动 HTTP 接口，直到收到停止信号；正在处理的请求先处理完。",
        ),
        "do": (
            "entrypoints.cli.doing:do",
            "办理一件事：新增、修改、删除等，名称即权限名。要填的内容是 JSON，来自文件或标准输入。",
        ),
        "ask": (
            "entrypoints.cli.doing:ask",
            "查询：查看、列表等，名称即权限名。条件是 JSON，来自文件或标准输入。",
        ),
        "import": (
            "entrypoints.cli.importing:import_",
            (
                "导入监管对象（subjects）、执法人员（officers）、行政区划（regions）、"
                "组织机构（departments）或用户（users）表：.xlsx、.xls 或 .csv。"
            ),
        ),
        "export": (
            "entrypoints.cli.exporting:export",
            "导出填报模板、监管对象名单、行政区划、组织机构或用户。",
        ),
        "second-person": (
            "entrypoints.cli.second_person:second_person",
            "双人复核：涉及管理员的变更须由另一人同意。",
        ),
        "organisation": (
            "entrypoints.cli.organisations:organisation",
            "接入现有平台的统一组织架构：机构、用户（含兼职）、角色、用户角色关系。",
        ),
        "matters": (
            "entrypoints.cli.matters:matters",
            "接入自治区监管事项动态管理系统：监管目录、检查实施清单、检查项、认领。",
        ),
        "scene": (
            "entrypoints.cli.scenes:scene",
            "场景包：一个场景的检查单、评价模型、分级规则和标签，装在一个文件夹或 zip 中。",
        ),
        "assess": (
            "entrypoints.cli.assessing:assess",
            "用任何评价模型评价任何一份事实，不需要数据库。",
        ),
        "assess-cities": (
            "entrypoints.cli.cities:assess_cities",
            "分市评价：几个进程、几台机器各领一个市；任何一个随时中断都可以接着做，结果相同。",
        ),
        "grade": (
            "entrypoints.cli.grading:grade",
            "对场景的监管对象做风险、信用评价并分级，结果存入数据库。",
        ),
        "backup": (
            "entrypoints.cli.backing:backup",
            "备份：生成、列出、校验、清理、演练，保险柜密钥。",
        ),
        "restore": (
            "entrypoints.cli.backing:restore",
            "从备份恢复到一个空数据库；恢复后逐表核对，不一致则什么都不留下。",
        ),
        "draw": (
            "entrypoints.cli.drawing:draw",
            "按 draw/2（或 draw/1）从任何名单中抽取，留下人人可以核对的证明。",
        ),
        "draw-nonce": (
            "entrypoints.cli.drawing:draw_nonce",
            ("产生抽取用的随机数，密封给保管方，给出要提交的承诺值和密封的随机数。"),
        ),
        "verify-draw": (
            "entrypoints.cli.drawing:verify_draw",
            "核对抽取的证明，逐步说明哪一步成立、哪一步不成立，最后说明没有核对什么；不需要数据库。",
        ),
        "verify-list-draw": (
            "entrypoints.cli.drawing:verify_list_draw",
            "核对认领时抽取检查人员、任务复核抽取的核对材料：按所存的名单和预定数重新抽取；不需要数据库。",
        ),
        "verify-code": (
            "entrypoints.cli.codes:verify_code",
            "离线核对扫描到的企业码或检查码：是不是本平台签发、有没有被改动、是否过期。",
        ),
        "verify-archive": (
            "entrypoints.cli.archiving:verify_archive_",
            (
                "核对一个任务的档案文件夹：每个文件的摘要，有无缺少、多出，清单的签名；"
                "最后说明没有核对什么。不需要数据库。"
            ),
        ),
        "counts": (
            "entrypoints.cli.counting:counts",
            "统计数据：与业务对象逐一比对，或全部重算。",
        ),
        "todo": ("entrypoints.cli.todoing:todo", "待办：与业务对象逐一比对，或全部重算。"),
        "bench": ("entrypoints.cli.benching:bench", "测量本机：几个工作进程各要多久。"),
        "worker": (
            "entrypoints.cli.working:worker",
            "运行后台任务，直到收到停止信号；各任务互不等待。",
        ),
        "search": (
            "entrypoints.cli.searching:search",
            "企业智搜的索引：查看、重建。",
        ),
        "audit": (
            "entrypoints.cli.auditing:audit",
            "审计日志：检查点与见证、核对、证明、查询、导出、归档、修复。",
        ),
    },
)
@click.help_option("--help", "-h", help="显示本帮助。")
def main() -> None:
    """Give the whole command line; its commands are found by name."""
