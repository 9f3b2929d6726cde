// Checks a proof that somebody holds, or one firm of it; nothing is sent anywhere.
import { showSaid, showVerified } from "./checked.js";
import { verify } from "./proof.js";
import { rankOf } from "./proof-picks.js";

const whole = document.querySelector("[data-check]");
const own = document.querySelector("[data-own]");
const at = (id) => document.getElementById(id);
const result = whole.querySelector("[data-result]");
let known = null; // the proof that was read last
let listed = null; // the stratum of each subject in its pool

const read = async () => {
  const files = [...at("proof-file").files];
  const text = at("proof-text").value.trim();
  if (text) return { proof: JSON.parse(text), pool: null };
  const named = files.find((one) => one.name.endsWith(".json")) ?? files[0];
  const proof = JSON.parse(await named.text());
  const pool = files.find((one) => one !== named);
  return { proof, pool: pool ? new Uint8Array(await pool.arrayBuffer()) : null };
};

const pairsOf = (proof, pool) => {
  if (Array.isArray(proof?.pool)) return proof.pool.map((one) => [one?.id, one?.stratum]);
  return pool && new TextDecoder().decode(pool).split("\n").slice(0, -1).map((line) => line.split("\t"));
};

whole.querySelector("[data-verify]").addEventListener("click", async () => {
  known = listed = null;
  try {
    const { proof, pool } = await read();
    showVerified(result, verify(proof, pool));
    known = proof;
    const pairs = pairsOf(proof, pool);
    listed = pairs && new Map(pairs);
    if (typeof proof?.seed === "string") at("own-seed").value = proof.seed;
  } catch {
    showSaid(result, "请选择或粘贴一份证明；所选的内容不是证明文件。", true);
  }
});

const typed = () => {
  const code = at("own-code").value.trim();
  return /^[0-9a-z]{18}$/i.test(code) ? code.toUpperCase() : code; // as credit codes stand in pools
};

const thresholdOf = (code) => {
  if (!listed?.has(code)) return at("own-threshold").value.trim();
  at("own-threshold").value = known.thresholds?.[listed.get(code)] ?? "";
  return at("own-threshold").value;
};

const rank = () => {
  const place = own.querySelector("[data-ranked]");
  const [code, seed] = [typed(), at("own-seed").value.trim().toLowerCase()];
  if (!code || !/^[0-9a-f]{64}$/.test(seed)) {
    showSaid(place, "请填写统一社会信用代码，和64位的随机种子（只含数字和字母a至f）。", true);
    return;
  }
  if (listed && !listed.has(code)) {
    showSaid(place, `所核对的证明，名单中没有${code}：不在这次抽取的范围内，或代码有误，请对照营业执照核对。`, true);
    return;
  }
  const [found, threshold] = [rankOf(seed, code), thresholdOf(code).toLowerCase()];
  if (!/^[0-9a-f]{64}$/.test(threshold)) showSaid(place, `排序值 ${found}。没有入选线：本等级没有抽取，或请填写入选线。`);
  else showSaid(place, `排序值 ${found}，${found <= threshold ? "不大于入选线：抽中" : "大于入选线：未抽中"}。`);
};

own.querySelector("[data-rank]").addEventListener("click", rank);
whole.hidden = own.hidden = false;
if (typed() && at("own-seed").value && at("own-threshold").value) rank(); // led here by a result
