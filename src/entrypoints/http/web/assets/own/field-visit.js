// A visit as it stands on the phone: the package, and upon it what was done since.
const DONE = { refused: false, conflict: false };

// Gives the acts that count: neither refused, nor in the package already.
export const waiting = (acts, visit, entries) =>
  acts.filter((act) => {
    const entry = entries.get(act.record);
    if (!entry || DONE[entry.state] === false) return false;
    return entry.state !== "done" || entry.receipt.version > visit.version;
  });

// Takes away what the package knows. Of visits that are no more of it stays what must be looked at.
export const passing = (progress, pack, entries) => {
  const versions = new Map(pack.visits.map((visit) => [visit.id, visit.version]));
  const open = (id) => (act) => {
    const entry = entries.get(act.record);
    return entry && (entry.state !== "done" || entry.receipt.version > (versions.get(id) ?? Infinity));
  };
  return Object.fromEntries(
    Object.entries(progress)
      .map(([id, acts]) => [id, acts.filter(open(id))])
      .filter(([, acts]) => acts.length),
  );
};

const then = {
  check_in: (content) => ({ ...content, state: "started", checked_in_at: "now" }),
  record: (content, { answers }) => ({
    ...content,
    items: content.items.map((item) => {
      const answer = answers.find((one) => one.item === item.id);
      return answer ? { ...item, outcome: answer.outcome, note: answer.note, photos: answer.evidence.length } : item;
    }),
  }),
  conclude: (content, { outcomes, pending, measures, note }) => ({ ...content, outcomes, pending, measures, note }),
  sign: (content) => ({ ...content, state: "signed", signed_at: "now", recorder: "own" }),
  confirm_record: (content) => ({ ...content, record_confirmed_at: "now" }),
  clue: (content) => content,
  complete: (content) => ({ ...content, state: "completed" }),
  claim: (content) => ({ ...content, assisting: [...content.assisting, "own"] }),
  hand_over: (content, { to, reason }, user) => ({
    ...content,
    assisting: [...content.assisting.filter((one) => one !== "own" && one !== user), to],
    handovers: [...content.handovers, { old: "own", new: to, reason }],
  }),
  arrive: (content, { reason }) => ({ ...content, arrivals: [...content.arrivals, { by: "own", reason }] }),
  note: (content, { answers }) => ({
    ...content,
    assistant_notes: [...content.assistant_notes, ...answers.map((one) => ({ ...one, by: "own" }))],
  }),
  problem: (content, { text, item }) => ({
    ...content,
    problems: [...content.problems, { title: content.items.find((one) => one.id === item)?.title ?? "", content: text, by: "own" }],
  }),
};
export const answered = (visit, acts, user) => ({
  ...visit,
  content: acts.reduce((content, act) => then[act.step](content, act.command, user), visit.content),
});

export const done = ({ content }, step) =>
  ({
    check_in: Boolean(content.checked_in_at),
    record: content.items.every((item) => item.outcome),
    conclude: content.outcomes.length > 0,
    sign: Boolean(content.signed_at),
    complete: content.state === "completed",
  })[step];

// Tells that nobody checks in yet: the task begins after `today`.
export const early = ({ content, task }, today) => !content.checked_in_at && today < task.starts_on;

// What a conclusion begins with: what the items lead to.
export const defaults = ({ content }) => {
  if (content.outcomes.length) return content;
  const failed = content.items.some((item) => item.outcome === "failed");
  return failed
    ? { outcomes: ["pending"], pending: ["other_breach"], measures: ["correct_in_term"] }
    : { outcomes: ["no_problem"], pending: [], measures: [] };
};

// What comes along once for all visits of a checklist, of one item.
export const guideOf = (guides, visit, item) => guides?.find((guide) => guide.checklist === visit.task.checklist && guide.item === item.id);
