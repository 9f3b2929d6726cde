// What the page of offline visits holds, shows, and keeps of what is done.
import { add, counts, send } from "./field-outbox.js";
import * as safe from "./field-safe.js";
import { answered, waiting } from "./field-visit.js";
import { h, moment } from "./field-kit.js";
import { pad } from "./signature.js";

export const root = document.querySelector("[data-field]");
export const screen = root.querySelector("[data-screen]");
const counter = root.querySelector("[data-counts]");
const heading = root.querySelector("h1");
export const WORDS = Object.fromEntries(Object.entries(JSON.parse(root.dataset.words)).map(([name, pairs]) => [name, Object.fromEntries(pairs)]));
const RED_AFTER = 5; // days since the last delivery
export const it = { key: null, user: "", pack: null, device: null, progress: {}, companions: [], told: "", problem: "" };

export const show = (title, ...parts) => {
  heading.textContent = title;
  document.title = `${title} · 广西跨部门综合监管平台`;
  const told = it.told ? [h("p", { role: "status", className: "told" }, it.told)] : [];
  it.told = "";
  const problems = it.problem ? [h("div", { role: "alert", className: "problem" }, h("p", {}, it.problem))] : [];
  screen.replaceChildren(...problems, ...told, ...parts.flat().filter(Boolean));
  for (const one of screen.querySelectorAll("[data-script-only]")) one.hidden = false;
  for (const one of screen.querySelectorAll("[data-pad]")) pad(one);
  scrollTo(0, 0);
};
export const problem = (form, text) => {
  form.querySelector("[role=alert]")?.remove();
  form.prepend(h("div", { role: "alert", className: "problem" }, h("p", {}, text)));
  form.querySelector("[role=alert]").scrollIntoView({ block: "center" });
};
// What is on the phone, what arrived, what must be looked at
export const count = async () => {
  const found = await counts(it.user);
  const days = found.days ?? 0;
  const late = found.waiting > 0 && days >= RED_AFTER;
  counter.replaceChildren(
    h("span", {}, "已存手机 ", h("strong", { "data-waiting": "" }, String(found.waiting))),
    h("span", {}, "已送达 ", h("strong", { "data-done": "" }, String(found.done))),
    h("a", { href: "#looked" }, "待核对 ", h("strong", { "data-looked": "" }, String(found.looked))),
    ...(found.lacking ? [h("a", { href: "#looked", className: "late" }, "缺前一条记录 ", h("strong", { "data-lacking": "" }, String(found.lacking)))] : []),
    ...(days ? [h("span", { className: late ? "late" : "" }, `距上次送达 ${days} 天`)] : []),
    ...(found.others ? [h("span", {}, `另有他人的记录 ${found.others} 条`)] : []),
  );
};
export const named = (kind, id) => it.pack.names.find((one) => one.kind === kind && one.id === id)?.name ?? "";
// Gives the day in Guangxi: that of the package where the phone's clock is behind it
export const today = () => moment(new Date(Math.max(Date.now(), Date.parse(it.pack.made_at))).toISOString()).slice(0, 10);
// A visit of the package with what was recorded of it since, by `all` entries of the outbox
export const present = (id, all) => {
  const visit = it.pack.visits.find((one) => one.id === id);
  return visit && answered(visit, waiting(it.progress[id] ?? [], visit, all), it.user);
};

// Keeps an act: in the outbox, and upon what is shown.
export const record = async (visit, action, title, step, command, photos = [], again = {}) => {
  const who = { user: it.user, postbox: it.pack.postbox, device: it.device };
  const told = { action, title, thing: visit.id, seen: again.seen ?? visit.version, command, photos: again.photos };
  let next = it.progress;
  const saved = await add(who, told, photos, async (id, shots) => {
    const one = { record: id, action, title, step, command, photos: shots, firm: visit.firm.name };
    next = { ...it.progress, [visit.id]: [...(it.progress[visit.id] ?? []), one] };
    return [{ name: "safe/progress", value: await safe.closed(it.key, next) }];
  });
  it.progress = next;
  it.told = "已存手机。";
  send().then(() => it.refreshed());
  return saved;
};
export const saving = (visit, title, work) => async (form) => {
  try {
    await work(form);
  } catch (fault) {
    problem(form, fault.unfit ?? `没有存下来：${fault.message}。内容还在页面上，请重试。`);
  }
};
export const unfit = (text) => {
  throw Object.assign(new Error(text), { unfit: text });
};
export const on = (visit, rest = "") => {
  location.hash = `#${visit.id}${rest}`;
};

