// Who inspects whom where somebody decided since a draw/2 was made, step by step (docs/formats/draw.md).
import { assigned, fits, ranked } from "./assignment.js";
import { sm3, utf8 } from "./sm3.js";

// Whether these officers, each counting once, are who a visit demands.
const meets = (visit, officers, day) => {
  const slots = visit.demands.flatMap((one) => Array(one.count).fill(one));
  const filled = new Map();
  const place = (at, seen) =>
    slots.some((demand, slot) => {
      const admitted = demand.departments.includes(officers[at].department) && fits(officers[at], visit, demand, day);
      if (!admitted || seen.has(slot)) return false;
      seen.add(slot);
      if (filled.has(slot) && !place(filled.get(slot), seen)) return false;
      filled.set(slot, at);
      return true;
    });
  return officers.length === slots.length && officers.every((_, at) => place(at, new Set()));
};

// The same where somebody decided since a draw/2 was made: the picks first, then step by step (docs/formats/draw.md);
// nobody else's officers change. The turns say who left and who came, in order, or who withdraws from whom; who cannot
// have officers yet waits for some.
export const assignedInTurn = (staffing, seed, picks, turns) => {
  if (!turns.length) return assigned(staffing, seed);
  const visits = new Map(staffing.visits.map((one) => [one.subject, one]));
  const found = new Map();
  const recusals = [...staffing.recusals];
  const give = (subjects) => {
    const going = [...found.values()].flat();
    const load = (one) => one.workload + going.filter((id) => id === one.id).length;
    const inspectors = staffing.inspectors.map((one) => ({ ...one, workload: load(one) }));
    const made = assigned({ ...staffing, inspectors, recusals, visits: subjects.map((one) => visits.get(one)) }, seed);
    for (const [subject, officers] of made ?? []) found.set(subject, officers);
    return made !== null;
  };
  const without = (subjects) => subjects.filter((one) => !give([one]));
  const ordered = ranked(picks, (id) => sm3(seed, Uint8Array.of(0), utf8(id)));
  let first = ordered.length;
  while (!give(ordered.slice(0, first))) first -= 1;
  let waiting = without(ordered.slice(first));
  const next = (subject, staying) => {
    const known = new Map(staffing.inspectors.map((one) => [one.id, one]));
    const away = new Set([...staying, ...recusals.filter((one) => one.subject === subject).map((one) => one.officer)]);
    const going = [...found].filter(([one]) => one !== subject).flatMap(([, officers]) => officers);
    const free = (id) => staffing.cap === null || known.get(id).workload + going.filter((one) => one === id).length < staffing.cap;
    const lot = (id) => sm3(seed, Uint8Array.of(1), utf8(subject), Uint8Array.of(0x1f), utf8(id));
    const may = (id) => free(id) && meets(visits.get(subject), [...staying, id].map((one) => known.get(one)), staffing.day);
    return ranked([...known.keys()].filter((id) => !away.has(id)), lot).find(may);
  };
  const withdraw = ({ officer, subject }) => {
    recusals.push({ officer, subject });
    const officers = found.get(subject) ?? [];
    if (!officers.includes(officer)) return;
    const staying = officers.filter((one) => one !== officer);
    const one = next(subject, staying);
    if (one !== undefined) found.set(subject, [...staying, one]);
    else {
      found.delete(subject);
      waiting.push(subject);
    }
  };
  for (const turn of turns) {
    if (!Array.isArray(turn)) withdraw(turn);
    else {
      const [left, came] = turn;
      found.delete(left);
      waiting = [...waiting.filter((one) => one !== left), ...(came === null ? [] : [came])];
    }
    waiting = without(waiting);
  }
  return waiting.length ? null : found;
};
