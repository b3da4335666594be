// What the checker says, as marks in the text: a sign beside a line, and a line below its words.

const SIGNS = { error: "×", warning: "!", info: "i" };

// Problems by their line in the box, the gravest of a line first.
function byLine(problems, firstLine, lastLine) {
  const lines = new Map();
  const grave = Object.keys(SIGNS);
  const sorted = [...problems].sort((a, b) => grave.indexOf(a.severity) - grave.indexOf(b.severity));
  for (const problem of sorted) {
    const line = problem.line - firstLine + 1;
    if (line >= 1 && line <= lastLine) lines.set(line, [...(lines.get(line) ?? []), problem]);
  }
  return [...lines].sort(([a], [b]) => a - b);
}

function problemMarks(cm) {
  const told = cm.StateEffect.define();

  const mark = (doc, [number, problems]) => {
    const line = doc.line(number);
    const title = problems.map(({ words }) => words).join("\n");
    const start = line.from + line.text.search(/\S|$/);
    const attributes = { title, class: `desk-flaw desk-flaw--${problems[0].severity}` };
    return start < line.to
      ? cm.Decoration.mark({ attributes, problems }).range(start, line.to)
      : cm.Decoration.line({ problems }).range(line.from);
  };

  const field = cm.StateField.define({
    create: () => cm.Decoration.none,
    update(marks, change) {
      const effect = change.effects.find((one) => one.is(told));
      if (!effect) return marks.map(change.changes);
      const { doc } = change.state;
      const { problems, firstLine } = effect.value;
      const lines = byLine(problems, firstLine, doc.lines);
      return cm.Decoration.set(lines.map((line) => mark(doc, line)), true);
    },
    provide: (own) => cm.EditorView.decorations.from(own),
  });

  class Sign extends cm.GutterMarker {
    constructor(problems) {
      super();
      this.problems = problems;
    }
    eq(other) {
      return other.problems === this.problems;
    }
    toDOM() {
      const sign = document.createElement("span");
      const { severity } = this.problems[0];
      sign.className = `desk-sign desk-sign--${severity}`;
      sign.textContent = SIGNS[severity];
      sign.title = this.problems.map(({ words }) => words).join("\n");
      return sign;
    }
  }

  const problemsBetween = (state, from, to) => {
    const found = [];
    state.field(field).between(from, to, (at, end, value) => void found.push(...value.spec.problems));
    return found;
  };

  const signs = cm.gutter({
    class: "desk-signs",
    lineMarker: (view, line) => {
      const found = problemsBetween(view.state, line.from, line.to);
      return found.length ? new Sign(found) : null;
    },
    lineMarkerChange: (update) => update.startState.field(field) !== update.state.field(field),
  });

  return {
    extension: [field, signs],
    tell: (problems, firstLine) => told.of({ problems, firstLine }),
    between: problemsBetween,
    // Moves to the next line with a problem, from the last one to the first.
    next(view) {
      const places = [];
      view.state.field(field).between(0, view.state.doc.length, (from) => void places.push(from));
      if (!places.length) return false;
      const here = view.state.doc.lineAt(view.state.selection.main.head);
      const anchor = places.find((place) => place > here.to) ?? places[0];
      view.dispatch({ selection: { anchor }, scrollIntoView: true });
      view.focus();
      return true;
    },
  };
}
