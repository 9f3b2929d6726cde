// The draw of a task: makes the own department's number, notices what others did, and checks the
// proof. The number leaves this browser only sealed to its keeper; in a draw/1, when it is revealed.
import { showSaid, showVerified } from "./checked.js";
import { verify } from "./proof.js";
import { commitmentOf } from "./proof-picks.js";
import { encrypted } from "./sm2.js";
import { hex, joined, sm3, unhex, utf8 } from "./sm3.js";
import { untouched } from "./touch.js";

const FORMAT = "draw-nonce/1";
const IDLE = 10 * 60 * 1000; // without anybody at the page, nothing is asked for
const live = document.getElementById("live");
const deposits = document.querySelector("[data-deposits]");
const commits = document.querySelector("[data-commits]");
const reveals = document.querySelector("[data-reveals]");
const proof = document.querySelector("[data-proof]");
let seen = Date.now();
let touched = false;

document.querySelectorAll("[data-script]").forEach((one) => (one.hidden = false));
for (const kind of ["pointerdown", "keydown"]) addEventListener(kind, () => (seen = Date.now()));
document.getElementById("main").addEventListener("input", () => (touched = true));
addEventListener("beforeunload", () => (touched = true)); // renewed, it would call back whoever is leaving
document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.target.id === "live" && (document.hidden || Date.now() - seen > IDLE)) event.preventDefault();
});
document.addEventListener("htmx:afterSettle", async () => {
  if (document.getElementById("live").dataset.stage === stage) return;
  await untouched();
  if (touched) document.querySelector("[data-renewed]").hidden = false;
  else location.assign(location.pathname); // what ended is asked for no more: the section says no address
});
const stage = live.dataset.stage;

const keyOf = ({ draw, round, department }) => `draw-nonce/${draw}/${round}/${department}`;
const kept = (place) => {
  try {
    return localStorage.getItem(keyOf(place.dataset));
  } catch {
    return null;
  }
};
const keep = (place, nonce) => {
  try {
    localStorage.setItem(keyOf(place.dataset), nonce);
  } catch {
    // The file that is downloaded beside it holds it too.
  }
};
const download = (place, nonce) => {
  const { draw, round, department } = place.dataset;
  const content = { format: FORMAT, draw, round, contributor: department, nonce };
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([JSON.stringify(content, null, 1)], { type: "application/json" }));
  link.download = `draw-nonce-${draw}-${round}.json`;
  link.click();
  URL.revokeObjectURL(link.href);
};
const send = (place, values) => {
  const form = place.querySelector("form");
  for (const [name, value] of Object.entries(values)) form.elements[name].value = value;
  form.requestSubmit();
};
const told = (place, text) => (place.querySelector("[data-fault]").textContent = text);

deposits?.querySelector("[data-script] button").addEventListener("click", (event) => {
  event.target.disabled = true;
  const { round, department, key } = deposits.dataset;
  const nonce = crypto.getRandomValues(new Uint8Array(32));
  const mark = sm3(utf8(`draw-deposit/1\x1f${round}\x1f${department}`));
  try {
    const sealed = hex(encrypted(unhex(key), joined(nonce, mark)));
    send(deposits, { commitment: commitmentOf(department, hex(nonce)), sealed });
  } catch {
    told(deposits, "浏览器不能密封随机数，请换用新版浏览器，或用命令行办理。");
    event.target.disabled = false;
  }
});

commits?.querySelector("[data-script] button").addEventListener("click", (event) => {
  event.target.disabled = true;
  const nonce = kept(commits) ?? hex(crypto.getRandomValues(new Uint8Array(32)));
  keep(commits, nonce);
  download(commits, nonce);
  send(commits, { commitment: commitmentOf(commits.dataset.department, nonce) });
});

const reveal = (nonce) => {
  const { department, commitment } = reveals.dataset;
  if (/^[0-9a-f]{64}$/.test(nonce) && commitmentOf(department, nonce) === commitment) send(reveals, { nonce });
  else told(reveals, "这不是本部门本轮承诺的随机数：请选择提交承诺时下载的文件。");
};
if (reveals) {
  const button = reveals.querySelector("[data-kept]");
  const nonce = kept(reveals);
  if (nonce === null) button.parentElement.textContent = "本机没有保存随机数，请选择提交承诺时下载的文件。";
  button.addEventListener("click", () => reveal(nonce));
  reveals.querySelector("[type=file]").addEventListener("change", async (event) => {
    try {
      reveal(String(JSON.parse(await event.target.files[0].text()).nonce));
    } catch {
      told(reveals, "文件不能读取：请选择提交承诺时下载的文件。");
    }
  });
}

proof?.querySelector("button").addEventListener("click", async (event) => {
  const place = proof.querySelector("[data-result]");
  event.target.disabled = true;
  showSaid(place, "正在核对……");
  try {
    const answer = await fetch(proof.dataset.proof);
    if (!answer.ok) throw new Error(String(answer.status));
    showVerified(place, verify(await answer.json()));
  } catch {
    showSaid(place, "证明没有取到，请稍后再试。", true);
  }
  event.target.disabled = false;
});
