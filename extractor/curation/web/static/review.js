// The keys of a review. Pages come from the server and work without this file, except for selecting text.
"use strict";

const $ = (id) => document.getElementById(id);
const say = (text) => { $("live").textContent = text; };
const proposal = () => $("proposal");
const keysOn = () => localStorage.getItem("single-keys") !== "off";

// Sending. A page that was sent off takes no second answer.

let leaving = false;
let saving = Promise.resolve();

function form(values) {
  return new URLSearchParams({ csrf: proposal().dataset.csrf, proposal: proposal().dataset.id, ...values });
}

async function edit(source, name, value) {
  const body = new URLSearchParams(new FormData(source));
  body.set(name, value);
  await saving;
  const answer = await fetch("/edit", { method: "POST", body });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  document.querySelector("main").replaceWith(document.adoptNode(page.querySelector("main")));
  document.title = page.title;
  begin();
  const role = source.dataset.role || "effect";
  say(answer.ok ? `${role} changed` : page.querySelector("[role=alert]")?.textContent ?? "not changed");
  ($("statement") ?? $("main")).focus({ preventScroll: true });
}

function keepNote() {
  const text = $("note").value;
  $("saved").textContent = "…";
  saving = saving
    .then(() => ($("note")?.value === text ? fetch("/note", { method: "POST", body: form({ note: text }) }) : null))
    .then((answer) => { if (answer && $("saved")) $("saved").textContent = answer.ok ? "saved" : "not saved"; })
    .catch(() => { if ($("saved")) $("saved").textContent = "not saved"; });
}

document.addEventListener("submit", (event) => {
  const target = event.target;
  if (target.classList.contains("edit") && event.submitter) {
    event.preventDefault();
    edit(target, event.submitter.name, event.submitter.value);
  } else if (target.method === "post" && leaving) {
    event.preventDefault();
  } else if (target.method === "post") {
    leaving = true;
  }
});
window.addEventListener("pageshow", () => { leaving = false; });

// The text: offsets count Unicode code points of the document, as everywhere in evmir.

function parts() {
  const walker = document.createTreeWalker($("text"), NodeFilter.SHOW_TEXT, (node) =>
    node.parentElement.classList.contains("sr") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
  const found = [];
  let start = 0;
  while (walker.nextNode()) {
    found.push({ node: walker.currentNode, start });
    start += walker.currentNode.data.length;
  }
  return found;
}

const plain = () => parts().map(({ node }) => node.data).join("");
const points = (text) => Array.from(text).length;

function before(node, offset) { // UTF-16 units of the text that stand before a point of the page
  const range = document.createRange();
  range.selectNodeContents($("text"));
  range.setEnd(node, offset);
  const piece = range.cloneContents();
  piece.querySelectorAll(".sr").forEach((hidden) => hidden.remove());
  return piece.textContent.length;
}

function selected() { // [start, end] in code points without white space at the edges, or null
  const chosen = getSelection();
  if (!$("text") || !chosen.rangeCount || chosen.isCollapsed) return null;
  const range = chosen.getRangeAt(0);
  if (!$("text").contains(range.startContainer) || !$("text").contains(range.endContainer)) return null;
  const text = plain();
  let [start, end] = [before(range.startContainer, range.startOffset), before(range.endContainer, range.endOffset)];
  while (start < end && /\s/u.test(text[start])) start += 1;
  while (end > start && /\s/u.test(text[end - 1])) end -= 1;
  return end > start ? [points(text.slice(0, start)), points(text.slice(0, end))] : null;
}

const cursor = { anchor: null, head: null };

function words(text) {
  return Array.from(text.matchAll(/[\p{L}\p{N}]+(?:[-‐‑–'’./+][\p{L}\p{N}]+)*/gu), (m) => [m.index, m.index + m[0].length]);
}

function firstWord(all) { // of the evidence, where there is any
  const evidence = $("text").querySelector(".evidence");
  const from = evidence ? before(evidence, 0) : 0;
  return Math.max(all.findIndex(([start]) => start >= from), 0);
}

function show(text, all) {
  const low = all[Math.min(cursor.anchor, cursor.head)][0];
  const high = all[Math.max(cursor.anchor, cursor.head)][1];
  const nodes = parts();
  const at = (offset) => nodes.findLast(({ start, node }) => start <= offset && offset <= start + node.data.length);
  const [from, to] = [nodes.find(({ start, node }) => low < start + node.data.length), at(high)];
  getSelection().setBaseAndExtent(from.node, low - from.start, to.node, high - to.start);
  to.node.parentElement.scrollIntoView({ block: "nearest" });
  say(text.slice(low, high));
}

function walk(step, extend) {
  const text = plain();
  const all = words(text);
  if (!all.length) return;
  const fresh = cursor.head === null || cursor.head >= all.length;
  const head = fresh ? firstWord(all) : Math.min(Math.max(cursor.head + step, 0), all.length - 1);
  cursor.anchor = extend && !fresh ? cursor.anchor : head;
  cursor.head = head;
  show(text, all);
}

const STEPS = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 10, ArrowUp: -10 };

function useSelection(source) {
  const chosen = selected();
  if (chosen) edit(source, "select", chosen.join("-"));
  else say("Select words in the text first");
  return chosen !== null;
}

// Identifiers, looked up as one types.

let asked = 0;

async function look(input) {
  const turn = ++asked;
  const list = $(input.getAttribute("aria-controls"));
  const role = input.closest("form").dataset.role;
  const query = new URLSearchParams({ role, q: input.value, id: proposal().dataset.id });
  const answer = input.value.trim() ? await fetch(`/candidates?${query}`) : null;
  const found = answer?.ok ? await answer.json() : [];
  if (turn !== asked) return;
  list.replaceChildren(...found.map((choice, index) => option(choice, `${list.id}-${index}`)));
  choose(input, found.length ? 0 : -1);
}

function option(choice, id) {
  const item = document.createElement("span");
  Object.assign(item, { id, textContent: `${choice.name} ` });
  item.setAttribute("role", "option");
  item.dataset.value = JSON.stringify({ name: choice.name, curie: choice.curie });
  const detail = document.createElement("span");
  Object.assign(detail, { className: "curie", textContent: [choice.curie, choice.reason].filter(Boolean).join(" · ") });
  item.append(detail);
  return item;
}

function choose(input, index) {
  const list = $(input.getAttribute("aria-controls"));
  const options = [...list.children];
  list.hidden = !options.length;
  input.setAttribute("aria-expanded", String(!list.hidden));
  options.forEach((item, i) => item.setAttribute("aria-selected", String(i === index)));
  input.setAttribute("aria-activedescendant", options[index]?.id ?? "");
}

function lookupKey(event) {
  const input = event.target;
  const list = $(input.getAttribute("aria-controls"));
  const options = [...list.children];
  const now = options.findIndex((item) => item.getAttribute("aria-selected") === "true");
  const moves = { ArrowDown: 1, ArrowUp: -1 };
  if (event.key in moves && options.length) choose(input, (now + moves[event.key] + options.length) % options.length);
  else if (event.key === "Enter" && now >= 0) edit(input.form, "choose", options[now].dataset.value);
  else if (event.key !== "Enter") return;
  event.preventDefault();
}

// Keys.

const press = (id) => () => $(id)?.click();
const go = (id) => () => { $(id)?.focus(); $(id)?.select?.(); };
const KEYS = {
  a: press("accept"), s: press("skip"), u: press("undo"), m: go("note"), x: go("effect"), "/": go("search"), "?": press("help"),
  n: () => ($("next") ?? $("start"))?.click(),
  r: () => { if ($("reject")) { $("reject").open = !$("reject").open; $("reject").querySelector($("reject").open ? "button" : "summary").focus(); } },
  e: () => { if ($("text")) { $("text").focus(); walk(0, false); } },
};

function digit(number) {
  if ($("reject")?.open) return $("reject").querySelectorAll("button")[number - 1]?.click();
  const source = document.querySelectorAll("form.slot")[number - 1];
  if (source && !(selected() && useSelection(source))) source.querySelector("input[role=combobox]")?.focus();
}

function leave(target) {
  if ($("reject")?.open) $("reject").open = false;
  if (target.getAttribute("role") === "combobox") { target.value = ""; look(target); }
  getSelection().removeAllRanges();
  $("main").focus({ preventScroll: true });
}

document.addEventListener("keydown", (event) => {
  const target = event.target;
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || $("keys").open) return;
  if (event.key === "Escape") { leave(target); return; }
  if (target.getAttribute("role") === "combobox") { lookupKey(event); return; }
  if (target.id === "text" && event.key in STEPS) {
    event.preventDefault();
    walk(STEPS[event.key], event.shiftKey);
  } else if (!target.closest("input, select, textarea") && keysOn() && !event.repeat) {
    const act = /^[1-9]$/.test(event.key) ? () => digit(Number(event.key)) : KEYS[event.key];
    if (act) { event.preventDefault(); act(); }
  }
});

document.addEventListener("input", (event) => {
  if (event.target.id === "note") keepNote();
  else if (event.target.getAttribute("role") === "combobox") look(event.target);
});
document.addEventListener("change", (event) => {
  if (event.target.id === "effect") edit(event.target.form, "effect", event.target.value);
  else if (event.target.id === "single-keys") localStorage.setItem("single-keys", event.target.checked ? "on" : "off");
});
document.addEventListener("mousedown", (event) => { if (event.target.closest("[data-use]")) event.preventDefault(); }); // keeps the selection
document.addEventListener("click", (event) => {
  const item = event.target.closest("[role=option]");
  if (item) edit(item.closest("form"), "choose", item.dataset.value);
  else if (event.target.closest("[data-use]")) useSelection(event.target.closest("form"));
  else if (event.target.closest("#help")) $("keys").showModal();
});

function begin() {
  Object.assign(cursor, { anchor: null, head: null });
  const evidence = $("text")?.querySelector(".evidence"); // of a long paper the part that counts
  if (evidence) $("text").scrollTop = evidence.offsetTop - $("text").offsetTop - 60;
  if ($("single-keys")) $("single-keys").checked = keysOn();
}

begin();
// Here and not left to the browser, which follows autofocus at some later frame: keys pressed before it were lost.
const first = document.querySelector("[autofocus]") ?? $("statement") ?? $("main");
first.focus({ preventScroll: true });
first.select?.();
