// The "More" sheet closes on Escape, on a press elsewhere, and when the focus leaves it.

export function mount(details) {
  const close = (giveFocusBack) => {
    if (!details.open) return;
    details.open = false;
    if (giveFocusBack) details.querySelector("summary").focus();
  };
  details.addEventListener("keydown", (event) => event.key === "Escape" && close(true));
  details.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !details.contains(event.relatedTarget)) close(false);
  });
  document.addEventListener("click", (event) => {
    if (!details.contains(event.target)) close(false);
  });
}
