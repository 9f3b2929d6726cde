// Lists whose rows can be ticked: all at once, how many, and none to be sent.
const rows = () => [...document.querySelectorAll('input[form="batch"]')];

const show = () => {
  const form = document.querySelector("[data-batch]");
  if (!form) return;
  const all = document.querySelector("[data-all]");
  const ticked = rows().filter((one) => one.checked).length;
  all.hidden = rows().length === 0;
  all.checked = ticked > 0 && ticked === rows().length;
  all.indeterminate = ticked > 0 && !all.checked;
  const every = form.querySelector("[name=every]")?.checked ?? false;
  const said = every ? "已选全部符合条件的记录" : ticked ? `已选 ${ticked} 条` : "";
  form.querySelector("[data-ticked]").textContent = said;
  for (const one of form.querySelectorAll("button")) one.disabled = ticked === 0 && !every;
};

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-all]")) {
    for (const one of rows()) one.checked = event.target.checked;
  }
  show();
});
document.addEventListener("htmx:afterSettle", show);
document.addEventListener("drawer:refreshed", show);
show();
