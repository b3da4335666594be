// What waits to be sent of an exam or an observation; shared by the parts that send it.
//
// It lies in the browser's store under its person and its tab, until the server has said that it
// is kept. A tab touches what it looks after every few seconds; what nobody touched belongs to a
// tab that is gone, and is sent by whichever page of the same person comes next.

const RETRY = [1000, 2000, 5000]; // milliseconds
const GONE_AFTER = 12_000;
const PATIENCE = 4000;

const newKey = () =>
  Array.from(crypto.getRandomValues(new Uint32Array(4)), (n) => n.toString(36)).join("");

// A browser that keeps nothing for us still sends; it only forgets when the page goes.
const memory = new Map();
function storage(kind) {
  try {
    globalThis[kind].setItem("waymark", "");
    globalThis[kind].removeItem("waymark");
    return globalThis[kind];
  } catch {
    return {
      getItem: (name) => memory.get(name) ?? null,
      setItem: (name, text) => memory.set(name, text),
      removeItem: (name) => memory.delete(name),
    };
  }
}
const store = storage("localStorage");
const tabs = storage("sessionStorage");
const tab = tabs.getItem("waymark-tab") ?? newKey();
tabs.setItem("waymark-tab", tab);

// Whose page this is; empty where nobody is signed in. The browser's store may hold another one's.
const person = document.body.dataset.person ?? "";
const WHO = "waymark-person";
const isAnothers = () => ![null, person].includes(store.getItem(WHO));

const nameOf = (url) => `waymark-sitting ${url} ${tab} ${person}`;
const put = (url, save) =>
  isAnothers() || store.setItem(nameOf(url), JSON.stringify({ ...save, at: Date.now() }));
const remove = (url) => store.removeItem(nameOf(url));
const waitingHere = (url) => JSON.parse(store.getItem(nameOf(url)) ?? "null");

// Everything that waits: its name in the store, its address, whose tab and whose it is, what.
function everyones() {
  const names = store === globalThis.localStorage ? Object.keys(store) : [...memory.keys()];
  return names
    .filter((name) => name.startsWith("waymark-sitting "))
    .map((name) => {
      const [, url, owner, whose] = name.split(" ");
      return { name, url, owner, whose, save: JSON.parse(store.getItem(name)) };
    });
}

const own = () => everyones().filter(({ whose }) => whose === person);
const everything = (exam) => own().filter(({ url }) => url.startsWith(`${exam}/`));
const forget = (some) => some.forEach(({ name }) => store.removeItem(name));

// Whoever signs in takes the browser over: what others could not send is neither theirs to read
// nor to send. Pages of others that are still open leave. While nobody is signed in all is kept,
// because the next one to sign in is mostly the same person.
if (person) {
  store.setItem(WHO, person);
  forget(everyones().filter(({ whose }) => whose !== person));
  addEventListener("storage", ({ key }) => key === WHO && isAnothers() && location.replace("/"));
}

async function drained(isBusy) {
  const end = Date.now() + PATIENCE;
  while (isBusy() && Date.now() < end) await new Promise((done) => setTimeout(done, 50));
  return !isBusy();
}

// What became of a save: kept, refused (both with what was told), signed out, or lost on the way.
async function post(url, save, token) {
  const body = new URLSearchParams(save.fields);
  for (const name of ["request_key", "base_revision", "after_key"])
    if (save[name]) body.set(name, save[name]);
  body.set("csrf_token", token);
  const headers = { Accept: "application/json" };
  try {
    const response = await fetch(url, { method: "POST", body, headers, keepalive: true });
    const isTold = response.headers.get("content-type")?.startsWith("application/json");
    if (response.status >= 500) return { kind: "lost" };
    if (response.redirected || !isTold) return { kind: "signed out" };
    return { kind: response.ok ? "kept" : "refused", told: await response.json() };
  } catch {
    return { kind: "lost" };
  }
}

// Sends what pages before this one could not. What a newer answer keeps out stays, and is told.
async function sendOthers(exam, token, say, but = "") {
  const blocked = [];
  for (const { name, url, owner, save } of everything(exam)) {
    if (url === but || (owner !== tab && Date.now() - save.at < GONE_AFTER)) continue;
    const { kind, told } = await post(url, save, token);
    const isOver = kind === "refused" && told.code === "attempt-finished";
    if (kind === "kept" || isOver) store.removeItem(name);
    else if (kind === "refused") {
      if (owner !== tab) store.setItem(name.replace(owner, tab), JSON.stringify(save));
      if (owner !== tab) store.removeItem(name);
      blocked.push(url.split("/").pop());
    }
  }
  if (blocked.length) say(`Open question ${blocked.join(", ")}: what you chose there is not saved.`);
  if (everything(exam).some(({ url }) => url !== but))
    setTimeout(() => sendOthers(exam, token, say, but), RETRY.at(-1));
}
