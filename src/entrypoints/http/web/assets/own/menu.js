// The menu: which groups are open is remembered, and what folds out closes again.
const KEPT = "menu-groups";
const wide = matchMedia("(min-width: 52rem)");
const side = document.querySelector("[data-side]");

const kept = () => {
  try {
    return JSON.parse(localStorage.getItem(KEPT)) ?? {};
  } catch {
    return {};
  }
};

const remembered = kept();
for (const group of document.querySelectorAll("[data-group]")) {
  const leads = group.querySelector("[aria-current]") !== null;
  if (!leads && group.dataset.group in remembered) group.open = remembered[group.dataset.group];
  group.addEventListener("toggle", () => {
    localStorage.setItem(KEPT, JSON.stringify({ ...kept(), [group.dataset.group]: group.open }));
  });
}

// Browsers that cannot show the content of a closed menu on a wide screen get it open.
const fit = () => {
  if (side && !CSS.supports("selector(::details-content)")) side.open = wide.matches;
};
wide.addEventListener("change", fit);
fit();

const close = (except) => {
  for (const one of document.querySelectorAll("[data-menu][open]")) {
    if (!one.contains(except)) one.open = false;
  }
};
document.addEventListener("click", (event) => close(event.target));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const open = document.querySelector("[data-menu][open]") ?? (wide.matches ? null : side);
  if (open?.open && open.contains(document.activeElement)) {
    open.open = false;
    open.querySelector("summary").focus();
  }
});
