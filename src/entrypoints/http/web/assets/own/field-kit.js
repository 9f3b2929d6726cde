// Parts of pages that are made on the phone.
export const h = (kind, more = {}, ...inside) => {
  const made = document.createElement(kind);
  for (const [name, value] of Object.entries(more)) {
    if (name in made && !name.startsWith("data-")) made[name] = value;
    else made.setAttribute(name, value);
  }
  made.append(...inside.flat().filter((one) => one !== null && one !== undefined));
  return made;
};
export const button = (text, work) => {
  const made = h("button", { type: "button", className: "quiet" }, text);
  made.addEventListener("click", async () => {
    made.disabled = true;
    await work().finally(() => (made.disabled = false));
  });
  return made;
};
export const chip = (text, colour) => h("span", { className: `chip ${colour}` }, text);
export const bar = (...inside) => h("div", { className: "act-bar" }, ...inside);
export const lines = (pairs) =>
  h("dl", {}, ...pairs.filter(([, text]) => text).flatMap(([title, text]) => [h("dt", {}, title), h("dd", {}, text)]));

// A form with one main button, which does its work once at a time.
export const act = (title, work, ...inside) => {
  const main = h("button", { type: "submit" }, title);
  const form = h("form", { className: "one-hand", noValidate: true }, ...inside, h("div", { className: "acts" }, main));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    main.disabled = true;
    await Promise.resolve(work(form)).finally(() => (main.disabled = false));
  });
  return form;
};
const AHEAD = 8 * 60 * 60 * 1000; // Guangxi is so far ahead of UTC
// Says a moment as the platform's pages do, wherever the phone is set to.
export const moment = (told) => new Date(Date.parse(told) + AHEAD).toISOString().slice(0, 16).replace("T", " ");

const field = (name, label, input, hint) =>
  h("div", { className: "field" }, h("label", { htmlFor: name }, label), hint ? h("p", { className: "hint" }, hint) : null, input);
export const fields = {
  line: (name, label) => field(name, label, h("input", { id: name, name, maxLength: 200, autocomplete: "off" })),
  long: (name, label, rows, hint = "", value = "") => field(name, label, h("textarea", { id: name, name, rows, maxLength: 2000, value }), hint),
  quick: (into, words) =>
    h("p", { className: "quick" }, ...words.map((one) => h("button", { type: "button", className: "quiet", "data-say": one, "data-into": into }, one))),
};
export const ticks = (name, title, words, chosen) =>
  h("fieldset", { className: "ticks" }, h("legend", {}, title),
    ...Object.entries(words).map(([code, word]) => h("label", {}, h("input", { type: "checkbox", name, value: code, checked: chosen.includes(code) }), h("span", {}, word))));
