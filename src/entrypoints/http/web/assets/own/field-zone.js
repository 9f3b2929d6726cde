// On every page of the phone zone: what waits in the outbox is sent, and log-out empties the safe.
import { begin } from "./field-outbox.js";
import { wipe } from "./field-safe.js";

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.action.endsWith("/log_out") || form.dataset.wiped) return;
  event.preventDefault();
  form.dataset.wiped = "yes";
  await wipe().catch(() => {});
  form.requestSubmit();
});
begin();
