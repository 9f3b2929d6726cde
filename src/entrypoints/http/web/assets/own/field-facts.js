// The facts of papers that are left with a firm, as the platform's paper_facts.py has them: of a
// package with the words of codes, and a visit as it stands on the phone.
import { guideOf } from "./field-visit.js";

export const LATER = "（送达时填写）";
const NONE = "无";
const HOURS = 8 * 60 * 60 * 1000; // Guangxi is so far ahead of UTC
const FAILED = "failed";

const day = (moment) => {
  const at = new Date((moment === "now" ? Date.now() : Date.parse(moment)) + HOURS);
  return `${at.getUTCFullYear()}年${at.getUTCMonth() + 1}月${at.getUTCDate()}日`;
};
const called = (words, some) => [...some].sort().map((one) => words[one]).join("、");
const unended = (text) => text.trim().replace(/[。；;.]+$/, "");
const stated = ({ title, note }) => (unended(note) ? `${unended(note)}。（检查项：${title}）` : `未达到检查项“${title}”的要求。`);
const lawsOf = ({ guides }, visit, item) => {
  const basis = item.basis.length ? item.basis : (guideOf(guides, visit, item)?.basis ?? []);
  const said = [...new Set(basis.map((one) => one.trim()).filter(Boolean))].join("；");
  return said.replace(/(\d{4})-(\d\d)-(\d\d)/g, (_, year, month, day) => `${+year}年${+month}月${+day}日`);
};
export const failedOf = ({ content }, department) => content.items.filter((item) => item.outcome === FAILED && (!department || item.department === department));
// What is left to order of the own department's findings.
export const orderableOf = (visit, department) => failedOf(visit, department).filter((item) => !visit.ordered?.includes(item.id));
const named = ({ names }, kind, id) => names.find((one) => one.kind === kind && one.id === id)?.name ?? "";
const inspectors = (pack, { content }, department) =>
  content.officers.filter((one) => !department || one.department === department)
    .map((one) => ({ name: named(pack, "officer", one.officer), certificate: one.certificate, department: named(pack, "department", one.department) }));
const measures = ({ words }, visit, department) => (failedOf(visit, department).length && called(words.measures, visit.content.measures)) || NONE;

const common = (pack, visit) => ({
  department: named(pack, "department", pack.department),
  subject: visit.firm.name,
  subject_code: visit.firm.number,
  addressee: visit.firm.addressee,
  checked_on: day(visit.content.checked_in_at ?? "now"),
});
const facts = {
  correction_order: (pack, visit) => {
    const own = inspectors(pack, visit, pack.department);
    return {
      ...common(pack, visit),
      basis: pack.words.papers.basis,
      inspectors: own.length ? own : inspectors(pack, visit),
      findings: orderableOf(visit, pack.department).map((item) => ({ problem: stated(item), basis: lawsOf(pack, visit, item) || LATER, demand: pack.words.papers.demand })),
    };
  },
  result_notice: (pack, visit) => {
    const { outcomes, pending, measures: taken, note, items } = visit.content;
    const { words } = pack;
    const told = called(words.outcomes, outcomes) + (pending.length ? `（${called(words.pending, pending)}）` : "");
    const found = failedOf(visit).map((item) => ({ problem: stated(item), basis: lawsOf(pack, visit, item) || NONE, demand: measures(pack, visit, item.department) }));
    return {
      ...common(pack, visit),
      task: visit.task.name,
      published_at: words.papers.published_at,
      result: `${told}${taken.length ? `；处理措施：${called(words.measures, taken)}` : ""}${unended(note) ? `；${unended(note)}` : ""}。`,
      inspectors: inspectors(pack, visit),
      departments: [...new Set(items.map((item) => item.department))].map((one) => ({
        department: named(pack, "department", one),
        measure: measures(pack, visit, one),
        checked: String(items.filter((item) => item.department === one).length),
        failed: String(failedOf(visit, one).length),
      })),
      findings: found.length ? found : [{ problem: "本次检查未发现问题", basis: NONE, demand: NONE }],
    };
  },
};

export const factsOf = (document, visit, pack) => facts[document](pack, visit);
