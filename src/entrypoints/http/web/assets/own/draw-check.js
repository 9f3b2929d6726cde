// Checks a proof that somebody holds, or one firm of it; nothing is sent anywhere.
import { showSaid, showVerified } from "./checked.js";
import { verify } from "./proof.js";
import { rankOf } from "./proof-reading.js";

const whole = document.querySelector("[data-check]");
const own = document.querySelector("[data-own]");
const at = (id) => document.getElementById(id);
const result = whole.querySelector("[data-result]");
let known = null; // the proof that was read last

const read = async () => {
  const files = [...at("proof-file").files];
  const text = at("proof-text").value.trim();
  if (text) return { proof: JSON.parse(text), pool: null };
  const named = files.find((one) => one.name.endsWith(".json")) ?? files[0];
  const proof = JSON.parse(await named.text());
  const pool = files.find((one) => one !== named);
  return { proof, pool: pool ? new Uint8Array(await pool.arrayBuffer()) : null };
};

whole.querySelector("[data-verify]").addEventListener("click", async () => {
  known = null;
  try {
    const { proof, pool } = await read();
    showVerified(result, verify(proof, pool));
    known = proof;
    if (typeof proof?.seed === "string") at("own-seed").value = proof.seed;
  } catch {
    showSaid(result, "请选择或粘贴一份证明；所选的内容不是证明文件。", true);
  }
});

const thresholdOf = (code) => {
  const stratum = Array.isArray(known?.pool) ? known.pool.find((one) => one?.id === code)?.stratum : undefined;
  if (stratum === undefined) return at("own-threshold").value.trim();
  at("own-threshold").value = known.thresholds?.[stratum] ?? "";
  return at("own-threshold").value;
};

own.querySelector("[data-rank]").addEventListener("click", () => {
  const place = own.querySelector("[data-ranked]");
  const [code, seed] = [at("own-code").value.trim(), at("own-seed").value.trim().toLowerCase()];
  const threshold = thresholdOf(code).toLowerCase();
  if (!code || !/^[0-9a-f]{64}$/.test(seed)) {
    showSaid(place, "请填写主体身份代码和64位十六进制的随机种子。", true);
    return;
  }
  const rank = rankOf(seed, code);
  if (!/^[0-9a-f]{64}$/.test(threshold)) showSaid(place, `排序值 ${rank}。没有入选线：这一分层没有抽取，或请填写入选线。`);
  else showSaid(place, `排序值 ${rank}，${rank <= threshold ? "不大于入选线：抽中" : "大于入选线：未抽中"}。`);
});

whole.hidden = own.hidden = false;
