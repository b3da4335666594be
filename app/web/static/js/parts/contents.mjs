// The contents of a lesson show which section stands on the screen (data-part="contents").

export function mount(contents) {
  const links = [...contents.querySelectorAll('a[href^="#"]')];
  const sections = links
    .map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))))
    .filter(Boolean);
  const show = () => {
    const line = innerHeight / 3;
    const here = sections.findLast((section) => section.getBoundingClientRect().top < line);
    for (const link of links) {
      if (here && link.hash === `#${here.id}`) link.setAttribute("aria-current", "location");
      else link.removeAttribute("aria-current");
    }
  };
  let waiting = false;
  const soon = () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      show();
    });
  };
  addEventListener("scroll", soon, { passive: true });
  addEventListener("resize", soon, { passive: true });
  show();
}
