// The outline of a long case: chapters and what is looked for change in their place. Without it
// each is a page of its own.
{
  const WAIT = 250; // milliseconds without a key before looking
  const outline = document.querySelector("[data-desk-outline]");
  let looking = 0;
  let asked = 0;

  // Only the outline's own scrolling: on a narrow screen the page stays where it is.
  const here = outline?.querySelector("[aria-current]");
  if (here) outline.scrollTop = here.offsetTop - outline.offsetTop - outline.clientHeight / 3;

  async function show(url, focus) {
    const mine = ++asked;
    const response = await fetch(url, { headers: { "HX-Request": "true" } }).catch(() => null);
    if (mine !== asked) return;
    if (!response?.ok || response.redirected) return location.assign(url);
    outline.querySelector("[data-desk-entries]").outerHTML = await response.text();
    outline.querySelector(focus)?.focus();
    const form = document.querySelector("[data-desk-form]");
    if (!form) return;
    const from = new URL(url, location.href).searchParams;
    const to = new URL(form.action);
    for (const name of ["find", "part"]) {
      if (from.get(name)) to.searchParams.set(name, from.get(name));
      else to.searchParams.delete(name);
    }
    form.action = to.href;
  }

  outline?.addEventListener("click", (event) => {
    const link = event.target.closest("[data-desk-part]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const all = [...outline.querySelectorAll("[data-desk-part]")];
    const name = link.querySelector(".desk-outline__title")?.textContent;
    show(link.href, "[name=find]").then(() => {
      const same = [...outline.querySelectorAll("[data-desk-part]")].find(
        (one) => one.querySelector(".desk-outline__title")?.textContent === name,
      );
      if (all.length && name) same?.focus();
    });
  });

  function look(form) {
    const url = new URL(location.pathname, location.href);
    url.search = new URLSearchParams(new FormData(form)).toString();
    const at = form.elements.find.selectionStart;
    show(url.href, "[name=find]").then(() => {
      outline.querySelector("[name=find]")?.setSelectionRange(at, at);
    });
  }

  outline?.addEventListener("input", (event) => {
    const form = event.target.closest("[data-desk-find]");
    if (!form) return;
    clearTimeout(looking);
    looking = setTimeout(() => look(form), WAIT);
  });
  outline?.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-desk-find]")) return;
    event.preventDefault();
    clearTimeout(looking);
    look(event.target);
  });
}
