// For pages of others: shows the quoted posts on them as they are now. A quote stays what it is until its
// post is there, and for good where it cannot be reached.
"use strict";
{
  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  const square = new URL(script.src).origin;

  /** @param {HTMLQuoteElement} quote */
  const show = (quote) => {
    if (quote.dataset.shown || !quote.cite.startsWith(square + "/")) return;
    quote.dataset.shown = "1";
    const frame = document.createElement("iframe");
    frame.src = quote.cite + "/embed";
    frame.title = quote.innerText.slice(0, 140);
    frame.height = "0";
    frame.loading = "lazy";
    frame.style.cssText = "display:block;border:0;inline-size:100%;max-inline-size:550px;color-scheme:normal";
    addEventListener("message", (event) => {
      if (event.source !== frame.contentWindow || event.origin !== square) return;
      const height = Number(event.data?.hoopoe);
      if (!(height > 0)) return;
      frame.height = String(Math.ceil(height));
      quote.style.setProperty("display", "none", "important"); // whatever the page says of its quotes
    });
    quote.after(frame);
  };

  const show_all = () => {
    for (const quote of document.querySelectorAll("blockquote.hoopoe-post")) show(/** @type {HTMLQuoteElement} */ (quote));
  };
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", show_all);
  else show_all();
}
