// The steps that the proof of a draw/2 has in place of, or beside, those of a draw/1 (docs/formats/draw.md).
import { chancesOf, commitmentOf, selection, uncovered } from "./proof-picks.js";
import {
  Blocked, digest, idFault, isObject, moment, must, objects, only, same, text, texts, whole,
} from "./proof-reading.js";
import { byBytes, hex, sm3, unhex, utf8 } from "./sm3.js";

const DEPTH = 17; // hashes from a leaf to the root
const KINDS = ["department", "supervision", "public_value"];
const MARKS = ["adjusted", "unplanned", "given"];

const publicValue = (value) => {
  if (value === null) return null;
  only(value, "public_value", "name", "issue", "value", "entered_by");
  const by = texts(value.entered_by, "public_value");
  const named = ["name", "issue", "value"].map((name) => text(value[name], "public_value"));
  must(new Set(by).size === 2 && [...named, ...by].every(Boolean), "public_value");
  return value;
};

const openingOf = (value) => {
  if (value === null) return null;
  only(value, "opening", "closed_at", "opened_at", "by", "demo");
  must(["witness", "platform"].includes(value.by) && typeof value.demo === "boolean", "opening");
  return { closed: moment(value.closed_at, "opening"), opened: moment(value.opened_at, "opening"), by: value.by };
};

export const CHECKS_2 = {
  *leaf(state) {
    const read = state.member("leaf");
    only(read, "leaf", "root", "index", "value", "path");
    digest(read.root, "leaf");
    const index = whole(read.index, "leaf", 1);
    const value = unhex(digest(read.value, "leaf"));
    const path = texts(read.path, "leaf").map((one) => unhex(digest(one, "leaf")));
    let reached = sm3(Uint8Array.of(0), unhex(index.toString(16).padStart(16, "0")), value);
    path.forEach((beside, level) => {
      const right = Math.floor((index - 1) / 2 ** level) % 2 === 1;
      reached = sm3(Uint8Array.of(1), ...(right ? [beside, reached] : [reached, beside]));
    });
    const there = path.length === DEPTH && index <= 2 ** DEPTH;
    if (!there || hex(reached) !== read.root) yield "预定数不在预定数表的所载位置";
  },
  *contributions(state) {
    const members = ["contributor", "commitment", "nonce", "deposited_at"];
    const read = objects(state.member("contributions"), "contributions", ...members).map((one, index) => {
      const at = `contributions[${index}]`;
      must(!idFault(text(one.contributor, at)), at);
      const nonce = one.nonce === null ? null : digest(one.nonce, at);
      return { contributor: one.contributor, commitment: digest(one.commitment, at), nonce, made: moment(one.deposited_at, at) };
    });
    const named = [...read.map((one) => one.contributor), ...texts(state.member("late"), "late")];
    if (new Set(named).size < named.length) {
      yield "参与部门重复";
      return;
    }
    state.contributions = read;
    if (!read.length && state.member("public_value") === null) yield "没有参与生成随机数的部门";
    for (const one of read) {
      const differs = one.nonce !== null && commitmentOf(one.contributor, one.nonce) !== one.commitment;
      if (differs) yield `“${one.contributor}”的随机数与承诺值不符`;
    }
  },
  *outsider(state) {
    state.publicValue = publicValue(state.member("public_value"));
    const [stated, opening] = [state.member("outsider"), openingOf(state.member("opening"))];
    if (!state.contributions) throw new Blocked();
    if (opening && state.contributions.some((one) => one.made > opening.closed)) yield "有随机数在截止之后交存";
    if (opening && opening.opened < opening.closed) yield "随机数在截止之前开启";
    if (stated === null) {
      if (state.member("number") !== null) yield "没有外部参与方，也没有公开数值";
      return;
    }
    only(stated, "outsider", "kind", "contributor");
    text(stated.contributor, "outsider");
    must(KINDS.includes(stated.kind), "outsider");
    const given = state.contributions.map((one) => one.contributor);
    const apart = stated.contributor === "" && state.publicValue !== null;
    if (stated.kind === "public_value" ? !apart : !given.includes(stated.contributor)) {
      yield `没有外部参与方“${stated.contributor}”的随机数，也没有公开数值`;
    }
    if (!opening) yield "没有说明随机数由谁开启";
    else if (opening.by === "platform" && !state.publicValue) yield "随机数由平台开启，却没有公开数值";
  },
  *seed(state) {
    const leaf = state.member("leaf");
    if (!state.contributions || !isObject(leaf)) throw new Blocked();
    const hashes = ["pool_hash", "rule_hash"].map((name) => unhex(digest(state.member(name), name)));
    const own = unhex(digest(leaf.value, "leaf"));
    const given = [...state.contributions].sort((one, other) => byBytes(one.contributor, other.contributor));
    const shares = given.map((one) => unhex(one.nonce ?? one.commitment));
    const value = state.publicValue ? [sm3(utf8(state.publicValue.value))] : [];
    const made = hex(sm3(utf8("draw/2"), ...hashes, own, ...shares, ...value));
    if (digest(state.member("seed"), "seed") !== made) yield "种子与随机数不符";
  },
  *chances(state) {
    const stated = state.member("chances");
    if (!state.pool || !state.rule || uncovered(state.rule, state.pool).length) throw new Blocked();
    must(isObject(stated), "chances");
    const made = chancesOf(digest(state.member("seed"), "seed"), state.pool, state.rule);
    if (!same(stated, made)) yield "抽取机会与规则不符";
  },
  *number(state) {
    const listed = objects(state.member("siblings"), "siblings", "year", "number", "draw_id", "state", "reason");
    listed.forEach((one) => whole(one.year, "siblings") + whole(one.number, "siblings", 1));
    const own = state.member("number");
    if (own === null) {
      if (listed.length) yield "所列的此前各次抽取不与本次序号相接";
      return;
    }
    only(own, "number", "lead", "scene", "year", "number");
    must(!idFault(text(own.lead, "number")), "number");
    text(own.scene, "number");
    let [year, number] = [whole(own.year, "number"), whole(own.number, "number", 1)];
    for (const one of [...listed].reverse()) {
      const follows = one.year === year && one.number === number - 1;
      if (!follows && !(number === 1 && one.year === year - 1)) {
        yield "所列的此前各次抽取不与本次序号相接";
        return;
      }
      [year, number] = [one.year, one.number];
      for (const name of ["draw_id", "state", "reason"]) text(one[name], "siblings");
      must(["open", "cleared"].includes(one.state), "siblings");
      if ((one.state === "cleared") !== Boolean(one.reason.trim())) yield "没有填写原因或经办人";
    }
  },
  *marks(state) {
    const changes = state.member("pool_changes");
    must(isObject(changes), "pool_changes");
    for (const [name, count] of Object.entries(changes)) whole(count, text(name, "pool_changes"));
    const marks = texts(state.member("marks"), "marks");
    must(marks.every((one) => MARKS.includes(one)) && new Set(marks).size === marks.length, "marks");
    if (!state.manual) throw new Blocked();
    const much = state.manual.length > 2 || state.manual.length * 10 > selection(state).length;
    if (marks.includes("adjusted") !== much) yield "标记与人工增减的多少不符";
  },
};
