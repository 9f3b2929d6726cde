// Rows of a form, added and taken away in place, and fields that follow from a choice; files that
// are chosen stay. Without this script the button sends the form, which is shown anew.
import { unsent } from "./sending.js";

const reshape = async (form, button) => {
  const texts = [...new FormData(form, button)].filter(([, value]) => typeof value === "string");
  const answer = await fetch(form.action, {
    method: "POST",
    body: new URLSearchParams(texts),
    headers: { "HX-Request": "true" },
  });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const made = [...page.forms].find((one) => one.action === form.action && one.elements.key);
  globalThis.Idiomorph.morph(form, made.innerHTML, { morphStyle: "innerHTML" });
  form.dispatchEvent(new Event("input", { bubbles: true }));
};

const asks = (one) => one?.matches("button[name=rows]") && globalThis.Idiomorph;

document.addEventListener(
  "submit",
  (event) => {
    const { target: form, submitter: button } = event;
    if (!asks(button)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const around = button.closest("fieldset.one-row")?.parentElement ?? button.closest("fieldset");
    reshape(form, button)
      .then(() => {
        const fresh = form.querySelector("[data-fresh]");
        if (fresh) fresh.focus();
        else if (!button.isConnected) around?.focus();
      })
      .catch(() => unsent(form));
  },
  true,
);
document.addEventListener("change", (event) => {
  const button = event.target.closest(".chooser")?.querySelector("[data-chooses]");
  if (asks(button)) event.target.form.requestSubmit(button);
});
