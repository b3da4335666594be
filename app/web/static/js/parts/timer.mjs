// Counts down from what the server said; the server alone decides when time is up.

const SAID_AT = [30, 10, 5, 1]; // minutes left that are told to screen readers
const ASKS_EVERY = 15_000; // milliseconds: extra time may be given while the page is open

const inWords = (seconds) => {
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  if (hours) return `${hours} h ${minutes} min left`;
  return minutes ? `${minutes} min left` : "less than a minute left";
};

export function mount(timer) {
  const words = timer.querySelector("[role=timer]");
  const said = timer.querySelector("[data-timer-said]");
  const { url } = timer.dataset;
  let end, before, isAsked;
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
  const ask = async () => {
    if (!url || document.hidden) return;
    try {
      const told = await (await fetch(url, { headers: { Accept: "application/json" } })).json();
      if (told.over) return over();
      if (Math.abs(end - performance.now() - told.secondsLeft * 1000) > 2000)
        set(told.secondsLeft);
    } catch {
      // Without a network the count goes on from what was said last.
    }
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
  const ticking = setInterval(tell, 1000);
  const asking = setInterval(ask, ASKS_EVERY);
  const stop = () => {
    clearInterval(ticking);
    clearInterval(asking);
  };
  timer.addEventListener("waymark:clock", (event) => set(event.detail));
  document.addEventListener("visibilitychange", ask);
  set(Number(timer.dataset.secondsLeft));
  tell();
}
