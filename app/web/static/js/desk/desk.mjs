// The desk: saves while you type, and moves through the outline by keyboard. Without it every
// step works by its button.

const PAUSE = 900; // milliseconds without a key before a save
const AGAIN = 4000; // until the next try when the server cannot be reached
const UNSAVED = "Not saved yet";

const desk = document.querySelector("[data-desk]");
const form = desk?.querySelector("[data-desk-form]");
const saved = desk?.querySelector("[data-desk-saved]");

let waiting = 0;
let isSaving = false;
let isDirty = false;

function told() {
  const data = new FormData(form);
  data.set("typing", "yes");
  // What is being typed for a new choice becomes one when the form is saved as a whole.
  data.delete("new-label");
  data.delete("new-target");
  return data;
}

function later(pause) {
  clearTimeout(waiting);
  waiting = setTimeout(save, pause);
}

async function save() {
  if (isSaving || !isDirty) return;
  const sent = box?.value;
  isSaving = true;
  isDirty = false;
  saved.textContent = "Saving …";
  try {
    const headers = { "HX-Request": "true", Accept: "application/json" };
    const response = await fetch(form.action, { method: "POST", body: told(), headers });
    if (response.redirected) throw new Error("signed out");
    await take(response, sent);
  } catch {
    isDirty = true;
    saved.textContent = "Not saved: no answer from the server. Trying again …";
    later(AGAIN);
  } finally {
    isSaving = false;
  }
  if (isDirty) later(PAUSE);
}

async function take(response, sent) {
  const answer = await response.json();
  if (!response.ok) {
    saved.textContent = `Not saved: ${answer.message ?? "something went wrong."}`;
    saved.dataset.refused = "yes";
    return;
  }
  delete saved.dataset.refused;
  saved.textContent = isDirty ? UNSAVED : answer.words;
  form.querySelector("[data-desk-seen]").value = answer.seen;
  for (const part of ["panel", "history"]) {
    desk.querySelector(`[data-desk-${part}]`).innerHTML = answer[part];
  }
  desk.querySelector("[data-desk-outline] .desk-outline").outerHTML = answer.outline;
  if (box?.value === sent) sourceChecked(answer.first_line);
}

async function allSaved() {
  clearTimeout(waiting);
  while (isSaving) await new Promise((done) => setTimeout(done, 50));
  await save();
}

async function leaveFor(url) {
  await allSaved();
  location.assign(url);
}

// Undo takes back what was typed a moment ago as well: it is saved first, and so a step.
async function stepAfterSaving(event) {
  if (!isDirty && !isSaving) return;
  event.preventDefault();
  const { action } = event.target;
  await allSaved();
  [...desk.querySelectorAll("[data-desk-history] form")]
    .find((one) => one.action === action)
    ?.submit();
}

function watch() {
  form.addEventListener("input", (event) => {
    if (event.target.name?.startsWith("new-")) return;
    isDirty = true;
    saved.textContent = UNSAVED;
    later(PAUSE);
  });
  form.addEventListener("submit", () => {
    isDirty = false;
    clearTimeout(waiting);
  });
  desk.querySelector("[data-desk-history]").addEventListener("submit", stepAfterSaving);
  window.addEventListener("beforeunload", (event) => {
    if (isDirty || isSaving || saved.dataset.refused) event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "s" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.requestSubmit();
    }
  });
}

function walkOutline(event) {
  const entries = [...desk.querySelectorAll(".desk-outline__entry")];
  const here = entries.indexOf(document.activeElement);
  if (here < 0) return;
  const to = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: entries.length - 1 }[event.key];
  if (to !== undefined && !event.altKey) {
    event.preventDefault();
    entries[Math.min(Math.max(to, 0), entries.length - 1)].focus();
  } else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) {
    const letter = event.key.toLowerCase();
    const order = [...entries.slice(here + 1), ...entries.slice(0, here + 1)];
    order.find((one) => one.textContent.trim().toLowerCase().startsWith(letter))?.focus();
  }
}

if (form) watch();
desk?.querySelector("[data-desk-outline]").addEventListener("keydown", walkOutline);
