// What pages gain with JavaScript: a count of characters, and posts that come by themselves. All of it works
// without.
"use strict";

const link_length = 23; // as the server counts every link

/** @param {string} text */
function countOf(text) {
  const points = (/** @type {string} */ t, /** @type {RegExp} */ link) => [...t.normalize("NFC").replace(link, "x".repeat(link_length))].length;
  const asTwitter = points(text, /\bhttps?:\/\/[^\s]+/gi);
  if (!("Segmenter" in Intl)) return asTwitter;
  const mentions = text.replace(/(@\w+)@[\w.-]+\w/g, "$1");
  const shortened = mentions.replace(/\bhttps?:\/\/[^\s]+/gi, "x".repeat(link_length));
  return Math.min(asTwitter, [...new Intl.Segmenter().segment(shortened)].length);
}

for (const text of /** @type {NodeListOf<HTMLTextAreaElement>} */ (document.querySelectorAll("textarea[data-limit]"))) {
  const output = /** @type {HTMLOutputElement} */ (text.form?.querySelector("[data-count]"));
  const show = () => {
    const left = Number(text.dataset.limit) - countOf(text.value);
    output.value = text.value ? String(left) : "";
    output.classList.toggle("over", left < 0);
  };
  text.addEventListener("input", show);
  text.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) text.form?.requestSubmit();
  });
  show();
}

/** @param {HTMLElement} feed */
function follow(feed) {
  const status = /** @type {HTMLElement} */ (document.querySelector("[data-live-status]"));
  const events = new EventSource(feed.dataset.events ?? "");
  events.addEventListener("open", () => { status.textContent = "Live: both sides of the conversation, newest first."; });
  events.addEventListener("error", () => { status.textContent = "The line is down; trying again."; });
  events.addEventListener("post", (event) => {
    const holder = document.createElement("template");
    holder.innerHTML = event.data;
    const post = holder.content.firstElementChild;
    if (!post) return;
    const shown = document.getElementById(post.id);
    if (shown) { shown.replaceWith(post); return; }
    document.querySelector("[data-empty]")?.remove();
    post.classList.add("fresh");
    feed.prepend(post);
  });
  events.addEventListener("delete", (event) => document.getElementById("p" + event.data)?.remove());
  events.addEventListener("reset", () => location.reload());
}

for (const feed of document.querySelectorAll("[data-events]")) follow(/** @type {HTMLElement} */ (feed));
