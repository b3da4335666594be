// Counts down from what the server said; the server alone decides when time is up.

const SAID_AT = new Set([30, 10, 5, 1]); // minutes left that are told to screen readers

const inWords = (seconds) => {
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  if (hours) return `${hours} h ${minutes} min left`;
  return minutes ? `${minutes} min left` : "less than a minute left";
};

export function mount(timer) {
  const words = timer.querySelector("[role=timer]");
  const said = timer.querySelector("[data-timer-said]");
  const end = performance.now() + Number(timer.dataset.secondsLeft) * 1000;
  let lastSaid;
  const tell = () => {
    if (!timer.isConnected) return clearInterval(ticking);
    const seconds = Math.max(0, Math.round((end - performance.now()) / 1000));
    const text = seconds ? inWords(seconds) : "time is up";
    if (words.textContent !== text) words.textContent = text;
    const minutes = seconds / 60;
    if (SAID_AT.has(minutes) && lastSaid !== minutes) {
      lastSaid = minutes;
      said.textContent = text;
    }
    if (!seconds) {
      clearInterval(ticking);
      timer.dispatchEvent(new CustomEvent("waymark:time-is-up", { bubbles: true }));
    }
  };
  const ticking = setInterval(tell, 1000);
  tell();
}
