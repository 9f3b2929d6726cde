// What a draw proof says, read strictly, and what can be computed from it (design §3).
import { byBytes, hex, joined, sm3, unhex, utf8 } from "./sm3.js";

class Malformed extends Error {}
export class Blocked extends Error {}

const RATIO = /^(0|[1-9][0-9]{0,8})(?:\.([0-9]{1,18}))?$/;
const MOMENT = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?(Z|[+-]\d\d:\d\d)$/;
const DAY = /^\d{4}-\d\d-\d\d$/;
const isDay = (value) => {
  const day = typeof value === "string" && DAY.test(value) ? new Date(`${value}T00:00:00Z`) : new Date(NaN);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value) && !value.startsWith("0000");
};
export const ACTIONS = ["add", "remove"];
const GROUNDS = ["interest", "address", "legal_person", "request"];
const UNIT = Uint8Array.of(0x1f);

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

const plain = (value, depth = 0) => {
  if (depth > 32) return false;
  if (typeof value === "string") return !/\p{Surrogate}/u.test(value);
  if (typeof value === "number") return Number.isSafeInteger(value);
  if (Array.isArray(value)) return value.every((one) => plain(one, depth + 1));
  return isObject(value) && Object.entries(value).every(([name, one]) => plain(name) && plain(one, depth + 1));
};

const fractionOf = (ratio) => {
  const [, whole, part = ""] = RATIO.exec(ratio);
  return [BigInt(whole + part), 10n ** BigInt(part.length)];
};

const taken = (quota, size) => {
  if (has(quota, "count")) return Math.min(quota.count, size);
  const [parts, scale] = fractionOf(quota.ratio);
  const wanted = (parts * BigInt(size) + scale - 1n) / scale;
  return wanted > BigInt(size) ? size : Number(wanted);
};

// How many of a stratum a draw/2 takes: the whole part, and one more where the lot lies below the remainder.
const takenBy = (seed, stratum, quota, size) => {
  if (has(quota, "count")) return Math.min(quota.count, size);
  const [parts, scale] = fractionOf(quota.ratio);
  const product = parts * BigInt(size);
  const lot = BigInt(`0x${hex(sm3(unhex(seed), Uint8Array.of(5), utf8(stratum)))}`);
  const wanted = product / scale + (lot * scale < (product % scale) << 256n ? 1n : 0n);
  return wanted > BigInt(size) ? size : Number(wanted);
};

const chanceOf = (quota, size) => {
  const [parts, scale] = has(quota, "count") ? [BigInt(Math.min(quota.count, size)), BigInt(size)] : fractionOf(quota.ratio);
  if (parts >= scale) return [1n, 1n];
  let [one, other] = [parts, scale];
  while (other) [one, other] = [other, one % other];
  return [parts / one, scale / one];
};

// The chance of each stratum of a draw/2; a denominator of a ratio may be more than a number holds exactly.
export const chancesOf = (seed, pool, rule) => {
  const found = new Map();
  for (const [name, size] of pool.sizes) {
    const [numerator, denominator] = chanceOf(rule.strata[name], size);
    const kind = numerator === denominator ? "all" : 2n * numerator > denominator ? "targeted" : "random";
    const drawn = takenBy(seed, name, rule.strata[name], size);
    found.set(name, { size, drawn, numerator: Number(numerator), denominator: Number(denominator), kind });
  }
  return Object.fromEntries(found);
};

function* quotaFaults(strata) {
  if (!isObject(strata) || !Object.keys(strata).length) {
    yield "规则的格式不符";
    return;
  }
  for (const [name, one] of Object.entries(strata)) {
    const [kind, ...more] = isObject(one) ? Object.keys(one) : [];
    if (!["ratio", "count"].includes(kind) || more.length) yield `分层“${name}”须恰有比例或数量之一`;
    else if (kind === "count" && !(Number.isSafeInteger(one.count) && one.count >= 0)) yield `分层“${name}”的数量不是非负整数`;
    else if (kind === "ratio" && !(typeof one.ratio === "string" && RATIO.test(one.ratio))) yield `分层“${name}”的比例不是小数文字`;
  }
}

export function* ruleFaults(rule) {
  if (!isObject(rule)) yield "规则的格式不符";
  else if (!plain(rule)) yield "规则中只能有整数、文字、列表和对象";
  else {
    const known = ["strata", "filters", "exclusions", "items"];
    for (const name of Object.keys(rule)) if (!known.includes(name)) yield `规则中有不认识的成员“${name}”`;
    for (const name of ["filters", "exclusions"]) if (!Array.isArray(rule[name] ?? [])) yield "规则的格式不符";
    yield* quotaFaults(rule.strata);
    if (!has(rule, "items")) return;
    const items = rule.items;
    if (!isObject(items) || Object.keys(items).sort().join() !== "pool,strata" || !Array.isArray(items.pool)) {
      yield "规则中检查项的格式不符";
      return;
    }
    yield* quotaFaults(items.strata);
    const seen = new Set();
    for (const one of items.pool) {
      const good = isObject(one) && Object.keys(one).sort().join() === "id,strata" && typeof one.id === "string";
      if (!good || !Array.isArray(one.strata) || one.strata.some((name) => typeof name !== "string")) yield "规则中检查项的格式不符";
      else if (idFault(one.id) || seen.has(one.id)) yield `检查项“${one.id}”重复或编号不可用`;
      seen.add(one?.id);
    }
  }
}

export const uncovered = (rule, pool) => [...pool.sizes.keys()].filter((name) => !has(rule.strata, name));

export const frozen = (pairs) => {
  const sizes = new Map();
  for (const [, stratum] of pairs) sizes.set(stratum, (sizes.get(stratum) ?? 0) + 1);
  return { pairs, sizes, strata: new Map(pairs) };
};

export const poolHash = (pairs) => hex(sm3(joined(...pairs.flatMap(([id, stratum]) => [utf8(id), UNIT, utf8(`${stratum}\n`)]))));
export const rankOf = (seed, id) => hex(sm3(unhex(seed), Uint8Array.of(0), utf8(id)));
export const commitmentOf = (contributor, nonce) => hex(sm3(utf8(contributor), UNIT, unhex(nonce)));

export const ranked = (seed, pool) => {
  const strata = new Map([...pool.sizes.keys()].sort(byBytes).map((name) => [name, []]));
  for (const [id, stratum] of pool.pairs) strata.get(stratum).push({ id, stratum, rank: rankOf(seed, id) });
  for (const found of strata.values()) {
    found.sort((one, other) => (one.rank < other.rank ? -1 : one.rank > other.rank ? 1 : byBytes(one.id, other.id)));
  }
  return strata;
};

export const picksOf = (seed, pool, rule, second) => {
  const wanted = (name, size) => (second ? takenBy(seed, name, rule.strata[name], size) : taken(rule.strata[name], size));
  return [...ranked(seed, pool)].flatMap(([name, found]) => found.slice(0, wanted(name, found.length)));
};

// The picks and what was corrected by hand, one after the other; in a draw/2 the next rank stands in for a pick removed.
export class Selection {
  constructor(picks) {
    this.byChance = new Map(picks.map((one) => [one.id, one.stratum]));
    this.chosen = new Set(this.byChance.keys());
    this.removed = new Set();
  }

  nextOf(id, strata) {
    const found = strata.get(this.byChance.get(id)) ?? [];
    return found.find((one) => !this.chosen.has(one.id) && !this.removed.has(one.id))?.id ?? null;
  }

  take({ action, id, replacement = null }) {
    if (action === "add") this.chosen.add(id);
    else {
      const stratum = this.byChance.get(id);
      this.chosen.delete(id);
      this.byChance.delete(id);
      this.removed.add(id);
      if (replacement === null) return;
      this.chosen.add(replacement);
      this.byChance.set(replacement, stratum);
    }
  }
}


export const itemsOf = (seed, subject, stratum, { pool, strata }) => {
  const found = pool
    .filter((one) => stratum === undefined || one.strata.includes(stratum))
    .map((one) => [hex(sm3(unhex(seed), Uint8Array.of(2), utf8(subject), UNIT, utf8(one.id))), one.id])
    .sort((one, other) => (one[0] < other[0] ? -1 : one[0] > other[0] ? 1 : byBytes(one[1], other[1])))
    .map(([, id]) => id);
  const quota = stratum !== undefined && has(strata, stratum) ? strata[stratum] : null;
  return quota ? found.slice(0, taken(quota, found.length)) : found;
};

export const selection = (state) => {
  if (!state.selected) throw new Blocked();
  return [...state.selected.chosen];
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
