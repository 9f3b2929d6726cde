// What papers left with a firm will say: the template's words, filled from the package and what was
// recorded. The paper itself is made by the platform when it is given out.
import { LATER, factsOf, orderableOf } from "./field-facts.js";
import { WORDS, it, show } from "./field-state.js";
import { h } from "./field-kit.js";

const MARK = /\ue000([^\ue001]*)\ue001/g;

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
  it.pack.letters.map((letter, at) => ({ ...letter, at })).filter((one) => one.document !== "correction_order" || orderableOf(visit, it.pack.department).length);

export const letters = (visit, at) => {
  const chosen = at === "" ? null : it.pack.letters[Number(at)];
  if (!chosen)
    return show("文书预览", h("p", { className: "hint" }, "按离线包里的文书模板和本机的记录填写，供现场告知。正式文书由平台在签发、送达时制作。"),
      it.pack.letters.length ? h("ul", { className: "ways" }, ...lettersOf(visit).map((one) => h("li", {}, h("a", { href: `#${visit.id}/letters/${one.at}` }, h("span", {}, h("strong", {}, one.name)))))) :
        h("p", { className: "nothing" }, "离线包里没有文书模板，请在有信号时重新下载。"));
  const facts = factsOf(chosen.document, visit, { ...it.pack, words: WORDS });
  show("文书预览", h("p", { className: "warned" }, "预览，不是正式文书。编号、日期、期限和联系方式在签发、送达时由平台填写。"),
    h("article", { className: "paper", "aria-label": `${chosen.name}预览` }, ...chosen.blocks.flatMap((block) => blockOf(block, facts))));
};
