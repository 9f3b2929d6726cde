// Who inspects whom by draw/1 (design §3.5): the same answer for anyone who computes it.
import { byBytes, hex, sm3, utf8 } from "./sm3.js";

const covers = (outer, inner) => {
  const size = outer.endsWith("0000") ? 2 : outer.endsWith("00") ? 4 : 6;
  return outer.slice(0, size) === inner.slice(0, size);
};

export const compared = (one, other) => {
  for (let at = 0; at < Math.min(one.length, other.length); at++) {
    const found = byBytes(one[at], other[at]);
    if (found) return found;
  }
  return one.length - other.length;
};

export const ranked = (ids, rank) =>
  ids
    .map((id) => [hex(rank(id)), id])
    .sort((one, other) => (one[0] < other[0] ? -1 : one[0] > other[0] ? 1 : byBytes(one[1], other[1])))
    .map(([, id]) => id);

export const fits = (officer, visit, demand, day) =>
  officer.certificates.some(
    (one) =>
      one.matters.includes(demand.matter) &&
      one.regions.some((outer) => covers(outer, visit.region)) &&
      one.valid_from <= day &&
      day <= one.valid_until,
  );

// The places to be filled in their order: visit, group within it, and who may fill them, as tried.
const placesOf = (staffing, seed) => {
  const places = [];
  const recused = new Set(staffing.recusals.map((one) => `${one.subject}\n${one.officer}`));
  const known = new Map();
  const admitted = (visit, demand) => {
    const key = JSON.stringify([visit.region, demand.matter, demand.departments]);
    if (!known.has(key)) {
      const free = (one) => staffing.cap === null || one.workload < staffing.cap;
      const found = staffing.inspectors.filter(
        (one) => demand.departments.includes(one.department) && free(one) && fits(one, visit, demand, staffing.day),
      );
      known.set(key, found.map((one) => one.id));
    }
    return known.get(key).filter((id) => !recused.has(`${visit.subject}\n${id}`));
  };
  const order = (one, other) =>
    compared(one.departments, other.departments) || byBytes(one.matter, other.matter) || one.count - other.count;
  const visits = ranked(staffing.visits.map((one) => one.subject), (id) => sm3(seed, Uint8Array.of(0), utf8(id)));
  const by = new Map(staffing.visits.map((one) => [one.subject, one]));
  for (const subject of visits) {
    [...by.get(subject).demands].sort(order).forEach((demand, group) => {
      const rank = (id) => sm3(seed, Uint8Array.of(1), utf8(subject), Uint8Array.of(0x1f), utf8(id));
      const candidates = ranked(admitted(by.get(subject), demand), rank);
      for (let one = 0; one < demand.count; one++) places.push({ subject, group, candidates });
    });
  }
  return places;
};

// Who holds what: the places of each officer ascend.
class Held {
  constructor(places, prior) {
    this.at = places.map(() => null);
    this.places = places;
    this.mine = new Map([...prior.keys()].map((id) => [id, []]));
    this.prior = prior;
  }

  load(id) {
    return this.prior.get(id) + this.mine.get(id).length;
  }

  onVisit(id, place) {
    return this.mine.get(id).find((one) => this.places[one].subject === this.places[place].subject);
  }

  put(place, id) {
    const before = this.at[place];
    if (before !== null) this.mine.set(before, this.mine.get(before).filter((one) => one !== place));
    this.at[place] = id;
    this.mine.set(id, [...this.mine.get(id), place].sort((one, other) => one - other));
  }
}

const first = (places, prior, cap) => {
  const held = new Held(places, prior);
  const fill = (place, seen, moved) => {
    moved.add(place);
    for (const id of places[place].candidates) {
      if (seen.has(id)) continue;
      const other = held.onVisit(id, place);
      if (other !== undefined) {
        const movable = places[other].group !== places[place].group && !moved.has(other);
        if (!movable || !fill(other, seen, moved)) continue;
      } else {
        seen.add(id);
        const rivals = held.mine.get(id);
        if (held.load(id) >= cap && !rivals.some((one) => !moved.has(one) && fill(one, seen, moved))) continue;
      }
      held.put(place, id);
      return true;
    }
    return false;
  };
  return places.every((_, place) => fill(place, new Set(), new Set())) ? held : null;
};

const path = (places, held, start, visits) => {
  const came = new Map([[`o${start}`, null]]);
  const line = [["o", start]];
  const low = held.load(start) - 2;
  for (let next = 0; next < line.length; next++) {
    const [kind, node] = line[next];
    for (const place of kind === "o" ? held.mine.get(node) : [node]) {
      const on = new Map(visits.get(places[place].subject).map((one) => [held.at[one], one]));
      for (const id of places[place].candidates) {
        const other = on.get(id);
        if (came.has(`o${id}`) || (other !== undefined && came.has(`p${other}`))) continue;
        const step = { from: `${kind}${node}`, place, id };
        if (other !== undefined) {
          if (places[other].group !== places[place].group) {
            came.set(`p${other}`, step);
            line.push(["p", other]);
          }
          continue;
        }
        came.set(`o${id}`, step);
        line.push(["o", id]);
        if (held.load(id) <= low) return { came, goal: `o${id}` };
      }
    }
  }
  return null;
};

const balance = (places, held) => {
  const visits = new Map();
  places.forEach((one, at) => visits.set(one.subject, [...(visits.get(one.subject) ?? []), at]));
  for (;;) {
    const ids = [...held.mine.keys()].sort((one, other) => held.load(other) - held.load(one) || byBytes(one, other));
    const least = Math.min(...ids.map((id) => held.load(id)));
    let found = null;
    for (const id of ids) {
      if (held.load(id) < least + 2) break;
      found = path(places, held, id, visits);
      if (found) break;
    }
    if (!found) return;
    for (let step = found.came.get(found.goal); step; step = found.came.get(step.from)) held.put(step.place, step.id);
  }
};

// Gives the officers of each visit by its subject, or null where the demands cannot be met.
export const assigned = (staffing, seed) => {
  const places = placesOf(staffing, seed);
  const prior = new Map(staffing.inspectors.map((one) => [one.id, one.workload]));
  const room = (cap) => [...prior.values()].reduce((sum, one) => sum + Math.max(0, cap - one), 0);
  const most = Math.min(staffing.cap ?? Infinity, Math.max(0, ...prior.values()) + staffing.visits.length);
  let cap = 0;
  while (cap <= most && room(cap) < places.length) cap += 1;
  let held = null;
  for (; cap <= most && !(held = first(places, prior, cap)); cap++);
  if (!held) return null;
  balance(places, held);
  const found = new Map(staffing.visits.map((one) => [one.subject, []]));
  places.forEach((one, at) => found.get(one.subject).push(held.at[at]));
  return found;
};
