// What people of third parties do without signal: they claim a visit, come, note item by item,
// report problems, and hand the visit over.
import { itemHead, photosField, shotsOf } from "./field-forms.js";
import { WORDS, it, named, on, record, saving, show, unfit } from "./field-state.js";
import { act, bar, chip, fields, h, lines } from "./field-kit.js";

const own = (by) => by === "own" || by === it.user;
const mine = ({ content }) => content.assisting.some(own);
const gone = ({ content }) => content.handovers.some((one) => one.old === "own"); // not delivered yet
const came = ({ content }) => content.arrivals.some((one) => own(one.by));
const notesOf = ({ content }, item) => content.assistant_notes.filter((note) => note.item === item.id);
const unnoted = (visit) => visit.content.items.filter((item) => !notesOf(visit, item).length);
const called = (by) => (own(by) ? "本人" : named("user", by));
const to = (visit, step, item = "") => `#${visit.id}/${step}${item && `/${encodeURIComponent(item)}`}`;

const handedTo = ({ content }) => named("user", content.handovers.at(-1).new) || "本机构其他人员";

export const assistedChips = (visit) => {
  const { items } = visit.content;
  if (gone(visit)) return [chip("已移交", "green")];
  if (!mine(visit)) return [chip("待认领", "amber")];
  return [came(visit) ? chip("已签到", "green") : chip("待签到", "amber"), chip(`已记录 ${items.length - unnoted(visit).length}/${items.length}`, "blue")];
};

export const assisting = (visit) => {
  const { content, task, firm } = visit;
  const [open] = unnoted(visit);
  const here = mine(visit) && came(visit);
  const next = gone(visit) ? null : !mine(visit) ? ["认领任务", to(visit, "claim")] : !here ? ["协助签到", to(visit, "arrive")] : open && ["记录下一项", to(visit, "note", open.id)];
  show(firm.name,
    h("section", { className: "lead" }, h("p", { className: "tags" }, ...assistedChips(visit)), lines([["检查编号", content.number], ["反馈期限", content.due_on]]),
      h("p", { className: "hint" }, "第三方人员只协助检查：所记供执法人员参考，不作检查结论，不签字。")),
    gone(visit) ? h("p", { className: "nothing" }, `已移交给${handedTo(visit)}。`) : null,
    !gone(visit) && !mine(visit) ? h("p", { className: "hint" }, "认领以送达平台为准：送达前本机构其他人员已认领的，认领不成立，列入待核对。") : null,
    here && content.state === "assigned" ? h("p", { className: "hint" }, "下载时执法人员还没有签到。所记内容要在执法人员签到以后送达。") : null,
    h("section", {}, h("h2", {}, "检查内容"), h("ul", { className: "ways" }, ...content.items.map((item) => {
      const notes = notesOf(visit, item).map((one) => h("small", {}, `${WORDS.items[one.outcome]}${one.note ? `：${one.note}` : ""}（${called(one.by)}）`));
      const said = h("span", {}, h("strong", {}, item.title), ...(notes.length ? notes : [h("small", {}, "待记录")]));
      return h("li", {}, here ? h("a", { href: to(visit, "note", item.id) }, said) : h("div", {}, said));
    }))),
    h("section", { className: "boxed" }, h("h2", {}, "问题反馈"),
      ...content.problems.map((one) => h("p", {}, [one.title, one.content].filter(Boolean).join("："), h("small", {}, `（${called(one.by)}${one.answer ? `，答复：${one.answer}` : ""}）`))),
      mine(visit) ? h("p", {}, h("a", { className: "button quiet", href: to(visit, "problem") }, "反馈问题")) : content.problems.length ? null : h("p", { className: "hint" }, "没有反馈的问题。")),
    mine(visit) && visit.successors.length ? h("p", {}, h("a", { className: "button quiet", href: to(visit, "hand_over") }, "移交任务")) : null,
    h("details", { className: "fold" }, h("summary", {}, h("h2", {}, "检查对象信息")), lines([["名称", firm.name], ["对象标识", firm.number], ["住所", firm.domicile]])),
    h("details", { className: "fold" }, h("summary", {}, h("h2", {}, "任务信息")), lines([["任务名称", task.name], ["任务编号", task.number], ["任务时间", `${task.starts_on} 至 ${task.ends_on}`], ["场景", named("scene", task.scene)]])),
    next ? bar(h("a", { className: "button", href: next[1] }, next[0])) : null);
};

export const claiming = (visit) =>
  show("认领任务", h("section", { className: "lead" }, lines([["检查对象", visit.firm.name], ["任务名称", visit.task.name], ["反馈期限", visit.content.due_on]])),
    act("认领", saving(visit, "认领任务", async () => {
      await record(visit, "tasks.claim_visit", "认领任务", "claim", { visit_id: visit.id });
      on(visit);
    }), h("p", {}, "认领后由您协助这次检查，可以先签到、记录，有信号时一并送达。")));

export const handingOver = (visit) => {
  const people = visit.successors.map((one) => h("label", {}, h("input", { type: "radio", name: "to", value: one }), h("span", {}, named("user", one) || one)));
  show("移交任务", act("移交", saving(visit, "移交任务", async (form) => {
    const command = { visit_id: visit.id, to: new FormData(form).get("to"), reason: form.elements.reason.value.trim() };
    if (!command.to) unfit("请选择移交给谁。");
    if (!command.reason) unfit("请填写移交原因。");
    await record(visit, "tasks.hand_over_assistance", "移交任务", "hand_over", command);
    on(visit);
  }), h("p", { className: "hint" }, "移交后不能再签到、记录。已经记下、还没有送达的，仍会送达。"),
  h("fieldset", { className: "ticks" }, h("legend", {}, "移交给"), ...people), fields.line("reason", "移交原因")));
};

export const arrivingToAssist = (visit) =>
  show("协助签到", act("签到", saving(visit, "协助签到", async (form) => {
    const [code, reason] = ["code", "reason"].map((name) => form.elements[name].value.trim());
    if (!code && !reason) unfit("请扫描企业码，或填写没有扫码的理由。");
    await record(visit, "tasks.arrive_to_assist", "协助签到", "arrive", { visit_id: visit.id, code, reason });
    on(visit);
  }), fields.long("code", "扫描到的内容", 3, "用手机相机扫企业码，把内容粘贴到这里；没有码的，填写理由。"), fields.line("reason", "没有扫码的理由"),
  fields.quick("reason", ["现场没有张贴码", "码损坏无法识别"])));

export const noting = (visit, id) => {
  const item = visit.content.items.find((one) => one.id === id);
  const many = visit.content.items.length - unnoted(visit).length;
  show("记录协助情况", ...itemHead(visit, item, `已记录 ${many}`, many),
    h("div", { "data-photos": "" }, act("保存，看下一项", saving(visit, "记录协助情况", async (form) => {
      const answer = { item: item.id, outcome: form.elements.outcome.value, note: form.elements.note.value.trim(), evidence: [] };
      if (!answer.outcome) unfit("请选择所见。");
      if (answer.outcome !== "passed" && !answer.note) unfit("请填写情况说明。");
      await record(visit, "tasks.note_as_assistant", `记录协助情况（${item.title}）`, "note", { visit_id: visit.id, answers: [answer] }, shotsOf(form, answer.evidence));
      const left = unnoted(visit).find((one) => one.id !== item.id);
      on(visit, left ? `/note/${encodeURIComponent(left.id)}` : "");
    }), h("fieldset", { className: "verdicts" }, h("legend", {}, "所见"), ...Object.entries(WORDS.items).map(([code, word]) =>
      h("label", { className: code }, h("input", { type: "radio", name: "outcome", value: code }), h("span", {}, word)))),
    fields.long("note", "情况说明和备注", 3), photosField())));
};

export const reporting = (visit) => {
  const choice = h("select", { id: "item", name: "item" }, h("option", { value: "" }, "不涉及具体事项，提交牵头部门"), ...visit.content.items.map((one) => h("option", { value: one.id }, one.title)));
  show("反馈问题", h("div", { "data-photos": "" }, act("提交反馈", saving(visit, "反馈问题", async (form) => {
    const command = { visit_id: visit.id, text: form.elements.text.value.trim(), item: form.elements.item.value, files: [] };
    if (!command.text) unfit("请填写发现的问题。");
    await record(visit, "tasks.report_problem", "反馈问题", "problem", command, shotsOf(form, command.files));
    on(visit);
  }), fields.long("text", "发现的问题", 4), h("div", { className: "field" }, h("label", { htmlFor: "item" }, "所涉检查项"), choice), photosField())));
};
