// Before an exam is handed in, what still waits in the browser goes first (data-part="hand_in").

export function mount(page) {
  const form = page.querySelector("form");
  const { exam } = page.dataset;
  const said = page.querySelector("[data-said]");
  const say = (words) => (said.textContent = words);
  const isBusy = () => everything(exam).length > 0;
  let isWarned = false;
  sendOthers(exam, form.elements.csrf_token.value, say);
  form.addEventListener("submit", async (event) => {
    if (!isBusy() || isWarned) return;
    event.preventDefault();
    if (await drained(isBusy)) return form.requestSubmit();
    const places = everything(exam).map(({ url }) => url.split("/").pop());
    say(`Not saved yet: question ${places.join(", ")}. Wait, or press again to hand in without it.`);
    isWarned = true;
  });
}
