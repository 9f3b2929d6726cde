// Fields that name something else: what may be meant is looked up while one types. Without this
// script the name or code is written whole, and what it means is found when the form is sent.
const WAIT = 200;
let waiting;

const looked = async (kind, text) => {
  const query = new URLSearchParams({ text });
  const answer = await fetch(`/api/v1/references/${encodeURIComponent(kind)}?${query}`);
  return answer.ok ? (await answer.json()).items : [];
};

const called = (one) => (one.code ? `${one.name}（${one.code}）` : one.name);

const listOf = (field) => {
  const id = `${field.id}-offers`;
  let list = document.getElementById(id);
  if (!list) {
    list = document.createElement("datalist");
    list.id = id;
    field.after(list);
  }
  return list;
};

const offer = async (field, kind, text) => {
  const found = await looked(kind, text);
  listOf(field).replaceChildren(
    ...found.map((one) => {
      const option = document.createElement("option");
      option.value = called(one);
      // browsers show what holds the text alone; what initials or a code found bears it as label
      if (one.account) option.label = `账号 ${one.account}`;
      else if (text && !option.value.includes(text)) option.label = text;
      return option;
    }),
  );
};

// A field of several names, one a line, gets a field beside it that adds one more.
const several = (area) => {
  if (area.dataset.picked) return;
  area.dataset.picked = "yes";
  const more = document.createElement("input");
  more.id = `${area.id}-more`;
  more.setAttribute("list", `${more.id}-offers`);
  more.setAttribute("aria-label", `添加${area.labels[0]?.textContent ?? ""}`);
  more.placeholder = "输入名称添加";
  more.autocomplete = "off";
  area.before(more);
  const take = () => {
    const known = [...listOf(more).options].some((one) => one.value === more.value);
    if (!known) return;
    const lines = area.value.split("\n").filter(Boolean);
    if (!lines.includes(more.value)) area.value = [...lines, more.value].join("\n");
    more.value = "";
    area.dispatchEvent(new Event("input", { bubbles: true }));
  };
  more.addEventListener("input", () => {
    clearTimeout(waiting);
    take();
    waiting = setTimeout(() => offer(more, area.dataset.picker, more.value), WAIT);
  });
  more.addEventListener("focus", () => offer(more, area.dataset.picker, ""));
};

const found = (event) => event.target.closest?.("[data-picker]");
const areas = (inside) => inside.querySelectorAll("textarea[data-picker]").forEach(several);

areas(document);
document.addEventListener("focusin", (event) => {
  areas(event.target.form ?? event.target); // a drawer's form is not there from the start
  const field = found(event);
  if (field?.matches("input")) offer(field, field.dataset.picker, field.value);
});
document.addEventListener("input", (event) => {
  const field = found(event);
  if (!field?.matches("input")) return;
  clearTimeout(waiting);
  waiting = setTimeout(() => offer(field, field.dataset.picker, field.value), WAIT);
});
