// Trees of ticks: a branch is ticked or cleared as a whole, and says how many of it are ticked.
const boxes = (branch) => [...branch.querySelectorAll('details input[type="checkbox"]')];

const show = (branch) => {
  const whole = branch.querySelector("[data-branch]");
  const all = boxes(branch);
  const ticked = all.filter((one) => one.checked).length;
  whole.hidden = false;
  whole.checked = ticked > 0 && ticked === all.length;
  whole.indeterminate = ticked > 0 && !whole.checked;
  branch.querySelector("[data-ticked]").textContent = `${ticked}/${all.length}`;
};

const showAll = (within) => within.querySelectorAll(".branch").forEach(show);

document.addEventListener("change", (event) => {
  const branch = event.target.closest?.(".branch");
  if (!branch) return;
  if (event.target.matches("[data-branch]")) {
    for (const one of boxes(branch)) one.checked = event.target.checked;
  }
  show(branch);
});
document.addEventListener("drawer:shown", ({ detail: { body } }) => showAll(body));
showAll(document);
