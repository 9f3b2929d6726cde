// What a draw proof says, read strictly (docs/formats/draw.md).
import { byBytes } from "./sm3.js";

class Malformed extends Error {}
export class Blocked extends Error {}

const MOMENT = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?(Z|[+-]\d\d:\d\d)$/;
const DAY = /^\d{4}-\d\d-\d\d$/;
const isDay = (value) => {
  const day = typeof value === "string" && DAY.test(value) ? new Date(`${value}T00:00:00Z`) : new Date(NaN);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value) && !value.startsWith("0000");
};
export const ACTIONS = ["add", "remove"];
const GROUNDS = ["interest", "address", "legal_person", "request", "absence", "judged"];

export const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
export const has = (value, name) => Object.prototype.hasOwnProperty.call(value, name);
export const must = (holds, at) => {
  if (!holds) throw new Malformed(at);
};
export const text = (value, at) => {
  must(typeof value === "string" && !/\p{Surrogate}/u.test(value), at);
  return value;
};
export const texts = (value, at) => {
  must(Array.isArray(value), at);
  return value.map((one) => text(one, at));
};
export const digest = (value, at) => {
  must(typeof value === "string" && /^[0-9a-f]{64}$/.test(value), at);
  return value;
};
export const moment = (value, at) => {
  const [, base, part = "", zone] = MOMENT.exec(text(value, at)) ?? [];
  const seconds = base ? Date.parse(base + zone) : NaN;
  must(!Number.isNaN(seconds), at);
  return seconds * 1000 + Number(part.padEnd(6, "0"));
};
export const objects = (value, at, ...members) => {
  must(Array.isArray(value), at);
  value.forEach((one, index) => must(isObject(one) && members.every((name) => has(one, name)), `${at}[${index}]`));
  return value;
};
export const only = (value, at, ...members) => {
  must(isObject(value) && Object.keys(value).length === members.length && members.every((name) => has(value, name)), at);
};
export const whole = (value, at, least = 0) => {
  must(Number.isSafeInteger(value) && value >= least, at);
  return value;
};
export const idFault = (id) => (id === "" ? "编号为空" : /[\x1f\n]/.test(id) ? "编号含有控制字符" : "");
export const same = (one, other) => canonical(one) === canonical(other);

// RFC 8785 for what proofs hold: integers, texts, lists and objects.
export const canonical = (value) => {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const names = Object.keys(value).sort();
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(",")}}`;
};

export const plain = (value, depth = 0) => {
  if (depth > 32) return false;
  if (typeof value === "string") return !/\p{Surrogate}/u.test(value);
  if (typeof value === "number") return Number.isSafeInteger(value);
  if (Array.isArray(value)) return value.every((one) => plain(one, depth + 1));
  return isObject(value) && Object.entries(value).every(([name, one]) => plain(name) && plain(one, depth + 1));
};

export const staffingOf = (value) => {
  only(value, "officers", "day", "visits", "inspectors", "recusals", "cap");
  const sorted = (list, most = 0) => texts(list, "officers").every((one, at) => !at || byBytes(list[at - 1], one) <= most);
  const whole = (one) => Number.isSafeInteger(one);
  const good = [isDay(value.day), value.cap === null || whole(value.cap)];
  for (const visit of objects(value.visits, "officers")) {
    only(visit, "officers", "subject", "region", "demands");
    good.push(text(visit.subject, "officers") !== null && text(visit.region, "officers") !== null);
    for (const one of objects(visit.demands, "officers")) {
      only(one, "officers", "departments", "count", "matter");
      good.push(sorted(one.departments), whole(one.count), text(one.matter, "officers") !== null);
    }
  }
  for (const officer of objects(value.inspectors, "officers")) {
    only(officer, "officers", "id", "department", "certificates", "workload");
    good.push(text(officer.id, "officers") !== null && text(officer.department, "officers") !== null, whole(officer.workload));
    for (const one of objects(officer.certificates, "officers")) {
      only(one, "officers", "matters", "regions", "valid_from", "valid_until");
      good.push(sorted(one.matters, -1), sorted(one.regions, -1), isDay(one.valid_from), isDay(one.valid_until));
    }
  }
  for (const one of objects(value.recusals, "officers")) {
    only(one, "officers", "officer", "subject", "ground");
    good.push(text(one.officer, "officers") !== null && text(one.subject, "officers") !== null, GROUNDS.includes(one.ground));
  }
  must(good.every(Boolean), "officers");
  return value;
};

export function* staffingFaults({ cap, visits, inspectors }) {
  if (cap !== null && cap < 1) yield "工作量上限小于1";
  for (const ids of [inspectors.map((one) => one.id), visits.map((one) => one.subject)]) {
    if (new Set(ids).size < ids.length || ids.some(idFault)) yield "派员条件中有重复或不可用的编号";
  }
  if (inspectors.some((one) => one.workload < 0)) yield "已有工作量小于0";
  for (const { subject, demands } of visits) {
    const usable = (one) => one.count >= 1 && one.count <= 1000 && one.departments.length;
    if (!demands.every(usable)) yield "人数须为1至1000，且须指定部门";
    if (demands.some((one) => new Set(one.departments).size < one.departments.length)) yield "同一组中部门重复";
    if (demands.reduce((sum, one) => sum + one.count, 0) < 2) yield `对象“${subject}”的检查人员少于2人`;
  }
}
