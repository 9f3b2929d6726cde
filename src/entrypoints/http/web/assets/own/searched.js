// What was looked for before in a public search: kept in this browser alone, sent nowhere.
const MOST = 8;
const place = document.querySelector("[data-searched]");
const form = place?.matches("form") ? place : place?.querySelector("form");
const kept = `searched:${place?.dataset.searched}`;

const before = () => {
  try {
    const read = JSON.parse(localStorage.getItem(kept) ?? "[]");
    return Array.isArray(read) ? read.filter((one) => typeof one === "string") : [];
  } catch {
    return [];
  }
};

const keep = (texts) => {
  try {
    localStorage.setItem(kept, JSON.stringify(texts.slice(0, MOST)));
  } catch {
    // a browser that keeps nothing has no history
  }
};

const show = () => {
  document.querySelector("[data-history]")?.remove();
  const texts = before();
  if (!texts.length) return;
  const list = document.createElement("p");
  list.className = "history-line";
  list.dataset.history = "";
  list.append("搜索历史：");
  for (const text of texts) {
    const link = document.createElement("a");
    link.href = `${form.getAttribute("action")}?${new URLSearchParams({ text })}`;
    link.textContent = text;
    list.append(link, " ");
  }
  const clear = document.createElement("button");
  clear.type = "button";
  clear.className = "quiet";
  clear.textContent = "清除历史";
  clear.addEventListener("click", () => {
    keep([]);
    list.remove();
  });
  list.append(clear);
  form.after(list);
};

form?.addEventListener("submit", () => {
  const text = form.elements.text?.value.trim();
  if (text) keep([text, ...before().filter((one) => one !== text)]);
});
if (form) show();
