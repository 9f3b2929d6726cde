// Lists whose rows can be ticked: all at once, how many, and none to be sent.
import { kept, unsent } from "./sending.js";

const rows = () => [...document.querySelectorAll('input[form="batch"]')];

const show = () => {
  const form = document.querySelector("[data-batch]");
  if (!form) return;
  const all = document.querySelector("[data-all]");
  const ticked = rows().filter((one) => one.checked).length;
  all.hidden = rows().length === 0;
  all.checked = ticked > 0 && ticked === rows().length;
  all.indeterminate = ticked > 0 && !all.checked;
  const every = form.querySelector("[name=every]")?.checked ?? false;
  const said = every ? "已选全部符合条件的记录" : ticked ? `已选 ${ticked} 条` : "";
  form.querySelector("[data-ticked]").textContent = said;
  for (const one of form.querySelectorAll("button")) one.disabled = ticked === 0 && !every;
};

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-all]")) {
    for (const one of rows()) one.checked = event.target.checked;
  }
  show();
});
// What is asked, and what became of it, take the place of the list; the page itself stays.
const exchanged = async (form, button) => {
  const body = new URLSearchParams([...new FormData(form, button)]);
  const answer = await fetch(form.action, { method: "POST", body, headers: { "HX-Request": "true" } });
  const away = answer.headers.get("hx-redirect") ?? (answer.redirected ? answer.url : null);
  if (away) return location.assign(away);
  const main = document.getElementById("main");
  if (await kept(answer)) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html").body;
  if (!page.querySelector("h1")) throw new Error("no page");
  page.querySelector("title")?.remove();
  main.replaceChildren(...page.childNodes);
  globalThis.htmx?.process(main);
  main.querySelector("[aria-invalid], form [type=submit], [data-batched]")?.focus();
};

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-batch], form.batch")) return;
  event.preventDefault();
  exchanged(event.target, event.submitter).catch(() => unsent(event.target));
});
document.addEventListener("htmx:afterSettle", show);
document.addEventListener("drawer:refreshed", show);
show();
