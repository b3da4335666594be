// How the text of a case reads, for its colours only: what is right or wrong, the checker says.

const KEYS_OF_CASES = new Set([
  "if", "locked", "set", "consent", "discloses", "under", "breach", "rate", "shows", "critical", "feedback",
  "why", "mi", "once", "again", "assumes", "on-enter", "time", "shuffle", "ending",
  "media", "alt", "captions", "transcript", "describe",
]);
const WORDS_OF_WALKS = new Set([
  "seed", "pick", "go", "map", "tick", "order", "say", "judge", "see", "expect",
]);
const COLOURS = [
  "comment", "heading", "sign", "id", "target", "key", "condition", "speaker", "label", "string",
];

// The parts of a text: front matter between "---", then prose with fenced activities.
const asWritten = () => ({ isFirst: true, in: "prose", isComment: false, rest: null });

function readComment(stream, state) {
  state.isComment = !stream.skipTo("-->");
  if (state.isComment) stream.skipToEnd();
  else stream.match("-->");
  return "comment";
}

function readYaml(stream) {
  if (stream.match(/^#.*/)) return "comment";
  if (stream.match(/^[A-Za-z_][\w-]*(?=:(?:\s|$))/)) return "key";
  if (stream.match(/^"(?:[^"\\]|\\.)*"|^'[^']*'/)) return "string";
  stream.match(/^[\w-]+|^\s+/) || stream.next();
  return null;
}

// What a line begins with says what it is. Gives nothing where it begins as prose.
function readStart(stream, state) {
  if (stream.match(/^#{1,2} /)) {
    state.rest = "heading";
    return "heading";
  }
  if (stream.match(/^:::\s*(?:if|else)?/)) {
    state.rest = "condition";
    return "sign";
  }
  if (stream.match(/^- \[/)) {
    state.rest = "label";
    return "sign";
  }
  const key = stream.match(/^ *([a-z][a-z-]*)(?=:(?:\s|$))/, false);
  if (!key || !KEYS_OF_CASES.has(key[1])) return null;
  stream.match(key[0]);
  if (["if", "assumes"].includes(key[1])) state.rest = "condition";
  return "key";
}

function readProse(stream, state) {
  if (stream.sol()) {
    if (state.rest !== "label") state.rest = null;
    const found = readStart(stream, state);
    if (found) return found;
  }
  if (stream.match("<!--")) return readComment(stream, state);
  if (state.rest === "label") {
    if (stream.match(/^\](?=\s*(?:->|\{|$))/)) {
      state.rest = null;
      return "sign";
    }
    stream.match(/^[^\]<]+/) || stream.next();
    return "label";
  }
  if (state.rest === "heading" && stream.match(/^\[[^\]]*\]/)) return "id";
  if (stream.match(/^->\s*[\w-]*/)) return "target";
  if (stream.match(/^\{#[^}]*\}/)) return "id";
  if (stream.match(/^\*\*[^*:]{1,60}(?::\*\*|\*\*:)/)) return "speaker";
  stream.match(/^[^<*{\-[]+/) || stream.next();
  return state.rest;
}

function readCase(stream, state) {
  const isFirst = state.isFirst;
  state.isFirst = false;
  if (state.isComment) return readComment(stream, state);
  if (stream.sol() && (isFirst || state.in === "front") && stream.match(/^---\s*$/)) {
    state.in = isFirst ? "front" : "prose";
    return "sign";
  }
  if (stream.sol() && state.in !== "front" && stream.match(/^```.*/)) {
    state.in = state.in === "activity" ? "prose" : "activity";
    return "sign";
  }
  return state.in === "prose" ? readProse(stream, state) : readYaml(stream);
}

function readWalk(stream) {
  if (stream.sol()) {
    stream.eatSpace();
    if (stream.match(/^#.*/)) return "comment";
    const word = stream.match(/^[a-z]+/);
    if (word) return WORDS_OF_WALKS.has(word[0]) ? "key" : null;
  }
  if (stream.match(/^"[^"]*"/)) return "string";
  stream.match(/^\s*[^\s"]+/) || stream.next();
  return null;
}

// Below a choice stand its keys, two spaces in; elsewhere a new line stands under the one above.
const indentOf = (state, textAfter, context) =>
  /^- \[.*->/.test(context.lineAt(context.pos, -1).text) ? 2 : undefined;

function caseLanguage(cm, isWalk) {
  const tags = Object.fromEntries(COLOURS.map((name) => [name, cm.Tag.define(name)]));
  const colours = COLOURS.map((name) => ({ tag: tags[name], class: `case-${name}` }));
  const language = cm.StreamLanguage.define({
    name: isWalk ? "walk" : "case",
    startState: asWritten,
    token: isWalk ? readWalk : readCase,
    blankLine: (state) => void (state.rest = null),
    indent: isWalk ? undefined : indentOf,
    tokenTable: tags,
  });
  return [language, cm.syntaxHighlighting(cm.tagHighlighter(colours))];
}
