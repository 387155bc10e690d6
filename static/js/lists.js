// The list by keyboard: j and k go through its rows, Enter opens, x ticks, / searches, ? helps.
"use strict";

const HERE = "here";
const TYPES_INTO = "input:not([type=checkbox]), textarea, select, [contenteditable]";

const rows = () => [...document.querySelectorAll("#found tbody tr")];
const current = () => document.querySelector(`#found tr.${HERE}`);

function goTo(row) {
  if (!row) return;
  current()?.classList.remove(HERE);
  row.classList.add(HERE);
  row.querySelector("a.clamp")?.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

function step(by) {
  const every = rows();
  const at = every.indexOf(current());
  goTo(every[at < 0 ? 0 : Math.min(Math.max(at + by, 0), every.length - 1)]);
}

function tick() {
  const box = current()?.querySelector("input[name=tasks]");
  if (box) box.click();
}

const KEYS = {
  j: () => step(1),
  ArrowDown: () => step(1),
  k: () => step(-1),
  ArrowUp: () => step(-1),
  x: tick,
  "/": () => document.getElementById("q").focus(),
  "?": () => document.getElementById("keys").showModal(),
};

// Enter opens by itself: the link of the row has the focus.
document.addEventListener("keydown", (event) => {
  const busy = event.ctrlKey || event.altKey || event.metaKey || document.querySelector("dialog[open]");
  const arrows = event.key.startsWith("Arrow") && !current();
  if (busy || arrows || event.target.closest(TYPES_INTO) || !(event.key in KEYS)) return;
  event.preventDefault();
  KEYS[event.key]();
});

document.addEventListener("focusin", (event) => {
  const row = event.target.closest("#found tbody tr");
  if (!row) return;
  current()?.classList.remove(HERE);
  row.classList.add(HERE);
});

// Ticking a whole page needs this script, so its box is shown by it; the list may be swapped.
function showTickAll() {
  const box = document.querySelector("[data-tick=all]");
  if (!box) return;
  for (const hidden of box.parentElement.querySelectorAll("[hidden]")) hidden.hidden = false;
}

document.addEventListener("change", (event) => {
  if (event.target.dataset.tick !== "all") return;
  for (const box of document.querySelectorAll("#found input[name=tasks]")) box.checked = event.target.checked;
});

showTickAll();
new MutationObserver(showTickAll).observe(document.getElementById("main"), { childList: true, subtree: true });
