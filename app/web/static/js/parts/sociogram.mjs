// The picture follows the census form beside it (data-part="sociogram" around both), and with a
// pointer the form follows the picture: people can be dragged onto a ring. The form is what is
// sent, and everything can be said there alone.

const SVG = "http://www.w3.org/2000/svg";
const MIDDLE = { x: 50, y: 50 };
const A_TAP = 1.5; // percent of the drawing: less than this is no dragging

const far = (a, b) => Math.hypot(a.x - b.x, a.y - b.y);
const place = (node, { x, y }) => {
  node.removeAttribute("display");
  node.setAttribute("x", `${x}%`);
  node.setAttribute("y", `${y}%`);
};

export function mount(whole) {
  const ties = whole.querySelector(".sociogram__ties");
  const nodes = new Map(
    [...whole.querySelectorAll(".sociogram__person")].map((node) => [node.dataset.person, node]),
  );
  const chosen = (fact) => [...whole.querySelectorAll(`input[data-${fact}]:checked`)];

  const draw = () => {
    const seats = new Map();
    for (const { dataset } of chosen("person"))
      seats.set(dataset.person, { x: Number(dataset.x), y: Number(dataset.y) });
    for (const [person, node] of nodes)
      if (seats.has(person)) place(node, seats.get(person));
      else node.setAttribute("display", "none");
    const seatOf = (id) => (nodes.has(id) ? seats.get(id) : MIDDLE);
    const drawn = new Map();
    ties.replaceChildren();
    for (const { dataset } of chosen("first")) {
      const [start, end] = [seatOf(dataset.first), seatOf(dataset.second)];
      if (!start || !end) continue;
      const pair = `${dataset.first} ${dataset.second}`;
      const shift = (drawn.get(pair) ?? 0) * 1.6; // several ties of one pair run side by side
      drawn.set(pair, (drawn.get(pair) ?? 0) + 1);
      const line = document.createElementNS(SVG, "line");
      line.setAttribute("class", `sociogram__tie sociogram__tie--${dataset.style}`);
      const ends = { x1: start.x, y1: start.y, x2: end.x, y2: end.y };
      for (const [name, value] of Object.entries(ends)) line.setAttribute(name, `${value + shift}%`);
      ties.append(line);
    }
  };
  whole.addEventListener("change", draw);
  if (!whole.querySelector("fieldset:disabled")) letDrag(whole, nodes, draw);
}

function letDrag(whole, nodes, draw) {
  const figure = whole.querySelector(".sociogram");
  const drawing = whole.querySelector(".sociogram__drawing");
  const tray = document.createElement("p");
  tray.className = "sociogram__tray soft small";
  figure.classList.add("sociogram--live");
  figure.append(tray);
  const rings = (person) =>
    [...whole.querySelectorAll("input[data-person]")].filter((one) => one.dataset.person === person);
  const nameOf = (person) => nodes.get(person).querySelector("text").textContent;
  let held = null; // who is being dragged
  let picked = null; // who was tapped first, of a pair

  const showTray = () => {
    const waiting = [...nodes.keys()].filter((one) => !rings(one).some((ring) => ring.checked));
    tray.replaceChildren(
      waiting.length
        ? "Drag onto a ring, or choose in the form: "
        : "Drag people to another ring, or tap two to come to their tie in the form.",
    );
    for (const person of waiting) {
      const chip = document.createElement("button");
      chip.type = "button";
      chip.className = "sociogram__waiting";
      chip.dataset.person = person;
      chip.textContent = nameOf(person);
      chip.addEventListener("click", () => rings(person)[0].focus());
      tray.append(chip);
    }
  };
  const pointOf = (event) => {
    const box = drawing.getBoundingClientRect();
    return {
      x: (100 * (event.clientX - box.left)) / box.width,
      y: (100 * (event.clientY - box.top)) / box.height,
    };
  };
  const toTheirTie = (person) => {
    if (picked === null || picked === person) {
      picked = picked === person ? null : person;
    } else {
      const field = [`tie.${picked}.${person}`, `tie.${person}.${picked}`]
        .map((name) => whole.querySelector(`input[name="${CSS.escape(name)}"]`))
        .find(Boolean);
      picked = null;
      field?.focus();
    }
    for (const [one, node] of nodes) node.classList.toggle("sociogram__person--picked", one === picked);
  };

  whole.addEventListener("pointerdown", (event) => {
    const person = event.target.closest("[data-person]:not(input)")?.dataset.person;
    if (!nodes.has(person) || event.button !== 0) return;
    held = { person, from: pointOf(event), id: event.pointerId, isDragged: false };
    event.target.setPointerCapture(event.pointerId);
  });
  whole.addEventListener("pointermove", (event) => {
    if (held?.id !== event.pointerId) return;
    const at = pointOf(event);
    held.isDragged ||= far(at, held.from) > A_TAP;
    if (held.isDragged) place(nodes.get(held.person), at);
  });
  const letGo = (event) => {
    if (held?.id !== event.pointerId) return;
    const { person, isDragged } = held;
    held = null;
    const distance = far(pointOf(event), MIDDLE);
    if (isDragged && event.type === "pointerup" && distance <= MIDDLE.x) {
      const off = ({ dataset }) =>
        Math.abs(far({ x: Number(dataset.x), y: Number(dataset.y) }, MIDDLE) - distance);
      const nearest = rings(person).reduce((a, b) => (off(b) < off(a) ? b : a));
      nearest.checked = true;
      nearest.dispatchEvent(new Event("change", { bubbles: true }));
    } else if (isDragged) draw();
    else if (event.target.closest(".sociogram__person")) toTheirTie(person);
  };
  whole.addEventListener("pointerup", letGo);
  whole.addEventListener("pointercancel", letGo);
  whole.addEventListener("change", showTray);
  showTray();
}
