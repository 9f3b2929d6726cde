"""The Chinese words of the items context."""

from collections.abc import Mapping

from supervision_core.kernel.messages import Message

MESSAGES: Mapping[str, Message] = {
    "items.law_invalid": Message("法律法规信息有误", "请按所列原因更正"),
    "items.article_unknown": Message("《{law}》没有{article}", "请核对条款号，或先录入该条款"),
    "items.article_empty": Message("条款号或条款内容为空", "请补填"),
    "items.law_ends_before_begin": Message("失效日期不晚于实施日期", "请核对失效日期"),
    "items.check_item_incomplete": Message("检查事项不完整", "请按所列原因补充后再启用"),
    "items.check_item_locked": Message("检查事项当前状态不允许此操作", "请刷新后核对事项状态"),
    "items.already_enabled": Message("检查事项已启用", "无需重复启用"),
    "items.not_enabled": Message("检查事项未启用", "只有启用的事项才能停用或加入检查单"),
    "items.reason_missing": Message("没有说明原因", "请填写停用原因"),
    "items.matter_missing": Message("检查项“{item}”没有检查事项名称", "请填写检查事项"),
    "items.told_code_unknown": Message(
        "{title}中没有编码为“{code}”的记录", "请核对上级平台的编码，或先新增该记录，再次同步"
    ),
    "items.told_department_unknown": Message(
        "没有机构编码为“{code}”的机构", "请先新增该机构，再次同步"
    ),
    "items.told_ring": Message("上级目录中含有自身或其下级", "请上级平台更正父目录，再次同步"),
    "items.synchronisation_broken_off": Message("同步中途停止", "请再次发起同步"),
    "items.matter_code": Message("监管目录编码不是14位数字", "请核对编码；留空则由系统生成"),
    "items.matter_unknown": Message(
        "监管目录中没有使用中的监管事项“{matter}”", "请从监管目录中选择，或先新增监管目录"
    ),
    "items.content_missing": Message("检查项“{item}”没有检查内容", "请填写检查内容"),
    "items.department_missing": Message("检查项“{item}”没有责任部门", "请指定责任部门"),
    "items.basis_missing": Message(
        "检查项“{item}”没有法律依据", "请填写法律法规名称和条款；没有依据的不得检查"
    ),
    "items.basis_incomplete": Message(
        "检查项“{item}”的法律依据不完整", "请写明法律法规名称和条款号"
    ),
    "items.law_locked": Message("法律法规当前状态不允许此操作", "请刷新后核对启用状态"),
    "items.law_taken": Message(
        "法律法规库已有同名、同一颁发时间的版本", "请编辑已有版本，或核对颁发时间"
    ),
    "items.law_begins_before_promulgation": Message("实施时间早于颁发时间", "请核对两个时间"),
    "items.law_without_articles": Message(
        "条款全文中没有识别出任何条款", "每条以“第…条”（标准为“4.1”等编号）开头，另起一行"
    ),
    "items.article_twice": Message("{article}出现多次", "请核对条款全文"),
    "items.law_enabled": Message("法律法规已启用", "删除前请先停用；无需重复启用"),
    "items.law_disabled": Message("法律法规已停用", "无需重复停用"),
    "items.law_not_in_force": Message("法律法规尚未实施或已失效", "请核对实施时间和失效时间"),
    "items.basis_not_enabled": Message(
        "所引《{law}》没有启用，不能作为依据", "请改引现行有效的版本，或先启用该法规"
    ),
    "items.in_use": Message("检查事项正在使用", "请先停用再删除"),
    "items.template_invalid": Message("文书模板信息有误", "请按所列原因更正"),
    "items.template_not_submitted": Message("文书不在待审核状态", "请先提交审核"),
    "items.template_called_twice": Message(
        "该部门有{count}份名为“{name}”的文书，不能确定更正哪一份",
        "请在页面上编辑，或将多余的文书改名或删除后再次导入",
    ),
    "items.template_document_fixed": Message(
        "已有模板文件，不能改为另一类文书", "请为这类文书另建模板"
    ),
    "items.template_under_review": Message("文书正在审核，不能修改", "请等待审核结果"),
    "items.template_unreviewed": Message(
        "只有审核通过或停用的文书才能发布启用", "请先提交审核并审核通过"
    ),
    "items.template_not_enabled": Message("文书没有启用", "无需停用"),
    "items.template_in_use": Message("文书正在使用", "请先停用再删除"),
    "items.opinion_missing": Message("没有填写退回意见", "请说明需要修改的内容"),
    "items.path_unfit": Message("生成路径不能以“/”开头或含有“..”", "请填写相对目录"),
    "items.material_invalid": Message("标准材料信息有误", "请按所列原因更正"),
    "items.material_taken": Message("本区划已有编码为“{code}”的标准材料", "请换用其他编码"),
    "items.file_unknown": Message("材料没有这个文件", "请刷新后重试"),
    "items.template_locked": Message("文书模板当前状态不允许此操作", "请刷新后核对模板状态"),
    "items.template_not_draft": Message(
        "只有编辑中或退回修改的文书才能提交审核", "请刷新后核对审核状态"
    ),
    "items.template_without_file": Message("文书还没有模板文件", "请先用“更换模板”上传Word文档"),
    "items.list_empty": Message(
        "检查实施清单已停用或没有关联检查项", "请选择启用的清单，或先为清单关联检查项"
    ),
    "items.code_taken": Message("本区划已有编码为“{item}”的检查事项", "请换用其他编码"),
}
