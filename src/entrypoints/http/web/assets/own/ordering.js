// Rows with numbers that say their order: moved by buttons, by Alt and an arrow key, or dragged.
// Without this script the numbers are typed. What was not changed is not sent: a form is bounded.
const formOf = (one) => one.closest?.("[data-ordering]");
const rowsOf = (form) => [...form.querySelectorAll("tbody tr:not(.rows-none)")];
const numberOf = (row) => row.querySelector(".place");
const ticked = (form) => rowsOf(form).filter((row) => row.querySelector("input[type=checkbox]").checked);

const renumber = (form, said) => {
  rowsOf(form).forEach((row, at) => {
    numberOf(row).value = at + 1;
  });
  form.querySelector("[data-said]").textContent = said ?? "顺序已调整，尚未保存";
};

const move = (form, rows, up) => {
  for (const row of up ? rows : rows.toReversed()) {
    const next = up ? row.previousElementSibling : row.nextElementSibling;
    if (next && !rows.includes(next)) next[up ? "before" : "after"](row);
  }
  renumber(form);
};

const prepare = () => {
  const form = document.querySelector("[data-ordering]");
  if (!form || form.dataset.ready || rowsOf(form).length < 2) return;
  form.dataset.ready = "yes";
  const first = form.querySelector("button[value=arrange]");
  for (const [title, up] of [["所选项上移", true], ["所选项下移", false]]) {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "quiet", textContent: title });
    button.addEventListener("click", () => move(form, ticked(form), up));
    first.before(button);
  }
  for (const row of rowsOf(form)) row.draggable = true;
};

let dragged = null;
document.addEventListener("dragstart", (event) => {
  const row = event.target.closest?.("[data-ordering] tr");
  if (!row) return;
  dragged = row;
  event.dataTransfer.effectAllowed = "move";
});
document.addEventListener("dragover", (event) => {
  const over = event.target.closest?.("[data-ordering] tbody tr");
  if (!dragged || !over || over === dragged) return;
  event.preventDefault();
  const { top, height } = over.getBoundingClientRect();
  over[event.clientY < top + height / 2 ? "before" : "after"](dragged);
});
document.addEventListener("dragend", () => {
  if (dragged) renumber(formOf(dragged));
  dragged = null;
});
document.addEventListener("keydown", (event) => {
  const up = event.key === "ArrowUp";
  if (!event.altKey || !(up || event.key === "ArrowDown") || !event.target.matches(".place")) return;
  event.preventDefault();
  move(formOf(event.target), [event.target.closest("tr")], up);
  event.target.focus();
});
document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-ordering]")) return;
  for (const one of event.target.querySelectorAll(".place")) {
    one.disabled = one.value === one.defaultValue;
  }
});
document.addEventListener("htmx:afterSettle", prepare);
prepare();
