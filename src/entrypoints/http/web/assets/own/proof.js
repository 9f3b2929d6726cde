// Checks a proof of a draw step by step (docs/formats/draw.md); nothing that it holds is trusted.
import { CHECKS } from "./proof-first.js";
import { Blocked, has, isObject, must } from "./proof-reading.js";
import { CHECKS_2 } from "./proof-second.js";

const STEPS = {
  format: "证明的格式", pool: "对象库", pool_hash: "对象库的摘要", rule: "抽取规则", rule_hash: "规则的摘要",
  contributions: "各方的承诺与随机数", seed: "种子", picks: "抽中名单", thresholds: "入选线", manual: "人工增减",
  items: "抽中事项", officers: "派员条件", assignment: "派员结果",
};
const STEPS_2 = {
  format: "证明的格式", pool: "对象库", pool_hash: "对象库的摘要", rule: "抽取规则", rule_hash: "规则的摘要",
  leaf: "平台预定数", contributions: "各方的承诺与随机数", outsider: "外部参与方与开启", seed: "种子",
  chances: "各分层的抽取机会", picks: "抽中名单", thresholds: "入选线", manual: "人工增减", items: "抽中事项",
  officers: "派员条件", assignment: "派员结果", number: "抽取序号与此前各次抽取", marks: "标记",
};

// Gives each step with what is wrong with it; never throws, whatever the document holds. ``file``
// are the bytes of a large pool that lies beside the proof.
export const verify = (document, file = null) => {
  const state = {
    document: isObject(document) ? document : {}, file, pool: null, rule: null, contributions: null,
    picks: null, manual: null, selected: null, staffing: null, publicValue: null,
    second: document?.format === "draw-proof/2",
    member(name) {
      must(has(this.document, name), name);
      return this.document[name];
    },
    known() {
      if (!this.pool) throw new Blocked();
      return this.pool;
    },
  };
  const checks = state.second ? { ...CHECKS, ...CHECKS_2 } : CHECKS;
  return Object.entries(state.second ? STEPS_2 : STEPS).map(([step, title]) => {
    const faults = [];
    try {
      for (const one of checks[step](state)) faults.push(one);
    } catch (error) {
      if (error instanceof Blocked) faults.push("前一步不成立，无法核对这一步");
      else faults.push("证明文件的格式不符");
    }
    return { step, title, faults };
  });
};
