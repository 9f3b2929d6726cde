// After something was done in the drawer: the bell and the badges of the menu, which stand around
// the page, are drawn anew.
document.addEventListener("drawer:refreshed", async () => {
  const answer = await fetch(location.href);
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const place of [".bell", ".side nav"]) {
    const old = document.querySelector(place);
    const anew = page.querySelector(place);
    if (old && anew) old.replaceWith(anew);
  }
});
