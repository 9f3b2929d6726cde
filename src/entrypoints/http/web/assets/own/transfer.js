// Transfer panels: ticks of a whole side, how many, and buttons that wait for one. Without this
// script a button without a tick is refused by the platform.
const ticks = (side) => [...side.querySelectorAll('input[name^="row-"]')];

const show = (side) => {
  const all = side.querySelector("[data-every]");
  const ticked = ticks(side).filter((one) => one.checked).length;
  all.hidden = ticks(side).length === 0;
  all.checked = ticked > 0 && ticked === ticks(side).length;
  all.indeterminate = ticked > 0 && !all.checked;
  side.querySelector("[data-ticked]").textContent = ticked ? `已选 ${ticked} 条` : "";
  for (const one of side.querySelectorAll("[data-ticking]")) one.disabled = ticked === 0;
};

const showAll = () => document.querySelectorAll("form[data-side]").forEach(show);

document.addEventListener("change", (event) => {
  const side = event.target.closest?.("form[data-side]");
  if (!side) return;
  if (event.target.matches("[data-every]")) {
    for (const one of ticks(side)) one.checked = event.target.checked;
  }
  show(side);
});
// Enter on a row ticks it, as the space bar does; it does not send the search.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.target.matches?.('[data-side] input[type="checkbox"]')) return;
  event.preventDefault();
  event.target.click();
});
document.addEventListener("htmx:afterSettle", showAll);
showAll();
