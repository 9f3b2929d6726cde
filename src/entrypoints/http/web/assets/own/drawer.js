// Adds and changes beside the list: a link with data-drawer opens its page in the drawer. Without
// this script, or where anything goes wrong, the link leads to that page.
import { kept, unsent } from "./sending.js";

const drawer = document.getElementById("drawer");
const main = document.getElementById("main");
let opener = null; // the address of the link, which may be drawn anew meanwhile
let changed = false;
const FILLED = ":is(input:not([type=hidden], [readonly]), select, textarea)";

const LOGIN = /\/login$/;

const made = (tag, values) => Object.assign(document.createElement(tag), values);
const parsed = (text) => new DOMParser().parseFromString(text, "text/html").body;

const fetched = async (url, options = {}) => {
  drawer.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(url, { ...options, headers: { "HX-Request": "true" } });
    const away = answer.headers.get("hx-redirect");
    if (away && options.body && LOGIN.test(away)) return { login: away };
    if (away) {
      changed = false;
      location.assign(away);
      return null;
    }
    if (await kept(answer)) return null;
    return { text: await answer.text(), url: answer.url, redirected: answer.redirected };
  } finally {
    drawer.removeAttribute("aria-busy");
  }
};

// What was done is told in the drawer where that stays open.
const show = (answer, said) => {
  const page = parsed(answer.text);
  const title = page.querySelector("h1");
  if (!title) throw new Error("no page");
  if (page.querySelector("[data-whole]")) return location.assign(answer.url); // has scripts of its own
  const head = made("div", { className: "drawer-head" });
  const named = made("h2", { id: "drawer-title", textContent: title.textContent });
  const shut = made("button", { type: "button", className: "quiet", textContent: "关闭" });
  shut.dataset.close = "";
  title.remove();
  head.append(named, shut);
  const body = made("div", { className: "drawer-body" });
  if (said) body.append(said);
  body.append(...page.querySelectorAll(":scope > .told, :scope > .problem, :scope > .panel"));
  body.append(...(page.querySelector(":scope > .body")?.childNodes ?? []));
  document.dispatchEvent(new CustomEvent("drawer:shown", { detail: { body, opener } }));
  drawer.replaceChildren(head, body);
  globalThis.htmx?.process(body);
  changed = false;
  if (!drawer.open) drawer.showModal();
  const wrong = body.querySelector("[aria-invalid]");
  const first = body.querySelector(FILLED);
  (wrong ?? first ?? shut).focus();
};

// The drawer covers the page until the page is as it is now: what somebody typed there meanwhile
// would be lost. Whoever closed it, or opened another, is left alone.
const refreshed = async (said, form) => {
  const answer = await fetched(location.href);
  if (!answer) return;
  const page = parsed(answer.text);
  page.querySelectorAll("title, :scope > .told").forEach((one) => one.remove());
  if (said) page.querySelector("h1")?.after(said);
  if (form?.isConnected) drawer.close();
  if (globalThis.Idiomorph) globalThis.Idiomorph.morph(main, page.innerHTML, { morphStyle: "innerHTML" });
  else main.innerHTML = page.innerHTML;
  globalThis.htmx?.process(main);
  document.dispatchEvent(new Event("drawer:refreshed"));
};

const shut = () => {
  if (changed && !confirm("有未保存的修改，确定关闭吗？")) return;
  changed = false;
  drawer.close();
};

const open = async (url, said) => {
  try {
    const answer = await fetched(url);
    if (answer) show(answer, said);
  } catch {
    location.assign(url);
  }
};

// The session is over: the form stays, to be sent once whoever filled it in is logged in again.
const ended = (form, login) => {
  form.dataset.ended = "";
  const link = made("a", { href: login, target: "_blank", textContent: "在新窗口登录" });
  unsent(form, "登录已失效，所填内容还没有提交：请", link, "，登录后回到本页再提交一次。");
};

// Tokens belong to a session: takes those of the next one; what one filled in nobody else sends.
const renewed = async (form) => {
  let text;
  try {
    text = await (await fetch(form.elements.draft_place?.value ?? form.action, { headers: { "HX-Request": "true" } })).text();
  } catch {
    unsent(form);
    return false;
  }
  const fresh = parsed(text).querySelector("[name=csrf_token][data-who]");
  const own = form.elements.csrf_token;
  if (!fresh) return true; // nobody is logged in: sending tells so again
  if (fresh.dataset.who !== own.dataset.who) {
    changed = false;
    location.reload();
    return false;
  }
  own.value = fresh.value;
  form.elements.form_token.value = fresh.form.elements.form_token.value;
  delete form.dataset.ended;
  return true;
};

const send = async (form, fields, onward) => {
  const whole = form.enctype === "multipart/form-data";
  const query = new URLSearchParams(whole ? [] : [...fields]);
  if (form.method === "get") {
    await open(`${form.action}?${query}`);
    return;
  }
  const answer = await fetched(form.action, { method: "POST", body: whole ? fields : query });
  if (!answer) return;
  if (answer.login) return ended(form, answer.login);
  if (answer.redirected) {
    changed = false;
    return after(form, answer, onward).catch(() => location.assign(answer.url));
  }
  show(answer);
  drawer.querySelector(".problem")?.scrollIntoView();
  if (drawer.querySelector("[role=status].done")) await refreshed();
  else changed = Boolean(drawer.querySelector(`form ${FILLED}`)); // what asks for nothing holds nothing unsaved
};

// Goes on where an answer leads to: what was asked is done.
const after = async (form, answer, onward) => {
  const said = parsed(answer.text).querySelector(":scope > .told");
  if ("stays" in form.dataset) return show(answer);
  const { pathname } = new URL(answer.url);
  const same = pathname === new URL(form.action).pathname;
  const again = pathname.endsWith("/add") || (pathname.includes("/do/") && same);
  if ("opens" in form.dataset && !again) return location.assign(answer.url);
  if (again) show(answer);
  await refreshed(again || onward ? null : said, again || onward ? null : form);
  if (onward) {
    opener = onward;
    await open(onward, said);
  }
};

document.addEventListener("click", (event) => {
  const link = event.target.closest("a");
  const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey;
  if (event.target.closest("[data-close]")) shut();
  if (!link || !plain) return;
  const back = drawer.contains(link) && new URL(link.href).pathname === location.pathname;
  if (back && !link.hash) {
    event.preventDefault();
    shut();
  } else if (link.matches("[data-drawer]") || (link.matches("[data-within]") && drawer.contains(link))) {
    event.preventDefault();
    if (!drawer.contains(link)) opener = link.getAttribute("href");
    open(link.href);
  }
});
const submitted = async (event) => {
  event.preventDefault();
  event.stopPropagation(); // no other script sends it too
  const button = event.submitter;
  if ("ended" in event.target.dataset) {
    event.target.inert = true; // pressed twice it would be sent twice
    const goes = await renewed(event.target).finally(() => (event.target.inert = false));
    if (!goes) return;
  }
  const fields = new FormData(event.target, button); // a disabled button says nothing
  if (button) button.disabled = true;
  send(event.target, fields, button?.dataset.onward)
    .catch(() => unsent(event.target))
    .finally(() => button && (button.disabled = false));
};
drawer?.addEventListener("submit", submitted, true);
drawer?.addEventListener("input", () => (changed = true));
drawer?.addEventListener("cancel", (event) => {
  event.preventDefault();
  shut();
});
drawer?.addEventListener("close", () => {
  drawer.replaceChildren();
  const found = [...main.querySelectorAll("a[data-drawer]")];
  found.find((one) => one.getAttribute("href") === opener)?.focus();
});
addEventListener("beforeunload", (event) => {
  if (drawer?.open && changed) event.preventDefault();
});
