// Within the frame that a quote becomes: tells the page around it how high it is, and keeps up with the post
// while somebody looks at it.
const seconds_between = 20;
const seconds_between_max = 320; // where the answers fail

const tell = () => parent.postMessage({ hoopoe: document.documentElement.getBoundingClientRect().height }, "*");
new ResizeObserver(tell).observe(document.documentElement);

// What a link leads to does not fit into the frame.
document.addEventListener("click", (event) => {
  const link = event.target instanceof Element && event.target.closest("a");
  if (link) link.target = "_blank";
});

let is_seen = true;
new IntersectionObserver((entries) => (is_seen = entries.some((entry) => entry.isIntersecting))).observe(document.documentElement);

// Compared is what the server said, without the times in words: what a reader opened stays open.
/** @param {Element | null} article */
const said = (article) => article?.outerHTML.replace(/(<time[^>]*>)[^<]*/g, "$1") ?? "";
let known = said(document.querySelector("article"));

/** @param {number} seconds */
function look_again_in(seconds) {
  setTimeout(async () => {
    if (document.visibilityState !== "visible" || !is_seen) return look_again_in(seconds_between);
    const answer = await fetch(location.href).catch(() => null);
    if (answer?.status === 404 || answer?.status === 410) return; // what was said stays quoted
    if (!answer?.ok) return look_again_in(Math.min(seconds * 2, seconds_between_max));
    const now = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("article");
    const shown = document.querySelector("article");
    if (now && shown && said(now) !== known) {
      known = said(now);
      if (shown.querySelector("details[open]")) now.querySelector("details")?.setAttribute("open", "");
      shown.replaceWith(now);
    }
    look_again_in(seconds_between);
  }, seconds * 1000);
}
look_again_in(seconds_between);
