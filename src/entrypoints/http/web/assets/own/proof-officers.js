// Steps of a proof of who inspects whom: the roster that was frozen, and the assignment (docs/formats/draw.md).
import { assignedInTurn } from "./assignment.js";
import { selection } from "./proof-picks.js";
import { Blocked, digest, has, objects, same, staffingFaults, staffingOf, text, texts } from "./proof-reading.js";
import { byBytes, hex, sm3, unhex, utf8 } from "./sm3.js";

// Officers, demands, day and cap are those of the rule; whom the head let off has a reason.
function* rosterFaults(state, roster) {
  const seed = unhex(digest(state.member("seed"), "seed"));
  const drawn = new Map();
  for (const team of objects(roster.teams, "rule")) {
    const lot = hex(sm3(seed, Uint8Array.of(3), utf8(text(team.id, "rule"))));
    for (const name of texts(team.departments, "rule")) {
      if (!drawn.has(name) || lot < drawn.get(name).lot) drawn.set(name, { lot, members: texts(team.members, "rule") });
    }
  }
  const byId = (list) => Object.fromEntries(list.map((one) => [one.id, one]));
  const going = objects(roster.inspectors, "rule").filter((one) => !drawn.has(one.department) || drawn.get(one.department).members.includes(one.id));
  const { inspectors, visits, recusals, day, cap } = state.staffing;
  const differs = !same(byId(inspectors), byId(going)) || day !== roster.day || cap !== (roster.cap ?? null);
  if (differs || (roster.demands.length && visits.some((one) => !same(one.demands, roster.demands)))) yield "派员条件与冻结名单时的不同";
  const key = (one) => [one.officer, one.subject, one.ground].join("\u001f");
  const recused = objects(state.member("recused"), "recused", "officer", "subject", "ground", "reason", "by", "at");
  const told = new Set(recused.filter((one) => text(one.reason, "recused").trim() && text(one.by, "recused")).map(key));
  for (const one of recusals) {
    if (["request", "absence"].includes(one.ground) && !told.has(key(one))) yield `人员“${one.officer}”的回避没有写明由谁以什么理由准予`;
  }
}

// In which order inspectors are assigned: the picks of a draw/2, then who came by hand; in a draw/1 all at once.
const course = (state) => {
  const chosen = selection(state);
  if (!state.second) return { picks: chosen, turns: [], subjects: new Set(chosen) };
  const picks = state.picks.map((one) => one.id);
  const turns = state.manual.map((one) => (one.action === "add" ? [null, one.id] : [one.id, one.replacement]));
  return { picks, turns, subjects: new Set([...picks, ...turns.map(([, came]) => came).filter((one) => one !== null)]) };
};

const visitsAll = (state) => {
  const { subjects } = course(state);
  const visited = new Set(state.staffing.visits.map((one) => one.subject));
  return visited.size === subjects.size && [...visited].every((one) => subjects.has(one));
};

export const OFFICERS = {
  *officers(state) {
    const stated = state.member("officers");
    if (same(stated, {})) return;
    state.staffing = staffingOf(stated);
    if (!visitsAll(state)) yield "派员的对象与抽取结果不一致";
    if (state.rule && has(state.rule, "officers")) yield* rosterFaults(state, state.rule.officers);
  },
  *assignment(state) {
    const listed = objects(state.member("assignment"), "assignment", "id", "officers");
    const order = (one, other) => byBytes(one.id, other.id);
    const plainly = ([id, officers]) => ({ id, officers: [...officers].sort(byBytes) });
    const stated = listed.map((one) => plainly([text(one.id, "assignment"), texts(one.officers, "assignment")])).sort(order);
    if (!state.staffing) {
      if (!same(state.member("officers"), {})) throw new Blocked();
      if (stated.length) yield "派员结果与种子不符";
      return;
    }
    const faults = [...staffingFaults(state.staffing)];
    yield* faults;
    if (faults.length) return;
    if (!visitsAll(state)) throw new Blocked();
    const { picks, turns } = course(state);
    const made = assignedInTurn(state.staffing, unhex(digest(state.member("seed"), "seed")), picks, turns);
    if (!made) yield "没有可行的派员方案";
    else if (!same(stated, [...made].map(plainly).sort(order))) yield "派员结果与种子不符";
  },
};
