// Saves each answer of a running exam as it is given (data-part="sitting" on its form). "Saved" is
// written only when the server has said so; what waits is kept by shared/waiting.mjs.

const FIELDS = ["chosen", "struck", "flag", "confidence", "note", "marks_seen"];
const SIGNED_OUT = "Not saved: you are signed out. It is kept here. Sign in in another tab, then load this page again.";
const NO_NETWORK = "Not saved yet. It is kept here and sent again by itself.";
const GO_ON = "Not saved yet. What you chose is kept here; go on when the network is back.";

export function mount(form) {
  const status = document.querySelector("[data-saved]");
  const conflict = form.querySelector("[data-conflict]");
  const timer = document.querySelector('[data-part="timer"]');
  const url = form.getAttribute("action");
  const token = form.elements.csrf_token.value;
  const options = [...form.querySelectorAll("input[name=chosen]")];
  const base = form.elements.base_revision;
  let sending = null;
  let noting = null; // runs while a note is typed that is not kept yet
  const isBusy = () => Boolean(sending ?? waitingHere(url));
  let tries = 0;

  const say = (words) => {
    if (status.textContent !== words) status.textContent = words;
  };
  const chosenHere = () => options.find((one) => one.checked)?.value ?? "";
  const choose = (id) => {
    for (const one of options) one.checked = one.value === id;
  };

  // The map says at once what has an answer now.
  function showOnMap(isAnswered) {
    const slot = document.querySelector(".item-map__slot[aria-current]");
    if (!slot || slot.classList.contains("item-map__slot--met") === isAnswered) return;
    slot.classList.toggle("item-map__slot--met", isAnswered);
    slot.classList.toggle("item-map__slot--open", !isAnswered);
    const words = slot.querySelector("[data-state]");
    words.textContent = words.textContent.replace(/answered|open/, isAnswered ? "answered" : "open");
    for (const sum of document.querySelectorAll("[data-sum]")) {
      const more = (sum.dataset.sum === "met") === isAnswered;
      sum.textContent = sum.textContent.replace(/\d+/, (count) => Number(count) + (more ? 1 : -1));
    }
  }

  function keep() {
    clearTimeout(noting);
    noting = null;
    const fields = [...new FormData(form)].filter(([name]) => FIELDS.includes(name));
    const save = { request_key: newKey(), base_revision: base.value, fields };
    if (sending) save.after_key = sending.request_key;
    put(url, save);
    conflict.hidden = true;
    say("Not saved yet …");
    flush();
  }

  async function flush() {
    const save = waitingHere(url);
    if (sending || !save) return;
    sending = save;
    say("Saving …");
    const answer = await post(url, save, token);
    sending = null;
    hear(save, answer);
  }

  function hear(save, { kind, told }) {
    const isNewest = waitingHere(url)?.request_key === save.request_key;
    if (kind === "kept") {
      tries = 0;
      if (isNewest) remove(url);
      settle(save, told);
      learn(told, isNewest);
      if (!isNewest) flush();
      else if (noting) say("Not saved yet …");
      else if (told.marks) say("Saved. Your marks and note are shown as they are kept.");
      else say(told.saved ? "Saved" : "Not counted: the time was over");
    } else if (kind === "refused" && told.code === "answered-elsewhere") {
      ask(told);
    } else if (kind === "refused" && told.code === "on-a-break") {
      say(told.message);
    } else if (kind === "refused") {
      remove(url);
      say(told.message ?? "Not saved");
    } else {
      say(kind === "signed out" ? SIGNED_OUT : NO_NETWORK);
      put(url, waitingHere(url) ?? save); // its time of day says that this tab still looks after it
      setTimeout(flush, RETRY[Math.min(tries++, RETRY.length - 1)]);
    }
  }

  // An answer that this page never showed is shown before anything builds on it.
  function settle(save, told) {
    const sent = new Map(save.fields).get("chosen") ?? "";
    if (told.chosen !== sent && !told.late && chosenHere() === sent) choose(told.chosen);
    if (!told.late) base.value = told.revision;
    form.elements.request_key.value = newKey();
    showOnMap(Boolean(told.chosen));
    timer?.dispatchEvent(new CustomEvent("waymark:clock", { detail: told.secondsLeft }));
    if (told.over || told.late) location.assign(url);
  }

  // The next save builds on the marks that are kept now. What another page noted is shown first:
  // while something newer waits here or is being typed, that save is still told as behind.
  function learn({ marks, marksSeen }, isNewest) {
    if (!marksSeen || (marks && (!isNewest || noting))) return;
    if (marks) restore([["chosen", chosenHere()], ...marks]);
    form.elements.marks_seen.value = marksSeen;
    const next = waitingHere(url);
    if (!next) return;
    const fields = next.fields.map(([name, value]) => [name, name === "marks_seen" ? marksSeen : value]);
    put(url, { ...next, fields });
  }

  function ask(told) {
    const words = (id) =>
      options.find((one) => one.value === id)?.closest("label").innerText.trim() || "no answer";
    remove(url);
    base.value = told.revision;
    conflict.querySelector("[data-conflict-words]").textContent =
      `${told.message} Saved: ${words(told.chosen)}. Here: ${words(chosenHere())}.`;
    conflict.hidden = false;
    conflict.querySelector("[data-keep-saved]").onclick = () => {
      choose(told.chosen);
      keep();
    };
    conflict.querySelector("[data-keep-mine]").onclick = keep;
    conflict.querySelector("button").focus();
    say("Not saved: another tab has a newer answer");
  }

  // Shows everything that these fields hold, and nothing else.
  function restore(fields) {
    for (const input of form.querySelectorAll("input[name]:is([type=radio], [type=checkbox])"))
      input.checked = fields.some(([name, value]) => name === input.name && value === input.value);
    form.elements.note.value = new Map(fields).get("note") ?? "";
    form.elements.note.closest("details").open ||= Boolean(form.elements.note.value);
  }

  form.addEventListener("change", (event) => {
    if (event.target.name === "note") return;
    if (conflict.hidden || event.target.name === "chosen") keep();
  });
  form.elements.note.addEventListener("input", () => {
    say("Not saved yet …");
    clearTimeout(noting);
    noting = setTimeout(keep, 800);
  });
  const keepNote = () => noting && keep(); // whoever leaves does not wait until the typing rests
  form.addEventListener("submit", async (event) => {
    keepNote();
    if (!isBusy()) return; // the form itself carries everything
    event.preventDefault();
    const by = event.submitter;
    flush();
    if (await drained(isBusy)) form.requestSubmit(by);
    else say(GO_ON);
  });
  document.addEventListener("click", async (event) => {
    const link = event.target.closest("a[href]");
    if (!link || event.defaultPrevented) return;
    keepNote();
    if (!waitingHere(url)) return;
    event.preventDefault();
    flush();
    if ((await drained(isBusy)) || navigator.onLine) location.assign(link.href);
    else say(GO_ON);
  });
  addEventListener("pagehide", keepNote);
  addEventListener("online", flush);
  document.addEventListener("waymark:time-is-up", async (event) => {
    event.preventDefault(); // what waits goes first, inside the grace
    keepNote();
    flush();
    await drained(isBusy);
    location.assign(url);
  });

  const left = waitingHere(url);
  if (left) {
    restore(left.fields); // chosen here and never sent
    form.elements.marks_seen.value = new Map(left.fields).get("marks_seen");
    flush();
  }
  sendOthers(url.replace(/\/items\/\d+$/, ""), token, say, url);
}
