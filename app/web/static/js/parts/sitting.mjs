// Saves each answer of a running exam as it is given (data-part="sitting" on the form).
//
// What is on the way lies in the browser's own store until the server has said that it is kept,
// so that a lost network, a reload or a closed tab loses nothing. "Saved" is written only then.

const RETRY = [1000, 2000, 5000, 10_000];
const FIELDS = ["chosen", "struck", "flag", "confidence", "note"];

export function mount(form) {
  const status = document.querySelector("[data-saved]");
  const conflict = form.querySelector("[data-conflict]");
  const timer = document.querySelector('[data-part="timer"]');
  const place = `waymark-sitting ${form.getAttribute("action")}`;
  const token = form.elements.csrf_token.value;
  let sending = false;
  let tries = 0;

  const say = (words) => {
    if (status.textContent !== words) status.textContent = words;
  };
  const waiting = () => {
    const kept = localStorage.getItem(place);
    return kept ? JSON.parse(kept) : null;
  };
  const snapshot = () => ({
    request_key: crypto.randomUUID(),
    base_revision: form.elements.base_revision.value,
    fields: [...new FormData(form)].filter(([name]) => FIELDS.includes(name)),
  });

  async function send(url, save) {
    const body = new URLSearchParams(save.fields);
    body.set("csrf_token", token);
    body.set("request_key", save.request_key);
    body.set("base_revision", save.base_revision);
    const headers = { Accept: "application/json" };
    return fetch(url, { method: "POST", body, headers, keepalive: true });
  }

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

  function settle(told) {
    showOnMap(Boolean(told.chosen));
    form.elements.base_revision.value = told.revision;
    form.elements.request_key.value = crypto.randomUUID();
    timer?.dispatchEvent(new CustomEvent("waymark:clock", { detail: told.secondsLeft }));
    if (told.over || told.late) location.assign(form.action);
  }

  function ask(told) {
    const options = [...form.querySelectorAll("input[name=chosen]")];
    const words = (id) =>
      options.find((one) => one.value === id)?.closest("label").innerText.trim() || "no answer";
    const mine = form.querySelector("input[name=chosen]:checked")?.value ?? "";
    localStorage.removeItem(place);
    form.elements.base_revision.value = told.revision;
    conflict.querySelector("[data-conflict-words]").textContent =
      `${told.message} Saved: ${words(told.chosen)}. Here: ${words(mine)}.`;
    conflict.hidden = false;
    conflict.querySelector("[data-keep-saved]").onclick = () => {
      for (const one of options) one.checked = one.value === told.chosen;
      conflict.hidden = true;
      say("Saved");
    };
    conflict.querySelector("[data-keep-mine]").onclick = () => {
      conflict.hidden = true;
      keep();
    };
    conflict.querySelector("button").focus();
    say("Not saved: another tab has a newer answer");
  }

  async function flush() {
    const save = waiting();
    if (sending || !save) return;
    sending = true;
    say("Saving …");
    try {
      const response = await send(form.action, save);
      const told = await response.json();
      const isNewest = waiting()?.request_key === save.request_key;
      if (response.ok) {
        if (isNewest) localStorage.removeItem(place);
        settle(told);
        tries = 0;
        if (isNewest) say(told.saved ? "Saved" : "Not counted: the time was over");
      } else if (response.status === 409 && told.code === "answered-elsewhere") {
        ask(told);
      } else if (response.status < 500) {
        localStorage.removeItem(place);
        say(told.message ?? "Not saved");
      } else throw new Error(response.status);
    } catch {
      const pause = RETRY[Math.min(tries++, RETRY.length - 1)];
      say("Not saved yet. It is kept here and sent again by itself.");
      setTimeout(flush, pause);
      sending = false;
      return;
    }
    sending = false;
    const next = waiting();
    if (next && next.base_revision !== form.elements.base_revision.value) {
      localStorage.setItem(
        place,
        JSON.stringify({ ...next, base_revision: form.elements.base_revision.value }),
      );
    }
    if (next) flush();
  }

  function keep() {
    localStorage.setItem(place, JSON.stringify(snapshot()));
    flush();
  }

  // What other questions of this exam could not send before their page was left.
  async function flushOthers() {
    const exam = place.slice(0, place.lastIndexOf("/"));
    for (const name of Object.keys(localStorage)) {
      if (!name.startsWith(`${exam}/`) || name === place) continue;
      try {
        const url = name.slice("waymark-sitting ".length);
        const response = await send(url, JSON.parse(localStorage.getItem(name)));
        if (response.status < 500) localStorage.removeItem(name);
      } catch {
        return setTimeout(flushOthers, RETRY.at(-1));
      }
    }
  }

  let noting;
  form.addEventListener("change", (event) => event.target.name !== "note" && keep());
  form.elements.note?.addEventListener("input", () => {
    clearTimeout(noting);
    noting = setTimeout(keep, 800);
  });
  form.addEventListener("submit", (event) => {
    if (!navigator.onLine) {
      event.preventDefault();
      say("No network. What you chose is kept here; go on when the network is back.");
      return;
    }
    localStorage.removeItem(place); // the form itself carries everything
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || !waiting() || navigator.onLine) return;
    event.preventDefault();
    say("No network. What you chose is kept here; go on when the network is back.");
  });
  addEventListener("online", flush);
  document.addEventListener("waymark:time-is-up", () => location.assign(form.action));

  const left = waiting();
  if (left) {
    const chosen = new Map(left.fields).get("chosen");
    for (const one of form.querySelectorAll("input[name=chosen]"))
      if (chosen) one.checked = one.value === chosen;
    flush();
  }
  flushOthers();
}
