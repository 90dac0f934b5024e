// Photos: from a form without scripts, from an app, on the disk after a crash, and gone with their post.

import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import test from "node:test";
import { browser, press, sign_in, screenshot } from "./browser.mjs";
import { Square, root } from "./harness.mjs";

const picture = path.join(root, "docs/pictures/front.png");
const words = "A page with a bird in its corner";

async function status_of(url) {
  const answer = await fetch(url, { signal: AbortSignal.timeout(10_000) });
  await answer.arrayBuffer();
  return answer.status;
}

test("a photo from an app is there after a crash, and gone with its post", async (t) => {
  const square = await Square.start(t);
  const jack = await square.account("jack");
  const photo = await jack.masto.v2.media.create({ file: new Blob([fs.readFileSync(picture)]), description: words });
  assert.equal(photo.type, "image");
  assert.equal(photo.description, words);
  await square.kill();
  await square.serve();
  for (const url of [photo.url, photo.previewUrl]) assert.equal(await status_of(url), 200, url);
  const post = await jack.masto.v1.statuses.create({ status: "look", mediaIds: [photo.id] });
  assert.equal(post.mediaAttachments[0].id, photo.id);
  const listed = await jack.masto.v1.accounts.$select(jack.id).statuses.list({ onlyMedia: true });
  assert.deepEqual(listed.map(({ id }) => id), [post.id]);
  await jack.masto.v1.statuses.$select(post.id).remove();
  for (const url of [photo.url, photo.previewUrl]) assert.equal(await status_of(url), 404, url);
});

test("who sends much without a token is stopped before the body", async (t) => {
  const square = await Square.start(t);
  const { status } = await square.raw("POST /api/v2/media HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=b\r\n" +
    "Content-Length: 10000000\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n");
  assert.equal(status, 401);
});

test("a photo from a form, without scripts", async (t) => {
  const square = await Square.start(t);
  const jack = await square.account("jack");
  const chromium = await browser(t);
  const page = await chromium.visit(square.url);
  await sign_in(page, jack);
  await page.goto("/compose");
  await page.locator("summary", { hasText: "Photos" }).click();
  await page.fill("textarea[name=text]", "on the way");
  await page.setInputFiles("input[type=file]", [picture]);
  await press(page.locator("main"), /upload/i);
  await page.fill(".attached textarea", words);
  await screenshot(page, "photo-attached");
  await press(page.locator("main"), /publish/i);

  const reader = await chromium.visit(square.url);
  await reader.goto("/@jack/photos");
  const shown = reader.locator(".photos img");
  assert.equal(await shown.getAttribute("alt"), words);
  await shown.scrollIntoViewIfNeeded();
  await reader.waitForFunction("document.querySelector('.photos img').naturalWidth > 0");
  await screenshot(reader, "photos");

  const saver = await chromium.visit(square.url);
  const asked = [];
  saver.on("request", (request) => asked.push(request.url()));
  await saver.setExtraHTTPHeaders({ "Save-Data": "on" });
  await saver.goto("/@jack");
  await saver.waitForLoadState("load");
  assert.deepEqual(asked.filter((url) => url.includes("/photos/")), []);
  await saver.locator(".photos a").click();
  await saver.waitForURL(/\/photos\/.*\.webp$/);
});
