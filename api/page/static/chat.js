// Makes the plain form smoother: no reload, and the conversation stays in this tab.
// The server keeps no message text, so what was asked lives in sessionStorage only.
"use strict";

const KEY = "motcua";
const MAX_TURNS = 50;
const TIMEOUT_MS = 20000;
const log = document.getElementById("log");
const waiting = document.getElementById("waiting");
const ask = document.getElementById("ask");
const box = document.getElementById("cau-hoi");
const send = ask.querySelector("button");
let busy = false;

function kept() {
  try { return JSON.parse(sessionStorage.getItem(KEY)) || []; } catch { return []; }
}

function keep(html) {
  try { sessionStorage.setItem(KEY, JSON.stringify([...kept(), html].slice(-MAX_TURNS))); } catch { /* a full or closed storage: the page still works */ }
}

function node(html) {
  const template = document.createElement("template");
  template.innerHTML = html; // rendered and escaped by our own server
  return template.content.firstElementChild;
}

function keepAll() {
  sessionStorage.removeItem(KEY);
  for (const turn of log.querySelectorAll(".turn")) keep(turn.outerHTML);
}

function add(html) {
  const turn = node(html);
  log.append(turn);
  return turn;
}

function mine(text) {
  const article = document.createElement("article");
  article.className = "turn";
  const line = document.createElement("p");
  line.className = "mine";
  line.textContent = text;
  article.append(line);
  log.append(article);
  return article;
}

function fail(message, data) {
  const line = document.createElement("p");
  line.className = "error";
  line.setAttribute("role", "alert");
  line.textContent = message;
  const again = document.createElement("button");
  again.type = "button";
  again.textContent = "Thử lại";
  again.addEventListener("click", () => { line.remove(); askServer(data); });
  line.append(again);
  log.append(line);
  line.scrollIntoView({ block: "nearest" });
}

function setBusy(on, quiet = false) {
  busy = on;
  waiting.hidden = !on || quiet;
  send.setAttribute("aria-disabled", String(on));
  if (on && !quiet) waiting.scrollIntoView({ block: "nearest" });
}

// A list or a step in its new state takes the place of the one that was pressed. What stands above a
// list was told once, and stays.
function exchange(html, pressed) {
  const turn = node(html);
  const place = turn.hasAttribute("data-in-place") && pressed?.closest(".turn");
  if (!place || !place.isConnected) return false;
  const [before, after] = [place, turn].map((one) => one.querySelector(".now"));
  const at = [...place.querySelectorAll("button")].indexOf(pressed);
  const item = pressed.closest("li") ? [...place.querySelectorAll("li button")].indexOf(pressed) : -1;
  const shown = before && after ? after : turn;
  (before && after ? before : place).replaceWith(shown);
  const target = item >= 0 ? shown.querySelectorAll("li button")[item] : shown.querySelectorAll("button")[Math.max(at, 0)];
  (target || shown.querySelector("button"))?.focus({ preventScroll: item >= 0 });
  if (item < 0) shown.scrollIntoView({ block: "nearest" });
  return true;
}

async function askServer(data, pressed) {
  setBusy(true, !data.get("text"));
  const question = mine(data.get("text") || "");
  if (data.get("text")) question.scrollIntoView({ block: "start" }); else question.remove();
  try {
    const response = await fetch("/chat", {
      method: "POST", body: data, headers: { "X-Fragment": "1" }, signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (!response.ok) throw new Error((await response.json()).detail);
    const html = await response.text();
    question.remove();
    if (response.headers.has("X-Erased")) log.replaceChildren();
    if (!exchange(html, pressed)) add(html).scrollIntoView({ block: "start" });
    keepAll();
  } catch (error) {
    question.remove();
    const known = error instanceof Error && error.constructor === Error && error.message;
    fail(known || "Không gửi được. Bạn kiểm tra kết nối mạng rồi thử lại nhé.", data);
    if (!data.has("choice") && !box.value) box.value = data.get("text");
  }
  setBusy(false);
}

async function rate(form, data) {
  try {
    const response = await fetch("/chat/rate", {
      method: "POST", body: data, headers: { "X-Fragment": "1" }, signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (!response.ok) throw new Error();
    const rated = node(await response.text());
    form.replaceWith(rated);
    rated.querySelector('[aria-pressed="true"]').focus();
    keepAll();
  } catch {
    form.querySelector("[role=status]").textContent = "Chưa gửi được. Bạn bấm lại nhé.";
  }
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.getAttribute("action") === "/chat/new") { sessionStorage.removeItem(KEY); return; }
  if (!["/chat", "/chat/rate"].includes(form.getAttribute("action"))) return;
  event.preventDefault();
  if (busy) return;
  const data = new FormData(form, event.submitter);
  data.set("message_id", crypto.randomUUID ? crypto.randomUUID() : String(Math.random()).slice(2) + Date.now());
  if (form.getAttribute("action") === "/chat/rate") { rate(form, data); return; }
  if (!data.has("choice") && !data.get("text").trim()) return;
  for (const old of log.querySelectorAll(".error")) old.remove();
  if (form === ask) box.value = "";
  askServer(data, form === ask ? null : event.submitter);
});

const earlier = kept();
if (earlier.length) {
  log.setAttribute("aria-live", "off"); // what was read out once need not be read again
  log.replaceChildren();
  earlier.forEach(add);
  log.lastElementChild.scrollIntoView({ block: "start" });
  log.setAttribute("aria-live", "polite");
} else if (log.firstElementChild?.matches(".turn")) {
  keep(log.firstElementChild.outerHTML);
}
if (matchMedia("(hover: hover)").matches) box.focus({ preventScroll: true });
