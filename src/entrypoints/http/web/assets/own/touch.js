// Fingers on the page: what one touches must stay until the touch is over, or the touch is lost.
const AFTER = 400; // milliseconds in which a click follows the finger that was lifted
let touch = null;

addEventListener("pointerdown", () => {
  const [mine, ended] = [{}, new AbortController()];
  mine.over = new Promise((over) => {
    const end = () => {
      if (touch === mine) touch = null;
      ended.abort();
      over();
    };
    const on = (name, work) => addEventListener(name, work, { capture: true, signal: ended.signal });
    on("click", () => setTimeout(end));
    on("pointercancel", end);
    on("pointerup", () => setTimeout(end, AFTER));
  });
  touch = mine;
}, { capture: true });

// Waits until nothing is touched.
export const untouched = async () => {
  while (touch) await touch.over;
};
