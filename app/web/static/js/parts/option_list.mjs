// Keys 1-9 and A-I choose while the focus is in the list, and nowhere else (WCAG 2.1.4).

export function mount(list) {
  const radios = [...list.querySelectorAll("input[type=radio]")];
  list.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || list.disabled) return;
    const place = /^[1-9]$/.test(event.key)
      ? Number(event.key) - 1
      : "abcdefghi".indexOf(event.key.toLowerCase());
    const radio = event.key.length === 1 ? radios[place] : undefined;
    if (!radio) return;
    event.preventDefault();
    radio.focus();
    radio.click();
  });
}
