// Keeps what is filled in of a form on the server, some seconds after typing stops. Without this
// script a button does.
const WAIT = 3000;
const waiting = new Map(); // by form: what keeps it soon, and what stops keeping it

const said = (form, text) => {
  const place = form.querySelector("[data-kept]");
  if (place) place.textContent = text;
};

const texts = (form) => {
  const kept = [...new FormData(form)].filter(([, value]) => typeof value === "string");
  return new URLSearchParams([...kept, ["draft_by", "script"]]);
};

const keep = async (form) => {
  const stop = new AbortController();
  waiting.set(form, { stop });
  try {
    const answer = await fetch(form.dataset.draft, {
      method: "POST",
      body: texts(form),
      headers: { "HX-Request": "true" },
      signal: stop.signal,
    });
    const text = (await answer.text()).trim();
    const kept = answer.ok && answer.status === 200 && !answer.redirected;
    said(form, kept ? text : "草稿没有保存，请尽快提交或另行记下所填内容");
  } catch {
    if (!stop.signal.aborted) said(form, "网络不通，草稿没有保存");
  }
};

const leave = (form) => {
  const found = waiting.get(form);
  clearTimeout(found?.soon);
  found?.stop?.abort();
  waiting.delete(form);
};

const changed = (event) => {
  const form = event.target.closest?.("form[data-draft]");
  if (!form || event.target.type === "file") return;
  leave(form);
  waiting.set(form, { soon: setTimeout(() => form.isConnected && keep(form), WAIT) });
};

document.addEventListener("input", changed);
document.addEventListener("change", changed);
document.addEventListener("submit", (event) => leave(event.target), true);
