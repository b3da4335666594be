// One tab stop for the whole map; arrow keys, Home and End move inside it.

export function mount(map) {
  const slots = [...map.querySelectorAll("a")];
  if (!slots.length) return;
  const reach = (slot, takeFocus) => {
    for (const other of slots) other.tabIndex = other === slot ? 0 : -1;
    if (takeFocus) slot.focus();
  };
  const perRow = () => {
    const top = slots[0].getBoundingClientRect().top;
    const next = slots.findIndex((slot) => slot.getBoundingClientRect().top > top + 4);
    return next > 0 ? next : slots.length;
  };
  const steps = {
    ArrowRight: () => 1,
    ArrowLeft: () => -1,
    ArrowDown: perRow,
    ArrowUp: () => -perRow(),
    Home: () => -slots.length,
    End: () => slots.length,
  };
  reach(slots.find((slot) => slot.ariaCurrent) ?? slots[0], false);
  map.addEventListener("keydown", (event) => {
    const step = steps[event.key];
    const at = slots.indexOf(document.activeElement);
    if (!step || at < 0) return;
    event.preventDefault();
    const target = at + step();
    const jumps = event.key === "Home" || event.key === "End";
    if (jumps || (target >= 0 && target < slots.length))
      reach(slots[Math.min(Math.max(target, 0), slots.length - 1)], true);
  });
}
