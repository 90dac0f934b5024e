// Which word stands where: posts in scripts of both directions, by the rectangles that Chromium draws them in, compared with
// the Unicode bidirectional algorithm (UAX #9, bidi-js) on what was written. Names and links are isolated left to right,
// tags by their own first letter; a line goes as its first letter outside of these does.

import assert from "node:assert/strict";
import test from "node:test";
import bidi_factory from "bidi-js";
import { browser, screenshot } from "./browser.mjs";
import { Square } from "./harness.mjs";

const bidi = bidi_factory();
const left_to_right = "\u2066"; // LRI
const first_letter = "\u2068"; // FSI
const end = "\u2069"; // PDI

const words = (text) => ({ written: text, meant: text });
const isolated = (mark) => (text, shown = text) => ({ written: text, meant: mark + shown + end });
const [name, tag] = [isolated(left_to_right), isolated(first_letter)];
const link = name;

const openings = [words("سلام به همه"), words("کتاب‌ها را"), words("שלום לכולם"), words("Good evening"), words("12:30"), words("۱۲:۳۰"),
  words("«بهار»"), words("(see here)"), name("@jack")];
const middles = [name("@HassanRouhani"), link("https://example.org/a-b", "example.org/a-b"), tag("#آسمان"), tag("#right"), words("iPhone 15"),
  words("در تهران"), words("(۲۰۱۳)"), words("a/b, c")];
const ends = [[words("و پایان.")], [words("and the end.")], [words("۱۰۰٪")], [words("؟")], [words("- 5 ("), tag("#نوروز"), words(")!")]];

const corpus = openings.flatMap((opening) => middles.flatMap((middle) => ends.map((last) => {
  const gap = words(" ");
  const pieces = [opening, gap, middle, gap, ...last];
  return { written: pieces.map((piece) => piece.written).join(""), meant: pieces.map((piece) => piece.meant).join("") };
})));

const names = ["Jack", "حسن روحانی", "דוד 7", "Ali علی", "علی Ali", "۱۲ Monkeys", "(نسرین)", "سارا!"];

// Words and single signs, from the left to the right.
const token = /[\p{L}\p{M}\p{N}_\u200c]+|[^\s\u2066-\u2069]/gu;
function in_visual_order(meant, direction) {
  const order = bidi.getReorderedIndices(meant, bidi.getEmbeddingLevels(meant, direction));
  const place = new Map(order.map((index, at) => [index, at]));
  const tokens = [...meant.matchAll(token)].map((match) => {
    const places = [...match[0]].map((_, i) => place.get(match.index + i));
    return { text: match[0], left: Math.min(...places) };
  });
  return tokens.sort((one, other) => one.left - other.left).map(({ text }) => text).join(" ");
}

// The same of what is on the page, for each element that the selector finds.
function as_drawn(page, selector) {
  return page.evaluate(([selector, source]) => [...document.querySelectorAll(selector)].map((element) => {
    const nodes = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const tokens = [];
    while (nodes.nextNode()) {
      if (nodes.currentNode.parentElement.closest(".invisible")) continue;
      for (const match of nodes.currentNode.data.matchAll(new RegExp(source, "gu"))) {
        const range = document.createRange();
        range.setStart(nodes.currentNode, match.index);
        range.setEnd(nodes.currentNode, match.index + match[0].length);
        tokens.push({ text: match[0], left: range.getBoundingClientRect().left });
      }
    }
    return tokens.sort((one, other) => one.left - other.left).map(({ text }) => text).join(" ");
  }), [selector, token.source]);
}

test("text of both directions", { timeout: 180_000 }, async (t) => {
  const square = await Square.start(t, { options: ["--set", "rate_limits.enabled=false"] });
  const [jack] = [await square.account("jack"), await square.account("HassanRouhani")];
  const chromium = await browser(t);

  await t.test(`${corpus.length} posts are read in the order they were meant in`, async () => {
    assert.ok(corpus.length >= 300);
    for (const { written } of corpus) await jack.masto.v1.statuses.create({ status: written });
    const page = await chromium.visit(square.url, { javascript: true, width: 2400 });
    const drawn = [];
    await page.goto("/@jack");
    for (let parts = 1; ; ++parts) {
      // A line each, however long.
      await page.evaluate("document.documentElement.style.setProperty('--measure', '140rem')");
      drawn.push(...await as_drawn(page, "main .post .text"));
      if (parts === 1) await screenshot(page, "bidi");
      const next = page.getByRole("link", { name: "Older" });
      if (!await next.count()) break;
      await next.click();
      await page.waitForLoadState();
    }
    const meant = corpus.map((post) => in_visual_order(post.meant)).reverse();
    assert.equal(drawn.length, meant.length);
    const wrong = drawn.flatMap((line, i) => (line === meant[i] ? [] : [{ written: corpus.at(-1 - i).written, line, meant: meant[i] }]));
    assert.deepEqual(wrong.slice(0, 5), []);
    assert.equal(wrong.length, 0);
  });

  await t.test("names do not turn what stands beside them", async () => {
    const page = await chromium.visit(square.url, { javascript: true });
    for (const shown of names) {
      await jack.masto.v1.accounts.updateCredentials({ displayName: shown });
      await page.goto("/@jack");
      const [drawn] = await as_drawn(page, "main .post .who");
      assert.equal(drawn, in_visual_order(`${first_letter}${shown}${end} ${left_to_right}@jack${end}`, "ltr"), shown);
    }
  });
});
