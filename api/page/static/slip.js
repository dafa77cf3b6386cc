// Ticks papers without loading the page again, and prints. Without it every button is a plain form.
"use strict";

const TIMEOUT_MS = 20000;
const told = document.getElementById("tin");
const printing = document.getElementById("in");

if (printing) {
  printing.hidden = false;
  printing.addEventListener("click", () => window.print());
}

async function tick(form, button) {
  const data = new FormData(form, button);
  try {
    const response = await fetch(form.action, {
      method: "POST", body: new URLSearchParams(data), headers: { "X-Fragment": "1" }, signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (!response.ok) throw new Error();
    const template = document.createElement("template");
    template.innerHTML = await response.text(); // rendered and escaped by our own server
    document.getElementById("giay-to").replaceWith(template.content.firstElementChild);
    document.querySelector(`#giay-${data.get("paper")} button`)?.focus({ preventScroll: true });
    told.textContent = document.getElementById("da-co")?.textContent || "";
  } catch {
    location.assign(form.action); // shows how it stands, or why nothing can be kept
  }
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.closest(".papers")) return;
  event.preventDefault();
  if (form.dataset.busy) return;
  form.dataset.busy = "1";
  tick(form, event.submitter).finally(() => { delete form.dataset.busy; });
});
