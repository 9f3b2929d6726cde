// What papers left with a firm will say: the template's words, filled from the package and what was
// recorded. The paper itself is made by the platform when it is given out.
import { guideOf } from "./field-forms.js";
import { WORDS, it, named, show } from "./field-state.js";
import { h } from "./field-kit.js";

const MARK = /\ue000([^\ue001]*)\ue001/g;
const LATER = "（送达时填写）";
const NONE = "无";
const HOURS = 8 * 60 * 60 * 1000; // Guangxi is so far ahead of UTC
const FAILED = "failed";

const day = (moment) => {
  const at = new Date((moment === "now" ? Date.now() : Date.parse(moment)) + HOURS);
  return `${at.getUTCFullYear()}年${at.getUTCMonth() + 1}月${at.getUTCDate()}日`;
};
const called = (kind, some) => some.map((one) => WORDS[kind][one]).join("、");
const unended = (text) => text.trim().replace(/[。；;.]+$/, "");
const stated = ({ title, note }) => (unended(note) ? `${unended(note)}。（检查项：${title}）` : `未达到检查项“${title}”的要求。`);
const lawsOf = (visit, item) => {
  const basis = item.basis.length ? item.basis : (guideOf(visit, item)?.basis ?? []);
  return [...new Set(basis.map((one) => one.trim()).filter(Boolean))].join("；");
};
const failedOf = ({ content }, department) => content.items.filter((item) => item.outcome === FAILED && (!department || item.department === department));
const inspectors = ({ content }, department) =>
  content.officers.filter((one) => !department || one.department === department)
    .map((one) => ({ name: named("officer", one.officer), certificate: one.certificate, department: named("department", one.department) }));
const measures = (visit, department) => (failedOf(visit, department).length && called("measures", visit.content.measures)) || NONE;

const common = (visit) => ({
  department: named("department", it.pack.department),
  subject: visit.firm.name,
  subject_code: visit.firm.number,
  checked_on: day(visit.content.checked_in_at ?? "now"),
});
const factsOf = {
  correction_order: (visit) => {
    const own = inspectors(visit, it.pack.department);
    return {
      ...common(visit),
      basis: WORDS.papers.basis,
      inspectors: own.length ? own : inspectors(visit),
      findings: failedOf(visit, it.pack.department).map((item) => ({ problem: stated(item), basis: lawsOf(visit, item) || LATER, demand: WORDS.papers.demand })),
    };
  },
  result_notice: (visit) => {
    const { outcomes, pending, measures: taken, note, items } = visit.content;
    const told = called("outcomes", outcomes) + (pending.length ? `（${called("pending", pending)}）` : "");
    const found = failedOf(visit).map((item) => ({ problem: stated(item), basis: lawsOf(visit, item) || NONE, demand: measures(visit, item.department) }));
    return {
      ...common(visit),
      task: visit.task.name,
      published_at: WORDS.papers.published_at,
      result: `${told}${taken.length ? `；处理措施：${called("measures", taken)}` : ""}${note ? `；${unended(note)}` : ""}。`,
      inspectors: inspectors(visit),
      departments: [...new Set(items.map((item) => item.department))].map((one) => ({
        department: named("department", one),
        measure: measures(visit, one),
        checked: String(items.filter((item) => item.department === one).length),
        failed: String(failedOf(visit, one).length),
      })),
      findings: found.length ? found : [{ problem: "本次检查未发现问题", basis: NONE, demand: NONE }],
    };
  },
};

// Fills the marks of some texts; where they name a list, once for each of it, its number included.
const filled = (texts, facts) => {
  const name = texts.join("").match(/\ue000([^\ue001.]*)\.[^\ue001]*\ue001/)?.[1];
  if (!name) return [texts.map((text) => text.replace(MARK, (_, mark) => facts[mark] ?? LATER))];
  return (facts[name] ?? []).map((one, at) =>
    texts.map((text) => (text === "1" ? String(at + 1) : text.replace(MARK, (_, mark) => (mark.includes(".") ? one[mark.split(".")[1]] : facts[mark]) ?? LATER))));
};
const blockOf = (block, facts) => {
  if (!block.rows.length)
    return filled([block.text], facts).map(([text]) => h("p", { className: `${block.align}${block.strong ? " strong" : ""}` }, text));
  const [head, ...rows] = block.rows;
  return [h("table", {}, h("thead", {}, h("tr", {}, ...head.map((text) => h("th", { scope: "col" }, text)))),
    h("tbody", {}, ...rows.flatMap((row) => filled(row, facts)).map((row) => h("tr", {}, ...row.map((text) => h("td", {}, text))))))];
};

const lettersOf = (visit) =>
  it.pack.letters.map((letter, at) => ({ ...letter, at })).filter((one) => one.document !== "correction_order" || failedOf(visit, it.pack.department).length);

export const letters = (visit, at) => {
  const chosen = at === "" ? null : it.pack.letters[Number(at)];
  if (!chosen)
    return show("文书预览", h("p", { className: "hint" }, "按离线包里的文书模板和本机的记录填写，供现场告知。正式文书由平台在签发、送达时制作。"),
      it.pack.letters.length ? h("ul", { className: "ways" }, ...lettersOf(visit).map((one) => h("li", {}, h("a", { href: `#${visit.id}/letters/${one.at}` }, h("span", {}, h("strong", {}, one.name)))))) :
        h("p", { className: "nothing" }, "离线包里没有文书模板，请在有信号时重新下载。"));
  const facts = factsOf[chosen.document](visit);
  show("文书预览", h("p", { className: "warned" }, "预览，不是正式文书。编号、日期、期限和联系方式在签发、送达时由平台填写。"),
    h("article", { className: "paper", "aria-label": `${chosen.name}预览` }, ...chosen.blocks.flatMap((block) => blockOf(block, facts))));
};
