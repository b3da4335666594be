// The source editor of the desk: CodeMirror with the language of cases, and little else. It is
// loaded where a text is edited, after the page; the text box it stands for keeps the text.

// Pixels at the edges of the window that may be covered: by the bar, by the words of a problem.
const COVERED = { top: 72, bottom: 72 };

// The scene that is meant at the caret: a known id there, or else where the line leads.
function sceneMeant(state, isKnown) {
  const { head } = state.selection.main;
  const line = state.doc.lineAt(head);
  const at = head - line.from;
  const isHere = (word) => word.index <= at && at <= word.index + word[0].length;
  const word = [...line.text.matchAll(/[a-z][a-z0-9-]*/g)].find(isHere)?.[0];
  if (word && isKnown(word)) return word;
  const arrows = [...line.text.matchAll(/->\s*([a-z][a-z0-9-]*)/g)];
  return (arrows.find(isHere) ?? arrows[0])?.[1] ?? "";
}

// Where a scene begins in the text of the box; -1 where it stands elsewhere.
const headingOf = (text, id) => text.search(new RegExp(`^## \\[${id}\\]`, "m"));

// Typing over a selection is done here. A browser that does it keeps the look of what was there
// as inline style, which the content policy refuses.
function typeOver(event, view) {
  if (event.inputType !== "insertText" || event.isComposing || event.data === null) return false;
  const { from, to } = selected(view);
  if (from === to) return false;
  event.preventDefault();
  const insert = view.state.toText(event.data);
  view.dispatch({
    changes: { from, to, insert },
    selection: { anchor: from + insert.length },
    userEvent: "input.type",
    scrollIntoView: true,
  });
  return true;
}

// What is selected, also where the browser has not told the editor yet.
function selected(view) {
  const { main } = view.state.selection;
  const told = document.getSelection();
  if (!main.empty || !told.rangeCount || told.isCollapsed) return main;
  const range = told.getRangeAt(0);
  return {
    from: view.posAtDOM(range.startContainer, range.startOffset),
    to: view.posAtDOM(range.endContainer, range.endOffset),
  };
}

export function openSourceEditor(cm, place) {
  const numbers = new cm.Compartment();
  const marks = problemMarks(cm);
  const numbered = (firstLine) =>
    cm.lineNumbers({ formatNumber: (number) => String(number + firstLine - 1) });

  const sayProblem = ({ state }) => {
    const line = state.doc.lineAt(state.selection.main.head);
    place.say(marks.between(state, line.from, line.to).map(({ words }) => words).join(" "));
  };
  const nextProblem = (view) => {
    if (!marks.next(view)) place.say("No problem stands on a line of this place.");
    return true;
  };
  const goToScene = (view) => {
    const id = sceneMeant(view.state, place.isScene);
    const anchor = id ? headingOf(view.state.doc.toString(), id) : -1;
    if (anchor >= 0) view.dispatch({ selection: { anchor }, scrollIntoView: true });
    else if (!id) place.say("No scene is named on this line.");
    else if (place.isScene(id)) place.goToScene(id);
    else place.say(`There is no scene “${id}” yet.`);
    return true;
  };

  const view = new cm.EditorView({
    parent: place.host,
    doc: place.text,
    selection: place.selection,
    extensions: [
      numbers.of(numbered(place.firstLine)),
      marks.extension,
      caseLanguage(cm, place.isWalk),
      cm.history(),
      cm.highlightActiveLine(),
      cm.highlightActiveLineGutter(),
      cm.highlightSpecialChars(),
      cm.search({ top: true }),
      cm.indentUnit.of("  "),
      // Tab is left to the browser: nobody is caught in here.
      cm.keymap.of([
        { key: "F8", run: nextProblem },
        { key: "Alt-.", run: goToScene },
        { key: "Mod-]", run: cm.indentMore },
        { key: "Mod-[", run: cm.indentLess },
        ...cm.searchKeymap,
        ...cm.historyKeymap,
        ...cm.standardKeymap,
      ]),
      cm.EditorView.domEventHandlers({ beforeinput: typeOver }),
      cm.EditorView.lineWrapping,
      cm.EditorView.scrollMargins.of(() => COVERED),
      cm.EditorView.cspNonce.of(place.nonce),
      cm.EditorView.contentAttributes.of(place.attributes),
      cm.EditorView.updateListener.of((update) => {
        if (update.docChanged) place.changed(update.state.doc.toString());
        if (update.docChanged || update.selectionSet) sayProblem(update);
      }),
    ],
  });

  return {
    focus: () => view.focus(),
    selection: () => view.state.selection.main,
    // What is known after a look of the checker: its problems, and the line the place begins at.
    tell(problems, firstLine) {
      const effects = [marks.tell(problems, firstLine), numbers.reconfigure(numbered(firstLine))];
      view.dispatch({ effects });
      sayProblem(view);
    },
    search: () => cm.openSearchPanel(view),
    nextProblem: () => nextProblem(view),
    goToScene: () => goToScene(view),
    close: () => view.destroy(),
  };
}
