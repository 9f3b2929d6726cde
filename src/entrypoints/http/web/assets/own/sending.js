// What every script keeps to that sends a form in the browser's place: one press sends it once.
// Nothing is sent again by itself, whatever comes back; what went wrong is told beside the form.
const UNHEARD = "没有收到平台的答复，所填内容还在：请稍后再按一次，已经办理的不会重复办理。";
const FILE = /^attachment; filename\*=UTF-8''(\S+)$/;

// Says before a form why it was not sent; what is filled in stays.
export const unsent = (form, ...said) => {
  const told = Object.assign(document.createElement("p"), { className: "problem" });
  told.setAttribute("role", "alert");
  told.append(...(said.length ? said : [UNHEARD]));
  form.parentElement.querySelectorAll(":scope > .problem").forEach((one) => one.remove());
  form.before(told);
  told.scrollIntoView();
};

// Keeps an answer that is a file as a file, as the browser would; tells whether it is one.
export const kept = async (answer) => {
  const name = FILE.exec(answer.headers.get("content-disposition") ?? "")?.[1];
  if (!answer.ok || !name) return false;
  const href = URL.createObjectURL(await answer.blob());
  Object.assign(document.createElement("a"), { href, download: decodeURIComponent(name) }).click();
  setTimeout(() => URL.revokeObjectURL(href), 60_000); // the browser has taken it by then
  return true;
};
