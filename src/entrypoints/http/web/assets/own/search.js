// The box of every page: what is found shows below it while one types, what was opened lately while
// it is empty, and Ctrl-K leads to it.
// Without this script the box is a form that leads to the page of results.
const WAIT = 150;
const FEWEST = 2;
const form = document.querySelector("[data-find]");
const box = form?.querySelector("[name=find]");
const list = form?.querySelector("[data-found]");
let waiting;
let asked = 0;

const links = () => [...list.querySelectorAll("a")];

const shut = () => {
  clearTimeout(waiting);
  asked += 1;
  list.hidden = true;
  box.setAttribute("aria-expanded", "false");
  box.removeAttribute("aria-activedescendant");
};

const look = async () => {
  const mine = (asked += 1);
  const fields = new URLSearchParams(new FormData(form));
  fields.set("peek", "yes");
  const answer = await fetch(form.action, {
    method: "POST",
    body: fields,
    headers: { "HX-Request": "true" },
  });
  if (mine !== asked || !answer.ok || answer.headers.get("hx-redirect")) return;
  const found = new DOMParser().parseFromString(await answer.text(), "text/html").body;
  list.replaceChildren(...found.childNodes);
  if (!list.firstElementChild) return shut();
  links().forEach((one, place) => {
    one.id = `found-${place}`;
    one.tabIndex = -1;
  });
  list.hidden = false;
  box.setAttribute("aria-expanded", "true");
};

const choose = (step) => {
  const all = links();
  if (list.hidden || !all.length) return;
  const now = all.findIndex((one) => one.getAttribute("aria-selected") === "true");
  const next = now < 0 && step < 0 ? all.length - 1 : (now + step + all.length) % all.length;
  all.forEach((one, place) => one.setAttribute("aria-selected", String(place === next)));
  all[next].scrollIntoView({ block: "nearest" });
  box.setAttribute("aria-activedescendant", all[next].id);
};

const typed = () => {
  clearTimeout(waiting);
  const signs = [...box.value.trim()].length;
  if (signs > 0 && signs < FEWEST) shut();
  else waiting = setTimeout(() => look().catch(shut), WAIT);
};

const pressed = (event) => {
  if (event.isComposing) return;
  const chosen = list.hidden ? null : list.querySelector("[aria-selected=true]");
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    choose(event.key === "ArrowDown" ? 1 : -1);
  } else if (event.key === "Enter" && chosen) {
    event.preventDefault();
    location.assign(chosen.href);
  } else if (event.key === "Escape") {
    if (list.hidden) box.blur();
    shut();
  }
};

if (form && box && list) {
  box.addEventListener("input", typed);
  box.addEventListener("keydown", pressed);
  box.addEventListener("focus", () => box.value.trim() || look().catch(shut));
  form.addEventListener("focusout", (event) => form.contains(event.relatedTarget) || shut());
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "k") return;
    event.preventDefault();
    if (document.querySelector("dialog[open]")) return;
    box.focus();
    box.select();
  });
}
