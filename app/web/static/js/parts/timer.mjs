// Counts down from what the server said; the server alone decides when time is up.

const SAID_AT = [30, 10, 5, 1]; // minutes left that are told to screen readers
const ASKS_AGAIN = 15_000; // milliseconds, where the server has not said how soon

const inWords = (seconds) => {
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  if (hours) return `${hours} h ${minutes} min left`;
  return minutes ? `${minutes} min left` : "less than a minute left";
};

export function mount(timer) {
  const words = timer.querySelector("[role=timer]");
  const said = timer.querySelector("[data-timer-said]");
  const { url, askAgain } = timer.dataset;
  const rest = document.querySelector("[data-break]");
  let end, before, isAsked, asking;
  const set = (seconds) => {
    end = performance.now() + seconds * 1000;
    before = seconds / 60;
  };
  // Whoever still has something to send goes on by itself afterwards.
  const over = () => {
    stop();
    const told = new CustomEvent("waymark:time-is-up", { bubbles: true, cancelable: true });
    if (timer.dispatchEvent(told)) location.assign(url.replace(/\/clock$/, ""));
  };
  // Extra time and breaks may be given while the page is open; the server says how soon to ask again.
  const ask = async () => {
    clearTimeout(asking);
    if (!url || document.hidden) return;
    let again = ASKS_AGAIN;
    try {
      const told = await (await fetch(url, { headers: { Accept: "application/json" } })).json();
      if (told.over) return over();
      if (Math.abs(end - performance.now() - told.secondsLeft * 1000) > 2000)
        set(told.secondsLeft);
      if (rest) rest.hidden = !told.breakMinutes;
      again = told.askAgain;
    } catch {
      // Without a network the count goes on from what was said last.
    }
    askIn(again);
  };
  const askIn = (wait) => {
    clearTimeout(asking);
    if (ticking) asking = setTimeout(ask, wait);
  };
  const tell = () => {
    if (!timer.isConnected) return stop();
    const seconds = Math.max(0, Math.round((end - performance.now()) / 1000));
    const text = seconds ? inWords(seconds) : "time is up";
    if (words.textContent !== text) words.textContent = text;
    const minutes = seconds / 60;
    if (SAID_AT.some((mark) => before > mark && minutes <= mark)) said.textContent = text;
    before = minutes;
    if (!seconds && !isAsked) ask();
    isAsked = !seconds;
  };
  let ticking = setInterval(tell, 1000);
  const stop = () => {
    clearInterval(ticking);
    clearTimeout(asking);
    ticking = 0;
  };
  timer.addEventListener("waymark:clock", (event) => set(event.detail));
  document.addEventListener("visibilitychange", ask);
  set(Number(timer.dataset.secondsLeft));
  tell();
  if (url) askIn(Number(askAgain));
}
