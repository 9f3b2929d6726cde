// 保存并处理下一条: a form in the drawer that was opened from a row of a list goes on with the next row.
const main = document.getElementById("main");

// What the same link of the next row leads to, where the drawer was opened from a row.
const following = (opener) => {
  const link = [...main.querySelectorAll("a[data-drawer]")].find((one) => one.getAttribute("href") === opener);
  const cell = link?.closest("td");
  const there = cell?.parentElement.nextElementSibling?.cells[cell.cellIndex];
  const links = [...(there?.querySelectorAll("a[data-drawer]") ?? [])];
  const acts = link?.querySelector(".aside"); // an act says beside what it does about which row
  const same = (one) => one.firstChild.textContent === link.firstChild.textContent;
  return (acts ? links.find(same) : links[0])?.getAttribute("href");
};

document.addEventListener("drawer:shown", ({ detail: { body, opener } }) => {
  const acts = body.querySelector("form[method=post]:not([data-stays]) .acts");
  const save = acts?.querySelector("[type=submit]");
  const next = following(opener);
  if (!save || !next) return;
  const more = document.createElement("button");
  more.type = "submit";
  more.className = "quiet";
  more.dataset.onward = next;
  more.textContent = `${save.textContent}并处理下一条`;
  save.after(" ", more);
});
