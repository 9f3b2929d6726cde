// Steps of a proof of who inspects whom: the roster that was frozen, and the assignment (docs/formats/draw.md).
import { assignedInTurn } from "./assignment-turns.js";
import { selection } from "./proof-picks.js";
import { Blocked, canonical, digest, has, must, objects, same, staffingFaults, staffingOf, text, texts, whole } from "./proof-reading.js";
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

// The recusals that are steps, each once so many corrections were made.
const withdrawals = (state, corrections) => {
  if (!has(state.document, "recused")) return [];
  const steps = objects(state.member("recused"), "recused", "officer", "subject").filter((one) => has(one, "after"));
  steps.reduce((last, one) => whole(one.after, "recused", last), 0);
  must(steps.every((one) => one.after <= corrections), "recused");
  return steps.map((one) => ({ officer: text(one.officer, "recused"), subject: text(one.subject, "recused"), after: one.after }));
};

// In which order inspectors are assigned: the picks of a draw/2, then what was decided since; in a draw/1 all at once.
const course = (state) => {
  const chosen = selection(state);
  if (!state.second) return { picks: chosen, turns: [], subjects: new Set(chosen) };
  const picks = state.picks.map((one) => one.id);
  const made = state.manual.map((one) => (one.action === "add" ? [null, one.id] : [one.id, one.replacement]));
  const away = withdrawals(state, made.length);
  const after = (count) => away.filter((one) => one.after === count);
  const turns = [...after(0), ...made.flatMap((one, at) => [one, ...after(at + 1)])];
  return { picks, turns, subjects: new Set([...picks, ...made.map(([, came]) => came).filter((one) => one !== null)]) };
};

const visitsAll = (state) => {
  const { subjects } = course(state);
  const visited = new Set(state.staffing.visits.map((one) => one.subject));
  return visited.size === subjects.size && [...visited].every((one) => subjects.has(one));
};

// Of whom inspectors are drawn: as the rule lists them, or, where that says their SM3 alone, as the proof does.
const rosterOf = (state) => {
  const inRule = state.rule && has(state.rule, "officers") ? state.rule.officers : null;
  if (!inRule || !has(inRule, "sm3")) return { roster: inRule, wanted: null };
  const listed = has(state.document, "roster") || !same(state.member("officers"), {});
  return { roster: listed ? state.member("roster") : null, wanted: inRule.sm3 };
};

export const OFFICERS = {
  *officers(state) {
    const stated = state.member("officers");
    const { roster, wanted } = rosterOf(state);
    if (wanted && roster && hex(sm3(utf8(canonical(roster)))) !== wanted) yield "检查人员名册与规则所载的摘要不符";
    if (same(stated, {})) return;
    state.staffing = staffingOf(stated);
    if (!visitsAll(state)) yield "派员的对象与抽取结果不一致";
    if (roster) yield* rosterFaults(state, roster);
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
