// The steps that the proof of a draw/1 has, most of them also that of a draw/2 (docs/formats/draw.md).
import { compared } from "./assignment.js";
import { OFFICERS } from "./proof-officers.js";
import {
  commitmentOf, frozen, itemsOf, picksOf, poolHash, ranked, ruleFaults, Selection, selection, uncovered,
} from "./proof-picks.js";
import {
  ACTIONS, Blocked, canonical, digest, has, idFault, isObject, moment, must, objects, only, same,
  text, texts,
} from "./proof-reading.js";
import { byBytes, hex, sm3, unhex, utf8 } from "./sm3.js";

export const CHECKS = {
  *format(state) {
    if (!["draw-proof/1", "draw-proof/2"].includes(state.member("format"))) yield "不是 draw-proof/1 或 draw-proof/2 格式的证明";
    for (const name of ["draw_id", "task_id"]) text(state.member(name), name);
  },
  *pool(state) {
    let pairs;
    if (has(state.document, "pool_file")) {
      const stated = state.document.pool_file;
      only(stated, "pool_file", "name", "sm3", "count");
      if (has(state.document, "pool")) yield "对象库既在证明中又在文件中";
      if (!state.file) {
        yield `对象库在文件“${stated.name}”中，请与证明一起选择`;
        return;
      }
      if (hex(sm3(state.file)) !== stated.sm3) yield "对象库文件与证明所载不符";
      pairs = new TextDecoder().decode(state.file).split("\n").slice(0, -1).map((line) => line.split("\t"));
      if (pairs.length !== stated.count) yield "对象数与证明所载不符";
      if (pairs.some((one) => one.length !== 2)) {
        yield "名单中有的行不是“编号、制表符、分层”";
        return;
      }
    } else {
      const listed = objects(state.member("pool"), "pool", "id", "stratum");
      pairs = listed.map((one) => [text(one.id, "pool"), text(one.stratum, "pool")]);
    }
    const faults = new Set(pairs.flatMap(([id, stratum]) => [idFault(id), stratum.includes("\n") ? "分层名称含有换行" : ""]));
    faults.delete("");
    if (!pairs.length) faults.add("名单中没有对象");
    if (new Set(pairs.map(([id]) => id)).size < pairs.length) faults.add("名单中有重复的编号");
    yield* faults;
    if (faults.size) return;
    const ordered = [...pairs].sort((one, other) => compared(one, other));
    state.pool = frozen(ordered);
    if (!same(pairs, ordered)) yield "对象库没有按编号排序";
  },
  *pool_hash(state) {
    if (digest(state.member("pool_hash"), "pool_hash") !== poolHash(state.known().pairs)) yield "对象库与其摘要不符";
  },
  *rule(state) {
    const rule = state.member("rule");
    const faults = [...ruleFaults(rule)];
    yield* faults;
    if (faults.length) return;
    state.rule = rule;
    for (const name of uncovered(rule, state.known())) yield `分层“${name}”没有抽取比例或数量`;
  },
  *rule_hash(state) {
    if (!state.rule) throw new Blocked();
    if (digest(state.member("rule_hash"), "rule_hash") !== hex(sm3(utf8(canonical(state.rule))))) yield "规则与其摘要不符";
  },
  *contributions(state) {
    const members = ["contributor", "commitment", "nonce", "committed_at", "revealed_at"];
    const read = objects(state.member("contributions"), "contributions", ...members).map((one, index) => {
      const at = `contributions[${index}]`;
      must(!idFault(text(one.contributor, at)), at);
      const [commitment, nonce] = [digest(one.commitment, at), digest(one.nonce, at)];
      return { contributor: one.contributor, commitment, nonce, made: moment(one.committed_at, at), shown: moment(one.revealed_at, at) };
    });
    if (!read.length) yield "没有参与生成随机数的部门";
    else if (new Set(read.map((one) => one.contributor)).size < read.length) yield "参与部门重复";
    else {
      state.contributions = read;
      for (const one of read) {
        if (commitmentOf(one.contributor, one.nonce) !== one.commitment) yield `“${one.contributor}”的随机数与承诺值不符`;
      }
      const last = Math.max(...read.map((one) => one.made));
      if (read.some((one) => one.shown < last)) yield "有随机数在全部承诺之前公布";
    }
  },
  *seed(state) {
    if (!state.contributions) throw new Blocked();
    const given = [...state.contributions].sort((one, other) => byBytes(one.contributor, other.contributor));
    const hashes = ["pool_hash", "rule_hash"].map((name) => unhex(digest(state.member(name), name)));
    const made = hex(sm3(utf8("draw/1"), ...hashes, ...given.map((one) => unhex(one.nonce))));
    if (digest(state.member("seed"), "seed") !== made) yield "种子与随机数不符";
  },
  *picks(state) {
    const stated = state.member("picks");
    const ready = state.pool && state.rule && !uncovered(state.rule, state.pool).length;
    const made = ready && picksOf(digest(state.member("seed"), "seed"), state.pool, state.rule, state.second);
    state.picks = objects(stated, "picks", "id", "stratum", "rank").map((one, index) => {
      const at = `picks[${index}]`;
      return { id: text(one.id, at), stratum: text(one.stratum, at), rank: digest(one.rank, at) };
    });
    if (!made) throw new Blocked();
    if (!same(state.picks, made)) yield "抽中名单与种子不符";
  },
  *thresholds(state) {
    const stated = state.member("thresholds");
    if (!state.picks) throw new Blocked();
    must(isObject(stated), "thresholds");
    Object.values(stated).forEach((one) => digest(one, "thresholds"));
    const last = Object.fromEntries(state.picks.map((one) => [one.stratum, one.rank]));
    if (!same(stated, last)) yield "入选线与抽中名单不符";
  },
  *manual(state) {
    const members = ["action", "id", "by", "at", "reason", ...(state.second ? ["approver", "replacement"] : [])];
    const read = objects(state.member("manual"), "manual", ...members);
    for (const one of read) {
      must(ACTIONS.includes(text(one.action, "manual")) && !idFault(text(one.id, "manual")), "manual");
      text(one.by, "manual");
      text(one.reason, "manual");
      moment(one.at, "manual");
      if (!state.second) continue;
      text(one.approver, "manual");
      if (one.replacement !== null) text(one.replacement, "manual");
    }
    if (!state.picks) throw new Blocked();
    const selected = new Selection(state.picks);
    const { chosen } = selected;
    const seeks = state.second && read.some((one) => one.action === "remove");
    const strata = seeks ? ranked(digest(state.member("seed"), "seed"), state.known()) : new Map();
    for (const one of read) {
      if (!one.reason.trim() || !one.by.trim()) yield "人工增减没有填写原因或经办人";
      if ((one.action === "add") === chosen.has(one.id)) {
        yield one.action === "add" ? `对象“${one.id}”已在抽取结果中` : `对象“${one.id}”不在抽取结果中`;
        return;
      }
      const next = one.action === "remove" ? selected.nextOf(one.id, strata) : null;
      if (state.second && one.replacement !== next) {
        yield `剔除“${one.id}”后，递补的不是同一分层排序的下一个对象`;
        return;
      }
      selected.take(state.second ? one : { action: one.action, id: one.id });
    }
    [state.manual, state.selected] = [read, selected];
  },
  *items(state) {
    if (!state.rule) throw new Blocked();
    const chosen = selection(state);
    const drawn = state.rule.items;
    if (!drawn?.pool.length) {
      if (!same(state.document.items ?? [], [])) yield "抽中事项与种子不符";
      return;
    }
    const listed = objects(state.member("items"), "items", "id", "items");
    const order = (one, other) => byBytes(one.id, other.id);
    const stated = listed.map((one) => ({ id: text(one.id, "items"), items: texts(one.items, "items") })).sort(order);
    const seed = digest(state.member("seed"), "seed");
    const strata = state.known().strata;
    const made = chosen.map((id) => ({ id, items: itemsOf(seed, id, strata.get(id), drawn) })).sort(order);
    if (!same(stated, made)) yield "抽中事项与种子不符";
  },
  ...OFFICERS,
};
