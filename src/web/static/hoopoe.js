// What pages gain with JavaScript: a count of characters. All of it works without.
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
