// Within the frame that a quote becomes: tells the page around it how high it is, and keeps up with the post
// while somebody looks.
const seconds_between = 20;

const tell = () => parent.postMessage({ hoopoe: document.documentElement.getBoundingClientRect().height }, "*");
new ResizeObserver(tell).observe(document.documentElement);

// What a link leads to does not fit into the frame.
document.addEventListener("click", (event) => {
  const link = event.target instanceof Element && event.target.closest("a");
  if (link) link.target = "_blank";
});

setInterval(async () => {
  if (document.visibilityState !== "visible") return;
  const answer = await fetch(location.href).catch(() => null);
  if (!answer?.ok) return; // what was said stays quoted
  const now = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("article");
  const shown = document.querySelector("article");
  if (now && shown && now.outerHTML !== shown.outerHTML) shown.replaceWith(now);
}, seconds_between * 1000);
