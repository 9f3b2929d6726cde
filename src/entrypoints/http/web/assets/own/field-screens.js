// What is read of visits without signal: all of them, one, and what must be looked at.
import { exported, lackingOf, lost, send, settle } from "./field-outbox.js";
import { done, early } from "./field-visit.js";
import { assistedChips } from "./field-assist.js";
import { WORDS, it, named, present, problem, record, show, today } from "./field-state.js";
import { act, bar, button, chip, fields, h, lines, moment } from "./field-kit.js";

export const sending = h("div", { className: "quick" },
  button("立即送达", async () => {
    const { out, sent } = await send();
    const words = { login: "请先登录，再送达。", empty: "没有要送达的记录。", later: "还有记录没有送完，稍后自动重试。", broken: "没有连上平台，记录仍在手机里。" };
    sending.querySelector("[role=status]").textContent = words[out] ?? `已送达 ${sent} 条。`;
    await it.refreshed();
  }),
  button("导出文件", async () => {
    const link = h("a", { href: URL.createObjectURL(await exported(it.user)), download: "离线记录.json" });
    link.click();
    URL.revokeObjectURL(link.href);
  }),
  h("span", { role: "status", className: "hint" }),
);

export const listing = (all) => {
  const cards = [];
  for (const one of it.pack.visits) {
    const visit = present(one.id, all);
    const states = it.pack.assisting ? assistedChips(visit) : [done(visit, "complete") ? chip("待送达", "green") : done(visit, "check_in") ? chip("检查中", "blue") : chip("待检查", "amber")];
    cards.push(h("li", { className: "slip" }, h("h2", {}, h("a", { href: `#${one.id}` }, one.firm.name)), h("p", { className: "tags" }, ...states),
      lines([["任务名称", one.task.name], ["反馈期限", one.content.due_on], ["住所", one.firm.domicile]])));
  }
  show("离线检查", h("p", { className: "hint" }, `离线包下载于 ${moment(it.pack.made_at)}`), it.pack.shortened ? h("p", { className: "hint" }, "法律条款和经营手册较多，没有全部带上。") : null, sending, it.pack.assisting ? null : h("p", {}, h("a", { href: "#companions" }, "同行口令")),
    cards.length ? h("ul", { className: "slips" }, ...cards) : h("p", { className: "nothing" }, "没有待反馈的检查。"));
};

const mustBeLookedAt = (entry) => ["refused", "conflict"].includes(entry.state) && entry.author === it.user;
const reasons = (entry) => h("ul", { className: "found" }, ...entry.receipt.reasons.map((one) => h("li", {}, `${one.reason}${one.remedy ? `（${one.remedy}）` : ""}`)));

const STEPS = { check_in: "签到", record: "检查", conclude: "结论", sign: "签字", complete: "完成" };
export const viewing = (visit, all) => {
  const { content, task, firm } = visit;
  const mine = content.items.filter((item) => item.department === it.pack.department);
  const waits = early(visit, today());
  const next = task.withheld || waits ? null : Object.keys(STEPS).find((step) => !done(visit, step));
  const open = mine.find((item) => !item.outcome);
  const here = { check_in: "现场签到", record: "记录检查结果", conclude: "作出检查结论", sign: "检查签字", complete: "完成检查" };
  const to = next === "record" && open ? `#${visit.id}/record/${encodeURIComponent(open.id)}` : next === "record" ? null : next && `#${visit.id}/${next}`;
  const answeredMany = content.items.filter((item) => item.outcome).length;
  const left = [...all.values()].filter((entry) => entry.thing === visit.id && mustBeLookedAt(entry) && !(content.record_confirmed_at && entry.title === "确认检查记录"));
  show(firm.name,
    left.length ? h("div", { role: "alert", className: "problem" }, ...left.flatMap((entry) => [h("p", {}, `“${entry.title}”没有办理：`), reasons(entry)]), h("p", {}, h("a", { href: "#looked" }, "去核对"))) : null,
    content.offline_check_in || content.checked_in_at === "now" ? h("p", { className: "tags" }, chip(content.checked_in_at === "now" ? "离线签到，待送达" : "离线签到", "amber")) : null,
    h("section", { className: "lead" }, lines([["检查编号", content.number], ["反馈期限", content.due_on]]),
      h("ol", { className: "track" }, ...Object.entries(STEPS).map(([step, title]) =>
        h("li", { className: done(visit, step) ? "ready" : "" }, step === "record" ? `${title} ${answeredMany}/${content.items.length}` : title)))),
    task.withheld ? h("p", { className: "nothing" }, "检查审批或任务下发还没有完成，尚不能开始检查。") : null,
    waits ? h("p", { className: "nothing" }, `任务自${task.starts_on}开始，到时才能签到检查。`) : null,
    next === "record" && !open ? h("p", { className: "nothing" }, "本部门的检查项已经填完，其他部门的检查项还没有结果。") : null,
    done(visit, "complete") ? h("p", { className: "nothing" }, "检查已完成，等待送达。") : null,
    done(visit, "conclude") ? h("p", {}, h("a", { className: "button quiet", href: `#${visit.id}/letters` }, "文书预览")) : null,
    done(visit, "sign") ? h("section", { className: "boxed" }, h("h2", {}, "另一名执法人员确认"), content.record_confirmed_at ? h("p", {}, "检查记录已确认。") :
      h("p", {}, h("a", { className: "button quiet", href: `#${visit.id}/confirm_record` }, "确认检查记录"))) : null,
    h("section", { className: "boxed" }, h("h2", {}, "检查审批"), task.approved_at ? lines([["审批人", named("user", task.approved_by)], ["审批时间", moment(task.approved_at)]]) : h("p", { className: "hint" }, "未经审批，按紧急情况下发。")),
    h("section", {}, h("h2", {}, "检查内容"), h("ul", { className: "ways" }, ...content.items.map((item) => {
      const said = h("span", {}, h("strong", {}, item.title), h("small", {}, [WORDS.items[item.outcome], item.note].filter(Boolean).join("：") || "待检查"));
      const may = mine.includes(item) && done(visit, "check_in") && !done(visit, "sign");
      return h("li", {}, may ? h("a", { href: `#${visit.id}/record/${encodeURIComponent(item.id)}` }, said) : h("div", {}, said));
    }))),
    h("details", { className: "fold" }, h("summary", {}, h("h2", {}, "检查对象信息")), lines([["名称", firm.name], ["对象标识", firm.number], ["住所", firm.domicile], ["经营场所", firm.premises], ["上次检查日期", firm.checked_on], ["上次发现的问题", firm.findings.join("；")]])),
    h("details", { className: "fold" }, h("summary", {}, h("h2", {}, "任务信息")), lines([["任务名称", task.name], ["任务编号", task.number], ["任务时间", `${task.starts_on} 至 ${task.ends_on}`], ["场景", named("scene", task.scene)], ["执法人员", content.officers.map((one) => named("officer", one.officer)).filter(Boolean).join("、")]])),
    done(visit, "check_in") ? h("p", {}, h("a", { className: "button quiet", href: `#${visit.id}/clue` }, "登记问题线索")) : null,
    to ? bar(h("a", { className: "button", href: to }, here[next])) : null);
};

// What waits for a record that the phone lost
const lacking = (entry) =>
  h("li", { className: "slip" }, h("h2", {}, `第 ${entry.sheet.sequence - 1} 条记录在本机找不到`), h("p", { className: "tags" }, chip("后面的记录不能送达", "red")),
    h("p", {}, `从“${entry.title}”起的记录还在手机里。确认找不到的，写明情况后继续送达，内容需要的另行补录。`),
    act("说明丢失，继续送达", async (form) => {
      const reason = form.elements.lost_reason.value.trim();
      if (!reason) return problem(form, "请写明丢失的情况。");
      try {
        await lost(entry, reason);
      } catch (fault) {
        return problem(form, `没有送达：${fault.message}。请在有信号时重试。`);
      }
      return it.again();
    }, fields.line("lost_reason", "丢失的情况")));

const said = ({ outcome, note }) => `${WORDS.items[outcome] ?? "待检查"}${note ? `（${note}）` : ""}`;
// What the platform has now of the items that a record answers, beside what the record says
const beside = (visit, answers) =>
  answers.map((mine) => {
    const theirs = visit.content.items.find((one) => one.id === mine.item);
    const by = named("officer", theirs.officer);
    return lines([["检查项", theirs.title], ["平台上的结果", `${said(theirs)}${by ? `，${by}记录` : ""}`], ["本机这条", said(mine)]]);
  });
// A result that stands by now is corrected with a reason, by who has seen it
const correcting = (visit, entry, answers, again) =>
  visit.version < (entry.receipt.version ?? 0)
    ? h("p", { className: "hint" }, "还没有取到平台上现在的结果，请在有信号时打开本页再办理。")
    : act("仍按本条办理", async (form) => {
        const because = form.elements[`because_${entry.record}`].value.trim();
        if (!because) return problem(form, "平台上已有这一项的结果，请填写更正理由。");
        return again({ answers: answers.map((one) => ({ ...one, corrected_because: because })) });
      }, ...beside(visit, answers), fields.long(`because_${entry.record}`, "更正理由", 2, "平台上的结果和证据保留，连同理由一起显示。"));

// What was refused, or changed by somebody else meanwhile
export const looking = (all) => {
  const open = [...all.values()].filter(mustBeLookedAt);
  const cards = open.map((entry) => {
    const visit = it.pack?.visits.find((one) => one.id === entry.thing);
    const done_ = (it.progress[entry.thing] ?? []).find((one) => one.record === entry.record);
    const firm = visit?.firm.name ?? done_?.firm;
    const given = async () => {
      if (!confirm("放弃本条记录？它没有办理，放弃后从手机里清除。")) return;
      await settle(entry.record);
      await it.again();
    };
    const again = async (changed = {}) => {
      const command = { ...done_.command, ...changed };
      await record(visit, done_.action, done_.title, done_.step, command, [], { seen: entry.receipt.version || visit.version, photos: done_.photos });
      await settle(entry.record);
      await it.again();
    };
    const answers = done_?.step === "record" ? done_.command.answers : [];
    const stands = visit && answers.some((mine) => visit.content.items.find((one) => one.id === mine.item)?.outcome);
    return h("li", { className: "slip" }, h("h2", {}, `${entry.title}${firm ? `（${firm}）` : ""}`),
      h("p", { className: "tags" }, entry.state === "refused" ? chip("不予办理", "red") : chip("与他人的修改冲突", "amber")),
      reasons(entry),
      stands ? correcting(visit, entry, answers, again) : null,
      h("div", { className: "quick" }, visit ? h("a", { className: "button quiet", href: `#${visit.id}` }, "查看现在的内容") : null,
        visit && done_?.step === "confirm_record" ? h("a", { className: "button quiet", href: `#${visit.id}/confirm_record` }, "重新确认") : visit && done_ && !stands ? button("仍按本条办理", () => again()) : null, button("放弃本条", given)));
  });
  for (const entry of lackingOf(it.user, [...all.values()])) cards.push(lacking(entry));
  show("待核对", cards.length ? h("ul", { className: "slips" }, ...cards) : h("p", { className: "nothing" }, "没有待核对的记录。"), sending);
};
