// Lists that grow in a browser: by one connection for all its tabs, and where that does not come through, otherwise.

import assert from "node:assert/strict";
import test from "node:test";
import { browser, screenshot, sign_in } from "./browser.mjs";
import { Square } from "./harness.mjs";

const options = ["--set", "rate_limits.enabled=false"];

// Posts come by themselves: the page never navigates.
async function expect_to_come(page, words, seconds = 10) {
  await page.locator(".feed article", { hasText: words }).first().waitFor({ timeout: seconds * 1000 });
  assert.equal(await page.evaluate("performance.getEntriesByType('navigation')[0].type"), "navigate");
}

// How often the page asked for a stream or a poll.
function count(page, path) {
  const counted = { asked: 0 };
  page.on("request", (request) => (counted.asked += request.url().includes(path) ? 1 : 0));
  return counted;
}

async function connected(page) {
  await page.waitForResponse((response) => response.url().includes("/live/events"));
}

test("lists grow while somebody looks at them", async (t) => {
  const square = await Square.start(t, { options });
  const [jack, sara] = [await square.account("jack"), await square.account("sara")];
  const chromium = await browser(t);
  const say = (words, who = jack) => who.masto.v1.statuses.create({ status: words });

  const front = await chromium.visit(square.url, { javascript: true });
  const without_javascript = await chromium.visit(square.url);
  await without_javascript.goto("/tags/birds/live");

  await t.test("the front page, and what is deleted goes", async () => {
    await Promise.all([connected(front), front.goto("/")]);
    const post = await say("a first word");
    await expect_to_come(front, "a first word");
    await jack.masto.v1.statuses.$select(post.id).remove();
    await front.locator("article", { hasText: "a first word" }).waitFor({ state: "detached" });
  });

  await t.test("who reads further down is told, and not moved", async () => {
    for (let i = 0; i < 12; ++i) await say(`word ${i}\n\n.\n\n.\n\n.`);
    await expect_to_come(front, "word 11");
    await front.evaluate("scrollTo(0, 800)");
    const before = await front.evaluate("document.querySelector('main article').id");
    await say("news above");
    const button = front.getByRole("button", { name: "New posts: 1" });
    await button.waitFor();
    assert.equal(await front.evaluate("document.querySelector('main article').id"), before);
    await screenshot(front, "live-fresh");
    await button.click();
    await expect_to_come(front, "news above");
  });

  await t.test("an event: several accounts on one page, below a summary that changes as things go on", async () => {
    const mina = await square.account("mina");
    const summary = await say("The debate of @jack and @sara", mina);
    const form = await chromium.visit(square.url);
    await sign_in(form, mina);
    await form.goto(`/@mina/${summary.id}`);
    await form.getByTitle("More").first().click();
    await form.getByRole("link", { name: "Live event" }).click();
    await form.getByLabel("Who speaks?").fill("@jack, @sara");
    await form.getByRole("button", { name: "Save" }).click();
    await form.waitForURL(`**/@mina/${summary.id}/live`);
    const event = await chromium.visit(square.url, { javascript: true });
    await Promise.all([connected(event), event.goto(`/@mina/${summary.id}/live`)]);
    await say("my first argument");
    await say("and mine", sara);
    await say("nobody asked me", mina);
    await expect_to_come(event, "and mine");
    await expect_to_come(event, "my first argument");
    await mina.masto.v1.statuses.$select(summary.id).update({ status: "So far: two arguments. @jack @sara" });
    await expect_to_come(event, "So far: two arguments.");
    assert.equal(await event.locator("article", { hasText: "nobody asked me" }).count(), 0);
    assert.equal(await event.locator("[data-summary] article").count(), 1, "in its place");
    await screenshot(event, "event");
    await form.getByRole("link", { name: "Change or end it" }).click();
    await form.getByLabel("It is over").check();
    await form.getByRole("button", { name: "Save" }).click();
    await event.getByRole("heading", { name: "An event that is over" }).waitFor();
    await event.context().close();
    await form.context().close();
  });

  await t.test("tabs of one browser share one connection, each for its own list", async () => {
    const tag = await front.context().newPage();
    const of_tag = count(tag, "/live/");
    await Promise.all([connected(front), tag.goto(`${square.url}/tags/birds`)]);
    const profile = await front.context().newPage();
    const of_profile = count(profile, "/live/");
    await Promise.all([connected(front), profile.goto(`${square.url}/@sara/live`)]);
    await say("a hoopoe #birds");
    await say("from Shiraz", sara);
    await expect_to_come(tag, "a hoopoe");
    await expect_to_come(profile, "from Shiraz");
    await front.bringToFront();
    await front.evaluate("scrollTo(0, 0)");
    await expect_to_come(front, "from Shiraz");
    assert.equal(await tag.locator("article", { hasText: "from Shiraz" }).count(), 0, "no tag of its");
    assert.deepEqual([of_tag.asked, of_profile.asked], [0, 0], "one tab asks for all");
    const taken_over = Promise.race([connected(tag), connected(profile)]);
    await front.close();
    await taken_over;
    assert.equal(of_tag.asked + of_profile.asked, 1, "another tab goes on");
    await say("another hoopoe #birds");
    await expect_to_come(tag, "another hoopoe");
    await tag.context().close();
  });

  await t.test("where events do not come through, by polls", async () => {
    const page = await chromium.visit(square.url, { javascript: true });
    await page.route("**/live/events*", (route) => route.fulfill({ status: 404 }));
    await Promise.all([page.waitForRequest("**/live/poll*"), page.goto("/")]);
    await say("by a poll");
    await expect_to_come(page, "by a poll");
    await say("by the next one");
    await expect_to_come(page, "by the next one");
    await page.context().close();
  });

  await t.test("and where nothing does, by loading again", async () => {
    const page = await chromium.visit(square.url, { javascript: true });
    await page.route("**/live/*", (route) => route.abort());
    await page.goto("/");
    await say("by loading again");
    await expect_to_come(page, "by loading again", 60);
    assert.match(await page.innerText("[data-live-down]"), /line is down/);
    await page.context().close();
  });

  await t.test("without JavaScript the live pages load themselves again", async () => {
    // Nobody has touched this one since the beginning.
    await without_javascript.locator("article", { hasText: "another hoopoe" }).waitFor({ timeout: 70_000 });
    await say("a third hoopoe #birds");
    await without_javascript.getByRole("link", { name: "See what is new" }).click();
    await without_javascript.locator("article", { hasText: "a third hoopoe" }).waitFor();
  });
});
