// The source of a place: an editor over a plain text box, or the box alone, as a person chooses.
// The box always holds the text, and its form sends it; the editor writes into the box.

const CHOICE = "waymark-source-box"; // where the browser keeps "plain"; nothing: the editor

const box = desk?.querySelector("[data-desk-source]");
const frame = desk?.querySelector("[data-desk-editor]");
const foot = desk?.querySelector("[data-desk-editor-words]");

let editor = null;
let isWanted = false;

function choice(made) {
  try {
    if (made) localStorage.setItem(CHOICE, made);
    return made ?? localStorage.getItem(CHOICE);
  } catch {
    return made; // a browser that keeps nothing for us asks again on every page
  }
}

const say = (words) => {
  if (foot.textContent !== words) foot.textContent = words;
};

function problemsHere() {
  const wordsOf = (entry, part) => entry.querySelector(part)?.textContent.trim() ?? "";
  return [...desk.querySelectorAll("[data-desk-panel] [data-line]")].map((entry) => ({
    line: Number(entry.dataset.line),
    severity: entry.dataset.severity,
    words:
      `${wordsOf(entry, ".chip")} ${wordsOf(entry, "code")}: ` +
      `${wordsOf(entry, ".problem-list__message")} ${wordsOf(entry, ".problem-list__advice")}`,
  }));
}

// A long case shows one chapter; the outline names the scenes of the others in one attribute.
const folded = () => desk.querySelector("[data-scenes]")?.dataset.scenes.split(" ") ?? [];
const isScene = (id) =>
  desk.querySelector(`[data-place="scene:${CSS.escape(id)}"]`) !== null || folded().includes(id);

function goToScene(id) {
  const url = new URL(location.pathname, location.href);
  url.searchParams.set("at", `scene:${id}`);
  url.searchParams.set("view", "source");
  leaveFor(url);
}

const place = () => ({
  host: frame,
  text: box.value,
  selection: { anchor: box.selectionStart, head: box.selectionEnd },
  firstLine: Number(box.dataset.firstLine),
  isWalk: box.dataset.kind === "walk",
  nonce: document.querySelector("script[nonce]").nonce,
  attributes: {
    "aria-labelledby": box.labels[0].id,
    "aria-describedby": `${box.getAttribute("aria-describedby") ?? ""} source-keys`.trim(),
    spellcheck: "true",
    tabindex: "0",
  },
  changed(text) {
    box.value = text;
    box.dispatchEvent(new Event("input", { bubbles: true }));
  },
  say,
  isScene,
  goToScene,
});

function show(isEditor) {
  box.hidden = isEditor;
  for (const part of desk.querySelectorAll("[data-desk-editor-part]")) part.hidden = !isEditor;
  for (const button of desk.querySelectorAll("[data-desk-box]"))
    button.setAttribute("aria-pressed", String((button.dataset.deskBox === "editor") === isEditor));
}

async function useEditor() {
  isWanted = true;
  try {
    const { codemirror, module } = frame.dataset;
    const [cm, own] = await Promise.all([import(codemirror), import(module)]);
    if (!isWanted || editor) return;
    const hadFocus = document.activeElement === box;
    show(true);
    editor = own.openSourceEditor(cm, place());
    sourceChecked();
    if (hadFocus) editor.focus();
  } catch (fault) {
    console.error(fault);
    usePlain();
    say("The editor could not be loaded. This is the plain text box.");
  }
}

function usePlain() {
  isWanted = false;
  say("");
  show(false);
  if (!editor) return;
  const { from, to } = editor.selection();
  box.setSelectionRange(from, to);
  editor.close();
  editor = null;
}

// After a look of the checker; `line` is where the place begins now.
function sourceChecked(line = box?.dataset.firstLine) {
  if (!box || !line) return;
  box.dataset.firstLine = line;
  editor?.tell(problemsHere(), Number(line));
}

function watchBox() {
  desk.querySelector("[data-desk-switch]").hidden = false;
  desk.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-desk-box], [data-desk-editor-do]");
    if (button?.dataset.deskBox) {
      choice(button.dataset.deskBox);
      if (button.dataset.deskBox === "plain") usePlain();
      else useEditor();
    } else if (button) editor?.[button.dataset.deskEditorDo]();
    else if (editor && target.closest("label") === box.labels[0]) editor.focus();
  });
  // Typing in the editor's own fields, such as those of its search, is no change of the text.
  frame.addEventListener("input", (event) => event.stopPropagation());
  show(false);
  if (choice() !== "plain") useEditor();
}

if (box) watchBox();
