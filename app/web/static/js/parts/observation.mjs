// Saves an observation while it is written (data-part="observation" on its form). "Saved" is
// written only when the server has said so; what waits is kept by shared/waiting.mjs.

export function mount(form) {
  const status = form.querySelector("[data-saved]");
  const conflict = form.querySelector("[data-conflict]");
  const url = form.getAttribute("action");
  const { seen, csrf_token: token } = form.elements;
  const NOT_SENT = ["csrf_token", "act", "more", "seen", "tab", "step"];
  let sending = null;
  let tries = 0;
  let typing;

  const say = (words) => status.textContent !== words && (status.textContent = words);
  const isBusy = () => Boolean(sending ?? waitingHere(url));
  const nextStep = () => {
    const step = Number(tabs.getItem("waymark-step") ?? 0) + 1;
    tabs.setItem("waymark-step", step);
    return step;
  };
  const told = () => [...new FormData(form)].filter(([name]) => !NOT_SENT.includes(name));

  function keep() {
    clearTimeout(typing);
    typing = null;
    const mine = [["tab", tab], ["step", nextStep()], ["seen", seen.value]];
    put(url, { request_key: newKey(), fields: [...told(), ...mine] });
    conflict.hidden = true;
    say("Not saved yet …");
    flush();
  }

  async function flush() {
    const save = waitingHere(url);
    if (sending || !save) return;
    sending = save;
    say("Saving …");
    const answer = await post(url, save, token.value);
    sending = null;
    hear(save, answer);
  }

  function hear(save, { kind, told }) {
    const isNewest = waitingHere(url)?.request_key === save.request_key;
    if (kind === "kept") {
      tries = 0;
      seen.value = told.revision;
      if (isNewest) remove(url);
      if (isNewest && !typing) say(told.words);
      else flush();
    } else if (kind === "refused" && told.code === "observation-moved-on") ask(told);
    else if (kind === "refused") {
      remove(url);
      say(`Not saved. ${told.message}`);
    } else {
      say(
        kind === "signed out"
          ? "Not saved: you are signed out. It is kept here. Sign in in another tab, then load this page again."
          : "Not saved yet. It is kept on this device and sent by itself once the network is back."
      );
      put(url, waitingHere(url) ?? save);
      setTimeout(flush, RETRY[Math.min(tries++, RETRY.length - 1)]);
    }
  }

  function ask(told) {
    remove(url);
    conflict.querySelector("[data-conflict-words]").textContent = told.message;
    conflict.hidden = false;
    conflict.querySelector("[data-keep-mine]").onclick = () => {
      seen.value = told.revision;
      keep();
    };
    conflict.querySelector("[data-keep-saved]").onclick = () => location.reload();
    conflict.querySelector("button").focus();
    say("Not saved: there is another version of this draft.");
  }

  // Shows everything that was written here and never sent.
  function restore(fields) {
    for (const input of form.elements) {
      if (!input.name || input.type === "hidden" || NOT_SENT.includes(input.name)) continue;
      const value = fields.find(([name]) => name === input.name)?.[1] ?? "";
      if (input.type === "radio") input.checked = input.value === value;
      else input.value = value;
    }
  }

  form.addEventListener("input", ({ target }) => {
    if (target.name === "more") return;
    say("Not saved yet …");
    clearTimeout(typing);
    typing = setTimeout(keep, target.type === "radio" ? 0 : 700);
  });
  form.addEventListener("submit", async (event) => {
    if (form.dataset.goes) return;
    event.preventDefault();
    const by = event.submitter;
    keep();
    if (!(await drained(isBusy))) return say("Not saved yet. It is kept on this device; go on when the network is back.");
    if (!conflict.hidden) return;
    form.elements.tab.value = tab;
    form.elements.step.value = nextStep();
    form.dataset.goes = "yes";
    form.requestSubmit(by);
  });
  addEventListener("pagehide", () => typing && keep());
  addEventListener("pageshow", () => delete form.dataset.goes);
  addEventListener("online", flush);

  // What another tab could not send, and is gone, goes on here.
  const left = own().filter((one) => one.url === url);
  const mine = left.find((one) => one.owner === tab) ?? left.find((one) => Date.now() - one.save.at > GONE_AFTER);
  if (mine) {
    restore(mine.save.fields);
    store.removeItem(mine.name);
    put(url, mine.save);
    flush();
  }
}
