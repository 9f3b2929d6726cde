// The second officer: confirms what was recorded, by PIN on this phone or on the own one.
import { call, me } from "./field-calls.js";
import { offered, proof } from "./field-companion.js";
import { settle } from "./field-outbox.js";
import * as safe from "./field-safe.js";
import { WORDS, it, named, on, problem, record, saving, show, unfit } from "./field-state.js";
import { act, button, chip, h } from "./field-kit.js";

const PIN = /^[0-9]{6}$/;
const pin = (name, label) =>
  h("div", { className: "field" }, h("label", { htmlFor: name }, label), h("input", { id: name, name, type: "password", inputMode: "numeric", autocomplete: "off", maxLength: 6 }));
const choice = (people) =>
  h("fieldset", { className: "ticks" }, h("legend", {}, "同行的执法人员"),
    ...people.map(({ officer, name }, at) => h("label", {}, h("input", { type: "radio", name: "officer", value: officer, checked: at === 0 }), h("span", {}, name))));

// Asks which PINs count by now, where there is signal.
export const companionsRenewed = async (session) => {
  if (!it.companions.length) return;
  const { companions } = await call(session, "GET", "/field_records/list_companions");
  const known = new Map(companions.map((one) => [one.companion_id, one]));
  it.companions = it.companions.filter((one) => known.has(one.id)).map((one) => ({ ...one, agreed: Boolean(known.get(one.id).agreed_at), locked: known.get(one.id).locked, called: known.get(one.id).companion }));
  await safe.put(it.key, "companions", it.companions);
};
const colleagues = () => {
  const found = new Set(it.pack.visits.flatMap((visit) => visit.content.officers.map((one) => one.officer)));
  return [...found].filter((officer) => officer !== it.pack.officer).map((officer) => ({ officer, name: named("officer", officer) }));
};
const along = (visit) => {
  const there = new Set(visit.content.officers.map((one) => one.officer));
  return it.companions.filter((one) => there.has(one.officer)).map((one) => ({ ...one, name: named("officer", one.officer) }));
};
export const isRecorder = ({ content }) => content.recorder === "own" || content.recorder === it.pack.officer;

export const companions = () => {
  const people = colleagues();
  const cards = it.companions.map((one) =>
    h("li", { className: "slip" }, h("h2", {}, named("officer", one.officer) || one.called), h("p", { className: "tags" },
      one.locked ? chip("连续输错，已停用", "red") : one.agreed ? chip("可以使用", "green") : chip("待本人同意", "amber")),
    one.agreed || one.locked ? null : h("p", { className: "hint" }, "请本人在自己的手机上打开“离线检查”下面的“我的手机”，同意后即可使用。")));
  show("同行口令", h("p", { className: "hint" }, "同行的执法人员在这里设置自己的口令，并在自己的手机上同意；以后没有信号时，用口令在本机确认检查记录。口令不存在手机里。"),
    cards.length ? h("ul", { className: "slips" }, ...cards) : null,
    people.length ? act("设置同行口令", async (form) => {
      const [first, again] = [form.elements.companion_pin.value, form.elements.companion_again.value];
      if (!PIN.test(first)) return problem(form, "口令是6位数字。");
      if (first !== again) return problem(form, "两次输入的口令不同。");
      const session = await me().catch(() => null);
      if (session?.user_id !== it.user) return problem(form, "设置同行口令需要有信号，并已登录。");
      const officer = form.elements.officer.value;
      try {
        const { salt, open } = await offered(first);
        const { id } = await call(session, "POST", "/field_records/offer_companion", { device_id: it.device.id, officer, public_key: open });
        it.companions = [...it.companions.filter((one) => one.officer !== officer), { id, officer, salt, agreed: false, locked: false }];
        await safe.put(it.key, "companions", it.companions);
      } catch (fault) {
        return problem(form, fault.said?.reasons?.[0]?.reason ?? "没有连上平台，口令没有设置。请重试。");
      }
      it.told = "已设置，待本人同意。";
      return companions();
    }, choice(people), pin("companion_pin", "同行人员的6位数字口令"), pin("companion_again", "再输一次")) : h("p", { className: "nothing" }, "离线包里没有同行的执法人员。"),
    button("查看是否已同意", async () => {
      const session = await me().catch(() => null);
      if (session) await companionsRenewed(session).catch(() => {});
      companions();
    }));
};

const findings = (visit) =>
  h("details", { className: "fold", open: true }, h("summary", {}, h("h2", {}, "请确认的检查记录")),
    h("ol", { className: "found" }, ...visit.content.items.filter((item) => item.outcome).map((item) => h("li", {}, `${item.title}：${WORDS.items[item.outcome]}${item.note ? `（${item.note}）` : ""}`))),
    h("dl", {}, ...[["检查结论", "outcomes"], ["待后续处理的问题", "pending"], ["处理措施", "measures"]].flatMap(([title, name]) =>
      [h("dt", {}, title), h("dd", {}, (visit.content[name] ?? []).map((one) => WORDS[name][one]).join("、") || "无")])));

// What is confirmed anew needs nobody's look any more.
const confirmed = async (visit, command) => {
  const before = (it.progress[visit.id] ?? []).filter((one) => one.step === "confirm_record");
  await record(visit, "tasks.confirm_record", "确认检查记录", "confirm_record", command);
  for (const one of before) await settle(one.record);
  on(visit);
};
export const confirming = (visit) => {
  if (!isRecorder(visit))
    return show("确认检查记录", act("确认检查记录", saving(visit, "确认检查记录", () => confirmed(visit, { visit_id: visit.id })), findings(visit)));
  const there = along(visit).filter((one) => one.agreed && !one.locked);
  const locked = along(visit).filter((one) => one.locked).map((one) => one.name);
  if (!there.length)
    return show("确认检查记录", findings(visit), h("p", { className: "nothing" }, locked.length ? `${locked.join("、")}的同行口令连续输错，已停用。` : "本机还没有可用的同行口令。", "可以由另一名执法人员在自己的手机上确认；有信号时，也可以在这里设置同行口令。"),
      h("p", {}, h("a", { className: "button quiet", href: "#companions" }, "同行口令")));
  return show("确认检查记录", act("确认检查记录", saving(visit, "确认检查记录", async (form) => {
    const chosen = there.find((one) => one.officer === form.elements.officer.value);
    if (!PIN.test(form.elements.confirm_pin.value)) unfit("口令是6位数字。");
    await confirmed(visit, await proof(chosen, form.elements.confirm_pin.value, visit));
  }), findings(visit), choice(there), pin("confirm_pin", "同行人员的6位数字口令"), h("p", { className: "hint" }, "由同行人员本人输入。口令对不对，送达时由平台核对。")));
};
