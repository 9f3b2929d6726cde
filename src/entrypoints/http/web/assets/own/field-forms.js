// The forms of a visit: arrival, items, conclusion, signatures, end.
import { defaults, early, guideOf } from "./field-visit.js";
import { WORDS, it, on, record, saving, show, today, unfit } from "./field-state.js";
import { act, chip, fields, h, lines, ticks } from "./field-kit.js";

export const arriving = (visit) =>
  early(visit, today()) ? on(visit) : show("现场签到", h("div", { "data-photos": "" }, act("签到", saving(visit, "现场签到", async (form) => {
    const [code, reason, place] = ["code", "reason", "place"].map((name) => form.elements[name].value.trim());
    if (!code && !reason) unfit("请扫描企业码，或填写没有扫码的理由。");
    const command = { visit_id: visit.id, code, reason, place, photo: "" };
    const [shot] = shotsOf(form, { push: (name) => (command.photo = name) });
    await record(visit, "tasks.check_in", "现场签到", "check_in", command, shot ? [shot] : []);
    on(visit);
  }), h("section", { className: "boxed" }, h("h2", {}, "到场位置"), h("p", { className: "hint" }, "位置和照片只随本次签到保存。扫张贴的企业码签到的，连同坐标位置和门店招牌照片才能证明到场。"),
    h("p", {}, h("button", { type: "button", className: "quiet", "data-locate": "" }, "获取当前位置")), h("p", { className: "hint", role: "status", "data-located": "" }), fields.line("place", "签到位置"),
    photosField(null, { label: "门店招牌照片", multiple: false })),
  h("section", { className: "boxed" }, h("h2", {}, "扫码"), fields.long("code", "扫描到的内容", 3, "用手机相机扫企业码，把内容粘贴到这里；没有码的，填写理由。"), fields.line("reason", "没有扫码的理由"),
    fields.quick("reason", ["现场没有张贴码", "码损坏无法识别", "情况紧急，防止证据灭失"])))));

// The wording of the law, and what handbooks say of an item.
const worded = (found) => {
  if (!found?.law.length && !found?.advice.length) return null;
  return h("details", { className: "guide" }, h("summary", {}, "法律条款和经营手册"),
    ...found.law.map((text) => h("p", {}, text)),
    ...found.advice.map((told) => h("p", {}, h("strong", {}, `${told.handbook}：`), told.requirement, told.risk ? h("small", {}, `风险提示：${told.risk}`) : null)));
};

export const photosField = (told = null, { label = "照片", multiple = true } = {}) =>
  h("div", { className: "field" }, h("label", { htmlFor: "evidence" }, label), h("input", { id: "evidence", name: "evidence", type: "file", multiple, accept: "image/jpeg,image/png" }),
    h("ul", { className: "photos", "data-shots": "" }), h("p", { className: "hint", role: "status", "data-shrunk": "" }), told);
const kindOf = (file) => (file.type === "image/png" ? "png" : "jpg");
// Gives the photos of a form; each, once it is sealed, is named in `names`.
export const shotsOf = (form, names) =>
  [...form.elements.evidence.files].filter((file) => /^image\/(jpeg|png)$/.test(file.type)).map((file) => ({ file, kind: kindOf(file), put: (name) => names.push(name) }));

// What stands above the form of an item: how many there are, what it asks, how and by which law.
export const itemHead = (visit, one, counted, many) => {
  const items = visit.content.items;
  const told = guideOf(it.pack.guides, visit, one);
  const how = one.method || one.topic || one.basis.length ? one : (told ?? one);
  const guide = [["检查事项", how.topic], ["检查方法", how.method], ["检查依据", how.basis.join("；")]].filter(([, text]) => text);
  return [
    h("p", { className: "count" }, h("span", {}, `第 ${items.indexOf(one) + 1} 项，共 ${items.length} 项`), h("strong", {}, `${counted}/${items.length}`)),
    h("progress", { max: items.length, value: many, "aria-label": "已填写的项数" }),
    h("section", { className: "lead" }, h("h2", {}, one.title), one.key ? h("p", { className: "tags" }, chip("重点项", "violet")) : null,
      worded(told),
      guide.length ? h("details", { className: "guide", open: true }, h("summary", {}, "检查方法和依据"), lines(guide)) : null),
  ];
};

export const item = (visit, id) => {
  const items = visit.content.items;
  const one = items.find((each) => each.id === id);
  const at = items.indexOf(one) + 1;
  const filled = items.filter((each) => each.outcome).length;
  const form = act("保存，看下一项", saving(visit, "记录检查结果", async (sheet) => {
    const outcome = sheet.elements.outcome.value;
    const note = sheet.elements.note.value.trim();
    if (!outcome) unfit("请选择检查结果。");
    if (outcome !== "passed" && !note) unfit("请填写情况说明。");
    const known = visit.content.evidence.filter((file) => file.title === one.title).map((file) => file.file);
    const because = sheet.elements.corrected_because?.value.trim() ?? "";
    if (one.outcome && (outcome !== one.outcome || note !== one.note) && !because) unfit("已记录过结果，请填写更正理由。");
    const answer = { item: one.id, outcome, note, evidence: known, corrected_because: because };
    await record(visit, "tasks.record_results", `记录检查结果（第${at}项）`, "record", { visit_id: visit.id, answers: [answer] }, shotsOf(sheet, answer.evidence));
    const left = items.find((each) => !each.outcome && each.id !== one.id && each.department === it.pack.department);
    on(visit, left ? `/record/${encodeURIComponent(left.id)}` : "");
  }), h("fieldset", { className: "verdicts" }, h("legend", {}, "检查结果"), ...Object.entries(WORDS.items).map(([code, word]) =>
    h("label", { className: code }, h("input", { type: "radio", name: "outcome", value: code, checked: one.outcome === code }), h("span", {}, word)))),
  fields.long("note", "情况说明和备注", 3, "", one.note),
  photosField(one.photos ? h("p", { className: "hint" }, `已存照片 ${one.photos} 张，原有的保留，新拍的一并保存。`) : null),
  one.outcome ? h("p", { className: "hint" }, `已记录的结果：${WORDS.items[one.outcome]}${one.note ? `（${one.note}）` : ""}。`) : null,
  one.outcome ? fields.long("corrected_because", "更正理由", 2, "更改已记录的结果或说明的，写明理由；原结果和证据保留。") : null);
  show("记录检查结果", ...itemHead(visit, one, `已检查 ${filled}`, filled), h("div", { "data-photos": "" }, form));
};

export const concluding = (visit) => {
  const failed = visit.content.items.filter((one) => one.outcome === "failed");
  const begun = defaults(visit);
  show("作出检查结论", h("section", { className: "lead" }, h("h2", {}, "逐项检查的结果"), h("p", {}, `${visit.content.items.length} 项中发现问题 ${failed.length} 项。`),
    failed.length ? h("ul", { className: "found" }, ...failed.map((one) => h("li", {}, `${one.title}：${one.note}`))) : null),
  act("保存结论", saving(visit, "作出检查结论", async (form) => {
    const chosen = (name) => [...form.querySelectorAll(`[name=${name}]:checked`)].map((one) => one.value);
    const [outcomes, pending, measures] = ["outcomes", "pending", "measures"].map(chosen);
    if (!outcomes.length) unfit("请选择检查结果。");
    if (outcomes.includes("no_problem") && (outcomes.length > 1 || failed.length)) unfit("发现问题的，不能选择未发现问题。");
    if (outcomes.includes("pending") && !pending.length) unfit("请选择待后续处理的问题。");
    if (failed.length && !measures.length) unfit("请选择处理措施。");
    await record(visit, "tasks.conclude", "作出检查结论", "conclude", { visit_id: visit.id, outcomes, pending, measures, note: form.elements.note.value.trim() });
    on(visit);
  }), ticks("outcomes", "检查结果", WORDS.outcomes, begun.outcomes), ticks("pending", "待后续处理的问题", WORDS.pending, begun.pending),
  ticks("measures", "处理措施", WORDS.measures, begun.measures), fields.long("note", "结论说明", 2)));
};

const padded = (name, strokes, label) => [
  h("div", { "data-pad": name, "data-strokes": strokes }, h("div", { className: "field" }, h("label", { htmlFor: name }, label), h("input", { id: name, name, type: "file", accept: "image/png" }))),
  h("input", { type: "hidden", name: strokes, value: "" }),
];
export const signing = (visit, refused) => {
  const tabs = h("nav", { className: "parts", "aria-label": "被检查人" }, h("ul", {},
    h("li", {}, h("a", { href: `#${visit.id}/sign`, ...(refused ? {} : { "aria-current": "page" }) }, "被检查人签名")),
    h("li", {}, h("a", { href: `#${visit.id}/sign/refused`, ...(refused ? { "aria-current": "page" } : {}) }, "拒绝签名"))));
  const party = refused
    ? [fields.line("reason", "拒绝签名的理由"), fields.line("witness", "见证人")]
    : [fields.line("signer", "签名人"), ...padded("party_image", "party_strokes", "被检查人签名"), fields.line("opinion", "被检查人意见"), fields.quick("opinion", ["无异议", "情况属实"])];
  show("检查签字", tabs,
    h("details", { className: "fold" }, h("summary", {}, h("h2", {}, `请被检查人核对（${visit.content.items.length} 项）`)), h("ol", { className: "found" }, ...visit.content.items.map((one) => h("li", {}, `${one.title}：${WORDS.items[one.outcome] ?? "待检查"}${one.note ? `（${one.note}）` : ""}`)))),
    act("提交签字", saving(visit, "检查签字", async (form) => {
      const said = (name) => form.elements[name].value.trim();
      const photos = [];
      const side = refused ? { _type: "SignatureRefused", reason: said("reason"), witness: said("witness"), recording: "" } : { _type: "Signed", signer: said("signer"), image: "", strokes: said("party_strokes"), opinion: said("opinion") };
      const command = { visit_id: visit.id, party: side, recorder_image: "", recorder_strokes: said("recorder_strokes"), note: said("note") };
      if (refused && (!side.reason || !side.witness)) unfit("请填写拒绝签名的理由和见证人。");
      if (!refused) {
        const [file] = form.elements.party_image.files;
        if (!side.signer || !file) unfit("请填写签名人，并请被检查人手写签名。");
        photos.push({ file, kind: "png", put: (name) => (side.image = name) });
      }
      const [own] = form.elements.recorder_image.files;
      if (own) photos.push({ file: own, kind: "png", put: (name) => (command.recorder_image = name) });
      await record(visit, "tasks.sign", "检查签字", "sign", command, photos);
      on(visit);
    }), h("section", { className: "boxed" }, h("h2", {}, refused ? "拒绝签名的情况" : "被检查人"), ...party),
    h("section", { className: "boxed" }, h("h2", {}, "记录人"), ...padded("recorder_image", "recorder_strokes", "记录人签名图片"), fields.line("note", "检查人员备注"))));
};

export const lead = (visit) =>
  show("登记问题线索", act("登记线索", saving(visit, "登记问题线索", async (form) => {
    const [title, content] = ["clue_title", "clue_content"].map((name) => form.elements[name].value.trim());
    if (!title || !content) unfit("请填写线索标题和内容。");
    await record(visit, "clues.register", "登记问题线索", "clue", { visit_id: visit.id, title, content, kind: form.elements.clue_kind.value });
    on(visit);
  }), h("p", { className: "hint" }, `线索所涉对象为${visit.firm.name}，由本部门登记。`),
  fields.line("clue_title", "线索标题"), fields.long("clue_content", "线索内容", 4),
  h("fieldset", { className: "ticks" }, h("legend", {}, "线索类型"), ...Object.entries(WORDS.clues).map(([code, word]) =>
    h("label", {}, h("input", { type: "radio", name: "clue_kind", value: code, checked: code === "other" }), h("span", {}, word))))));

export const completing = (visit) =>
  show("完成检查", act("完成检查", saving(visit, "完成检查", async () => {
    await record(visit, "tasks.complete_visit", "完成检查", "complete", { visit_id: visit.id });
    on(visit);
  }), h("p", {}, "完成后不能再修改。送达平台后，检查结果即形成，任务状态变为已反馈。")));
