// The picture follows the census form beside it (data-part="sociogram" around both).

const SVG = "http://www.w3.org/2000/svg";

export function mount(whole) {
  const ties = whole.querySelector(".sociogram__ties");
  const nodes = new Map(
    [...whole.querySelectorAll(".sociogram__person")].map((node) => [node.dataset.person, node]),
  );
  const chosen = (fact) => [...whole.querySelectorAll(`input[data-${fact}]:checked`)];

  const draw = () => {
    const seats = new Map();
    for (const { dataset } of chosen("person")) seats.set(dataset.person, dataset);
    for (const [person, node] of nodes) {
      const seat = seats.get(person);
      if (!seat) continue;
      node.removeAttribute("display");
      node.setAttribute("x", `${seat.x}%`);
      node.setAttribute("y", `${seat.y}%`);
    }
    const seatOf = (id) => (nodes.has(id) ? seats.get(id) : { x: 50, y: 50 });
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
      for (const [name, value] of Object.entries(ends))
        line.setAttribute(name, `${Number(value) + shift}%`);
      ties.append(line);
    }
  };
  whole.addEventListener("change", draw);
}
