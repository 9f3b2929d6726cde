// The outbox: what was done without signal, sealed until the platform gave its receipt. Nothing is
// taken away before that. It is sent at start, when there is signal, and whenever somebody looks.
import { sealed } from "./sealing.js";
import { hex, sm3, utf8 } from "./sm3.js";
import { signed } from "./sm2.js";
import { call, me, upload } from "./field-calls.js";
import { every, keep, kept, one, write } from "./field-store.js";

const TOGETHER = 20; // records that are sent at once
const EVERY = 30 * 1000;
const DAY = 24 * 60 * 60 * 1000;
const REMEMBERED = 7 * DAY; // how long the phone counts what was delivered
const WAITING = "waiting";
const heard = new EventTarget();

const base64 = (bytes) => {
  let text = "";
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
};
// One at a time, in all pages that are open: records are put in order, and sent.
export const locked = (name, work) => (navigator.locks ? navigator.locks.request(`field-${name}`, work) : work());
const now = () => `${new Date().toISOString().slice(0, 19)}+00:00`;
const told = () => heard.dispatchEvent(new Event("change"));
export const listen = (work) => heard.addEventListener("change", work);

// The words that the phone signs and binds to what it seals; the platform puts them together alike.
const stated = (sheet) =>
  utf8(
    ["field-record/1", sheet.record, sheet.sequence, sheet.after, sheet.author, sheet.device, sheet.recorded_at, sheet.digest].join("\n"),
  );

// Keeps an act: sealed, signed, with its photos and whatever `beside` is to be written with it.
export const add = (who, act, photos, beside) =>
  locked("adding", async () => {
    const { postbox, device } = who;
    const shots = [];
    for (const photo of photos) {
      const bytes = new Uint8Array(await photo.file.arrayBuffer());
      const content = sealed(postbox, bytes, utf8(`field-photo/1\n${who.user}`));
      const digest = hex(sm3(content));
      shots.push({ digest, content, kind: photo.kind });
      photo.put(`sealed:${digest}.${photo.kind}`);
    }
    const text = utf8(JSON.stringify({ action: act.action, kind: "visit", thing: act.thing, seen: act.seen, command: act.command }));
    const last = (await kept(`last/${who.user}`)) ?? { record: "", sequence: 0 };
    const sheet = {
      record: hex(crypto.getRandomValues(new Uint8Array(16))),
      sequence: last.sequence + 1,
      after: last.record,
      author: who.user,
      device: device.id,
      recorded_at: now(),
      digest: hex(sm3(text)),
    };
    const entry = {
      record: sheet.record,
      sheet,
      sealed: base64(sealed(postbox, text, stated(sheet))),
      signature: signed(device, stated(sheet)),
      photos: [...(act.photos ?? []), ...shots.map((shot) => shot.digest)],
      state: WAITING,
      title: act.title,
      thing: act.thing,
    };
    const more = await beside(sheet.record, entry.photos);
    const next = { name: `last/${who.user}`, value: { record: sheet.record, sequence: sheet.sequence } };
    await write({ outbox: [entry], photos: shots, kept: [next, ...more] });
    told();
    return sheet.record;
  });

export const entries = async () => (await every("outbox")).sort((a, b) => (a.sheet?.sequence ?? 0) - (b.sheet?.sequence ?? 0));
export const byRecord = async () => new Map((await entries()).map((entry) => [entry.record, entry]));

// What waits for a record before it that neither this phone has nor the platform.
const lacking = (own, found) => {
  const there = new Set(found.map((entry) => entry.record));
  return own.filter((entry) => entry.state === WAITING && entry.missing && !there.has(entry.sheet.after));
};
export const lackingOf = (user, found) => lacking(found.filter((entry) => entry.sheet?.author === user), found);

// Says that the record before one is lost, and how that came; what waited for it is sent then.
export const lost = async (entry, reason) => {
  const session = await me();
  if (session?.user_id !== entry.sheet.author) throw new Error("请先登录");
  const { after, sequence, device } = entry.sheet;
  await call(session, "POST", "/field_records/report_lost", { record: after, sequence: Math.max(1, sequence - 1), device, reason });
  return send();
};

// Counts what is on the phone, what the platform has, and what somebody must look at.
export const counts = async (user) => {
  const found = await entries();
  const own = found.filter((entry) => !user || entry.author === user || entry.sheet?.author === user);
  const many = (state) => own.filter((entry) => entry.state === state).length;
  const since = (await kept("delivered")) ?? (await kept("begun"));
  return {
    waiting: many(WAITING),
    done: many("done"),
    looked: many("refused") + many("conflict"),
    lacking: lacking(own, found).length,
    days: since ? Math.max(0, Math.floor((Date.now() - since) / DAY)) : null,
    others: found.length - own.length,
  };
};

// Sending
// Keeps a receipt. Only what is done is taken off the phone, and only now.
const receive = async (entry, receipt) => {
  if (receipt.state === null) {
    const missing = receipt.reasons.some((one) => one.code === "field_records.predecessor_missing");
    if (missing !== Boolean(entry.missing)) await write({ outbox: [{ ...entry, missing }] });
    return;
  }
  const told = { record: entry.record, state: receipt.state, title: entry.title, thing: entry.thing, receipt, author: entry.sheet.author, at: Date.now() };
  const stays = receipt.state === "done" ? told : { ...entry, ...told };
  await write({ outbox: [stays], kept: [{ name: "delivered", value: Date.now() }] }, { photos: receipt.state === "done" ? entry.photos : [] });
};

const once = async () => {
  const waiting = (await entries()).filter((entry) => entry.state === WAITING);
  if (!waiting.length) return { out: "empty" };
  const session = await me();
  if (!session) return { out: "login" };
  const mine = waiting.filter((entry) => entry.sheet.author === session.user_id);
  if (!mine.length) return { out: "empty" };
  let sent = 0;
  for (let at = 0; at < mine.length; at += TOGETHER) {
    const some = mine.slice(at, at + TOGETHER);
    const records = [];
    for (const entry of some) {
      const photos = [];
      for (const digest of entry.photos) photos.push(await upload(session, digest));
      records.push({ sheet: entry.sheet, sealed: entry.sealed, signature: entry.signature, photos });
    }
    const { receipts } = await call(session, "POST", "/field_records/send", { records, clock: now() });
    for (const [place, receipt] of receipts.entries()) {
      if (receipt.record === some[place].record) await receive(some[place], receipt);
      if (receipt.state !== null) sent += 1;
    }
    if (receipts.some((receipt) => receipt.state === null)) return { out: "later", sent };
  }
  return { out: "sent", sent };
};

let running = null;
let again = false;
const rounds = async () => {
  for (;;) {
    again = false;
    const found = await locked("sending", once).catch((fault) => ({ out: "broken", fault }));
    told();
    if (!again) return found;
  }
};
// Sends what waits, and what is added meanwhile. Who asks during an attempt gets one of his own: the
// line may have come back since it began.
export const send = () => {
  again = true;
  return (running ??= rounds().finally(() => (running = null)));
};

// Forgets what was delivered long ago, so that the phone does not fill up.
const sweep = async () => {
  const old = (await entries()).filter((entry) => entry.state === "done" && Date.now() - entry.at > REMEMBERED);
  if (old.length) await write({}, { outbox: old.map((entry) => entry.record) });
};

export const begin = () => {
  const look = () => document.visibilityState === "visible" && send();
  addEventListener("online", send);
  document.addEventListener("visibilitychange", look);
  setInterval(look, EVERY);
  sweep().catch(() => {});
  return send();
};

// Takes a refused or contested record off the list, once somebody has decided about it.
export const settle = async (record) => {
  const entry = await one("outbox", record);
  if (!entry || entry.state === WAITING) return;
  const used = new Set((await entries()).filter((other) => other.record !== record).flatMap((other) => other.photos ?? []));
  await write({}, { outbox: [record], photos: (entry.photos ?? []).filter((digest) => !used.has(digest)) });
  told();
};

// Everything that is not delivered as one file, sealed and signed as it is sent.
export const exported = async (user) => {
  const all = (await entries()).filter((entry) => entry.state === WAITING && entry.sheet.author === user);
  const photos = {};
  for (const digest of all.flatMap((entry) => entry.photos)) photos[digest] = base64((await one("photos", digest)).content);
  const records = all.map(({ sheet, sealed: content, signature, title }) => ({ sheet, sealed: content, signature, title }));
  await keep("exported", Date.now());
  return new Blob([JSON.stringify({ format: "field-records/1", records, photos })], { type: "application/json" });
};
