// Whoever owns an account takes all of it away, in a browser without JavaScript.

import assert from "node:assert/strict";
import fs from "node:fs";
import test from "node:test";
import { pathToFileURL } from "node:url";
import { browser, press, screenshot, sign_in } from "./browser.mjs";
import { Square } from "./harness.mjs";
import { visible } from "./visitor.mjs";

const salaam = "سلام @jack، صدای ما را می‌شنوی؟ #آزادی";
const secret = "words of jack for few";

test("an account is taken away as a page and as JSON", async (t) => {
  const square = await Square.start(t);
  const [jack, sara] = [await square.account("jack"), await square.account("sara")];
  const question = await jack.masto.v1.statuses.create({ status: "Can you read this?" });
  await sara.masto.v1.accounts.$select(jack.id).follow();
  const kept = await jack.masto.v1.statuses.create({ status: secret, visibility: "private" });
  const first = await sara.masto.v1.statuses.create({ status: "سلام", language: "fa", inReplyToId: question.id });
  await sara.masto.v1.statuses.$select(first.id).update({ status: salaam, language: "fa" });
  await sara.masto.v1.statuses.$select(question.id).reblog();
  await sara.masto.v1.statuses.$select(kept.id).bookmark();
  await sara.masto.v1.accounts.updateCredentials({ displayName: "سارا", note: "از شیراز می‌نویسم" });

  const chromium = await browser(t);
  const page = await chromium.visit(square.url);
  await sign_in(page, sara);
  await page.goto("/settings");
  await screenshot(page, "settings");

  async function download(name) {
    const [file] = await Promise.all([page.waitForEvent("download"), press(page.locator("#data"), name)]);
    assert.equal(await file.failure(), null);
    return { name: file.suggestedFilename(), path: await file.path(), text: fs.readFileSync(await file.path(), "utf8") };
  }

  await t.test("the JSON holds what was done", async () => {
    const file = await download(/json/i);
    assert.equal(file.name, "sara-hoopoe.json");
    const data = JSON.parse(file.text);
    assert.equal(data.profile.name, "سارا");
    assert.equal(data.profile.email, sara.email);
    assert.deepEqual(data.posts[1].revisions.map((revision) => revision.text), ["سلام", salaam]);
    assert.equal(data.posts[1].reply_to.url, `${square.url}/@jack/${question.id}`);
    assert.equal(data.posts[0].repost_of.id, question.id);
    assert.deepEqual(data.following.map((account) => account.handle), ["jack"]);
    assert.deepEqual(data.bookmarks.map((place) => place.id), [kept.id]);
    assert.ok(!file.text.includes(secret), "the words of others are theirs");
  });

  await t.test("the page is read where there is no network", async () => {
    const file = await download(/page/i);
    assert.equal(file.name, "sara-hoopoe.html");
    assert.ok(visible(file.text).includes(salaam));
    assert.ok(!file.text.includes(secret), "the words of others are theirs");
    const copy = `${square.data}/sara-hoopoe.html`;
    fs.copyFileSync(file.path, copy);
    for (const [look, width] of [["light", 960], ["dark", 320]]) {
      const reader = await chromium.visit(square.url, { width, locale: "fa-IR", javascript: true });
      const asked = [];
      const said = [];
      reader.on("request", (request) => asked.push(request.url()));
      reader.on("console", (message) => said.push(message.text()));
      await reader.emulateMedia({ colorScheme: look });
      await reader.goto(pathToFileURL(copy).href);
      await reader.locator("summary").first().click();
      await screenshot(reader, `export-${look}`);
      assert.deepEqual(asked, [pathToFileURL(copy).href], "it loads nothing");
      assert.deepEqual(said, [], "the browser has nothing to complain about");
      const overflow = await reader.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
      assert.equal(overflow, 0, "nothing sticks out of a narrow screen");
    }
  });

  await t.test("it ends for those who speak HTTP/1.0 as well", async () => {
    const cookies = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
    const ask = (version) => square.raw(
      `GET /settings/data.json HTTP/${version}\r\nHost: 127.0.0.1:${square.port}\r\nCookie: ${cookies}\r\n\r\n`);
    const [old, chunked] = [await ask("1.0"), await ask("1.1")];
    assert.ok(old.closed);
    assert.match(chunked.head, /transfer-encoding: chunked/i);
    assert.equal(JSON.parse(old.body).posts.length, 2);
  });

  await t.test("a stranger is asked to sign in", async () => {
    const answer = await square.request("GET", "/settings/data.json");
    assert.equal(answer.status, 303);
    assert.match(answer.headers.get("location"), /^\/sign-in/);
  });
});
