// Keeps what somebody is writing until it has been saved: an expired session, a reload, a refusal
// or a broken line loses nothing. Kept in this tab alone, and forgotten when it is closed.
(() => {
  const words = document.getElementById("drafts");
  let store;
  try { store = window.sessionStorage; } catch { return; }
  // Nobody is signed in: whoever comes back through the door finds the words again.
  if (!words || !store) return;

  const mine = `draft:${words.dataset.who}:`;
  const sent = `${mine}sent`;

  function keep(key, text) {
    try {
      if (text) store.setItem(key, text); else store.removeItem(key);
    } catch { /* No room left: the form itself still holds the words. */ }
  }

  function clear(keys) { keys.forEach((key) => store.removeItem(key)); }

  function path(form) { return new URL(form.getAttribute("action") || location.href, location.href).pathname; }

  function key(field) { return `${mine}${path(field.form)}#${field.id}`; }

  // Somebody else has signed in on this computer: the words of the one before are not theirs.
  clear(Object.keys(store).filter((name) => name.startsWith("draft:") && !name.startsWith(mine)));

  // A saved form leads on to a page; a refused one answers by itself, and whoever had to sign in
  // again comes from the door.
  function forgetSaved() {
    const keys = JSON.parse(store.getItem(sent) || "null");
    store.removeItem(sent);
    const arrived = performance.getEntriesByType("navigation")[0];
    const from = document.referrer ? new URL(document.referrer).pathname : "";
    if (keys && arrived && arrived.redirectCount > 0 && from !== "/login") clear(keys);
  }

  function restore(field) {
    const draft = store.getItem(key(field));
    const isShownAgain = location.pathname === path(field.form) && field.value;
    if (!draft || draft === field.value || isShownAgain) return;
    field.value = draft;
    const note = words.cloneNode(true);
    note.removeAttribute("id");
    note.hidden = false;
    note.setAttribute("role", "status");
    field.after(note);
    for (let around = field.closest("details"); around; around = around.parentElement.closest("details")) around.open = true;
  }

  forgetSaved();
  for (const form of document.querySelectorAll("form[method=post]:not([hx-post])")) {
    const fields = [...form.querySelectorAll("textarea[id]")];
    for (const field of fields) {
      restore(field);
      field.addEventListener("input", () => keep(key(field), field.value));
    }
    if (fields.length) form.addEventListener("submit", () => keep(sent, JSON.stringify(fields.map(key))));
  }
})();
