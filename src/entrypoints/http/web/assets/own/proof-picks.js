// What can be computed from what a draw proof says: rule, ranks, picks, items (docs/formats/draw.md).
import { Blocked, has, idFault, isObject, plain } from "./proof-reading.js";
import { byBytes, hex, joined, sm3, unhex, utf8 } from "./sm3.js";

const RATIO = /^(0|[1-9][0-9]{0,8})(?:\.([0-9]{1,18}))?$/;
const UNIT = Uint8Array.of(0x1f);

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
    const known = ["strata", "filters", "exclusions", "items", "officers"];
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
