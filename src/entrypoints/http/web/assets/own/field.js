// Visits without signal: from the package that a PIN unlocks, every act into the outbox first.
import "./phone.js";
import { call, me } from "./field-calls.js";
import { begin, byRecord, counts, listen, locked, send } from "./field-outbox.js";
import * as safe from "./field-safe.js";
import { keep, kept } from "./field-store.js";
import { passing } from "./field-visit.js";
import { hex, sm3, utf8 } from "./sm3.js";
import { newKeys } from "./sm2.js";
import { act, h } from "./field-kit.js";
import { arrivingToAssist, assisting, claiming, handingOver, noting, reporting } from "./field-assist.js";
import { letters } from "./field-letters.js";
import { companions, companionsRenewed, confirming } from "./field-confirm.js";
import { arriving, completing, concluding, item, lead, signing } from "./field-forms.js";
import { listing, looking, sending, viewing } from "./field-screens.js";
import { count, it, present, problem, root, screen, show } from "./field-state.js";
import { untouched } from "./touch.js";

const PIN = /^[0-9]{6}$/;
const signal = async () => {
  try {
    return await me();
  } catch {
    return undefined;
  }
};

// The package
const fetched = async (session) => {
  const [postbox, pack] = [await call(session, "GET", "/field_records/postbox"), await call(session, "GET", "/field_records/read_package")];
  const worded = pack.assisting ? [] : (await call(session, "GET", "/field_records/letters")).letters;
  it.device ??= await safe.get(it.key, "device");
  if (!it.device) {
    const made = newKeys();
    await call(session, "POST", "/field_records/register_device", { public_key: made.open });
    it.device = { ...made, id: hex(sm3(utf8(made.open))).slice(0, 32) };
    await safe.put(it.key, "device", it.device);
  }
  it.pack = { ...pack, postbox, letters: worded };
  await safe.put(it.key, "package", it.pack);
  await safe.renewed();
  await locked("adding", async () => {
    it.progress = passing((await safe.get(it.key, "progress")) ?? {}, it.pack, await byRecord());
    await safe.put(it.key, "progress", it.progress);
  });
  await companionsRenewed(session);
};

// Lets the platform know that this phone is there, and how much waits on it.
let last = "";
const told = async (session, waiting, lacking) => {
  const now = `${it.device.id}/${waiting}/${lacking}/${new Date().toISOString().slice(0, 13)}`;
  if (now === last) return;
  await call(session, "POST", "/field_records/tell_of_device", { device_id: it.device.id, waiting, lacking });
  last = now;
};

const refused = (fault) => {
  if (fault.status === 422) it.problem = fault.said.reasons.map((one) => `${one.reason}。${one.remedy}。`).join("");
};

// Takes the package anew where there is signal and nothing of its owner waits.
const refreshed = async () => {
  if (!it.key) return;
  const session = await signal();
  const { waiting: left, lacking } = await counts(it.user);
  if (session?.user_id === it.user && it.device) await told(session, left, lacking).catch(refused);
  if (session?.user_id === it.user && !left) await fetched(session).catch(() => {});
  await go({ beside: true });
};

const start = async () => {
  const session = await signal();
  let found = await safe.safe();
  const other = found && session && session.user_id !== found.user;
  if (found && (other || safe.isOver(found))) {
    await safe.wipe();
    found = null;
  }
  it.user = session?.user_id ?? found?.user ?? "";
  await count();
  if (found) return unlocking();
  if (session) return making(session);
  show("离线检查", h("p", { className: "nothing" }, "本机没有离线包。请在有网络时登录并打开本页，再到没有信号的地方去。"),
    session === null ? h("p", {}, h("a", { className: "button", href: "/m/login" }, "登录")) : null, sending);
};

const pinField = (name, label) =>
  h("div", { className: "field" }, h("label", { htmlFor: name }, label),
    h("input", { id: name, name, type: "password", inputMode: "numeric", autocomplete: "off", maxLength: 6, required: true }));

const making = (session) =>
  show("准备离线检查", act("设置口令并下载", async (form) => {
    const [pin, again] = [form.elements.pin.value, form.elements.again.value];
    if (!PIN.test(pin)) return problem(form, "口令是6位数字。");
    if (pin !== again) return problem(form, "两次输入的口令不同。");
    [it.key, it.companions] = [await safe.make(session.user_id, pin), []];
    try {
      await send(); // what somebody recorded before he logged out is in the package then
      await fetched(session);
    } catch (fault) {
      await safe.wipe();
      return problem(form, `离线包没有下载完：${fault.message}。请重试。`);
    }
    if (!(await kept("begun"))) await keep("begun", Date.now());
    await navigator.storage?.persist?.();
    const many = it.pack.visits.length;
    it.told = many ? `已下载 ${many} 项检查，可以离线办理。` : "已准备好离线检查，现在没有要带走的检查。";
    return go();
  }, h("p", { className: "hint" }, "离线包加密保存在本机，用6位口令打开；退出登录、满7天或连续5次输错口令，即从本机清除。没有送达的记录不受影响。"),
    pinField("pin", "6位数字口令"), pinField("again", "再输一次")));

const unlocking = () =>
  show("打开离线包", act("打开", async (form) => {
    it.key = await safe.unlock(form.elements.pin.value);
    if (!it.key) {
      if (await safe.safe()) return problem(form, "口令不对。连续5次输错，离线包从本机清除。");
      return start();
    }
    it.user = (await safe.safe()).user;
    [it.device, it.pack, it.progress] = [await safe.get(it.key, "device"), await safe.get(it.key, "package"), (await safe.get(it.key, "progress")) ?? {}];
    it.companions = (await safe.get(it.key, "companions")) ?? [];
    await count();
    await go();
    return refreshed();
  }, pinField("pin", "6位数字口令")), sending);

// Shows what the address says once all is read: whoever goes on meanwhile is not led back. What is
// shown beside what somebody does leaves a form alone, also one that opened while it was read, waits
// for the end of a touch, and leaves another address to whoever went there.
let shown = null;
const go = async ({ beside = false } = {}) => {
  const busy = () => beside && (screen.querySelector("form") || location.hash !== shown);
  if (busy()) return undefined;
  if (!it.pack) return it.key ? start() : undefined;
  root.querySelector("[data-device]").textContent = `本机编号 ${it.device.id.slice(0, 6)}。`;
  if (it.pack.assisting) {
    const zone = root.ownerDocument.querySelector("[data-own-visits]");
    zone.href = "/m/third_party_visits";
    zone.querySelector("span").textContent = "三方任务";
  }
  const all = await byRecord();
  if (beside) await untouched();
  if (busy()) return undefined;
  shown = location.hash;
  const [id, step, ...rest] = location.hash.slice(1).split("/");
  if (id === "looked") return looking(all);
  if (id === "companions") return companions();
  const visit = id ? present(id, all) : null;
  if (!visit) return listing(all);
  const more = decodeURIComponent(rest.join("/"));
  const officers = { check_in: arriving, conclude: concluding, sign: () => signing(visit, more === "refused"), confirm_record: confirming, clue: lead, complete: completing, record: () => item(visit, more), letters: () => letters(visit, more) };
  const assistants = { claim: claiming, hand_over: handingOver, arrive: arrivingToAssist, note: () => noting(visit, more), problem: reporting };
  const [screens, view] = it.pack.assisting ? [assistants, assisting] : [officers, viewing];
  return (screens[step] ?? view)(visit, all);
};

root.ownerDocument.querySelector("[data-back]").addEventListener("click", (event) => {
  const [id, step] = location.hash.slice(1).split("/");
  if (!id || !it.pack) return;
  event.preventDefault();
  location.hash = step ? `#${id}` : "";
});
[it.refreshed, it.again] = [refreshed, () => go()];
addEventListener("hashchange", () => go());
listen(count);
if (navigator.serviceWorker) navigator.serviceWorker.register(root.dataset.worker, { scope: "/m/" }).catch(() => {});
await start();
begin().then(refreshed);
