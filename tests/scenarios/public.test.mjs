// What anyone meets who follows a link here: valid, accessible, light, under every name, in pages of others.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import http from "node:http";
import path from "node:path";
import test from "node:test";
import { pathToFileURL } from "node:url";
import axe from "axe-core";
import { HtmlValidate } from "html-validate";
import lighthouse from "lighthouse";
import { browser, screenshot } from "./browser.mjs";
import { Square, eventually, free_port, root } from "./harness.mjs";
import { Visitor, visible } from "./visitor.mjs";

const mirror = "mirror.example";
const question = "@HassanRouhani Good evening, President. Are citizens of Iran able to read your tweets?";
const answer = "@jack شب بخیر. می‌خواهم همهٔ مردم به‌راحتی به اطلاعات #دسترسی داشته باشند.";

const square_options = { options: ["--set", `other_hosts=${mirror}`, "--set", "rate_limits.enabled=false"] };

// People and posts of every kind that a public page shows, and the paths of all those pages.
async function scene(square) {
  const [jack, rouhani] = [await square.account("jack"), await square.account("HassanRouhani")];
  await rouhani.masto.v1.accounts.updateCredentials({
    displayName: "حسن روحانی", note: "رئیس‌جمهور #ایران", fieldsAttributes: [{ name: "وبگاه", value: "https://example.org" }],
  });
  const first = await jack.masto.v1.statuses.create({ status: question, language: "en" });
  const second = await rouhani.masto.v1.statuses.create({ status: answer, language: "fa", inReplyToId: first.id });
  const gone = await jack.masto.v1.statuses.create({ status: "@HassanRouhani soon gone", inReplyToId: second.id });
  await rouhani.masto.v1.statuses.create({ status: "@jack to what is gone", inReplyToId: gone.id });
  await jack.masto.v1.statuses.$select(gone.id).remove();
  const edited = await jack.masto.v1.statuses.create({ status: "a first try #square", spoilerText: "a warning" });
  await jack.masto.v1.statuses.$select(edited.id).update({ status: "a second try #square", spoilerText: "a warning" });
  await jack.masto.v1.statuses.$select(second.id).reblog();
  await jack.masto.v1.statuses.$select(second.id).favourite();
  await jack.masto.v1.accounts.$select(rouhani.id).follow();
  const photo = await jack.masto.v2.media.create({
    file: new Blob([fs.readFileSync(path.join(root, "docs/pictures/front.png"))]), description: "A page with a bird in its corner" });
  await jack.masto.v1.statuses.create({ status: "how it looks", mediaIds: [photo.id] });
  const visitor = new Visitor(square.url);
  await visitor.open(`/sign-in?return_to=/posts/${first.id}/event`);
  await visitor.submit((form) => "password" in form.fields, { login: "jack", password: jack.password });
  await visitor.submit((form) => form.action.endsWith("/event"), { speakers: "@HassanRouhani" });
  assert.equal(visitor.location.pathname, `/@jack/${first.id}/live`);
  const post = `/@HassanRouhani/${second.id}`;
  return {
    jack, rouhani, post,
    pages: ["/", "/@jack", "/@jack/photos", "/@HassanRouhani/with-replies", "/@jack/following", "/@HassanRouhani/followers", post,
      `/@jack/${edited.id}`, `/@jack/${edited.id}/history`, `${post}/cite`, `${post}/embed`, "/@jack/live", `/@jack/${first.id}/live`,
      "/@jack/with/@HassanRouhani", "/tags/square", "/tags/nothing", "/about", "/rules", "/privacy", "/bad-line", "/sign-in", "/sign-up"],
    errors: [`/@jack/${gone.id}`, "/@nobody", "/nothing/here"],
  };
}

test("the scripts of the pages are what their types say", () => {
  const folder = path.join(root, "src/web/static");
  const scripts = fs.readdirSync(folder).filter((name) => name.endsWith(".js")).map((name) => path.join(folder, name));
  assert.ok(scripts.length >= 3);
  const tsc = path.join(root, "tests/scenarios/node_modules/typescript/bin/tsc");
  for (const script of scripts) { // each is a program of its own
    execFileSync(process.execPath, [tsc, "--noEmit", "--allowJs", "--checkJs", "--strict", "--target", "es2022",
      "--module", "es2022", "--moduleDetection", "force", "--lib", "es2022,dom,dom.iterable", script], { stdio: "inherit" });
  }
});

test("public pages", { timeout: 300_000 }, async (t) => {
  const square = await Square.start(t, square_options);
  const { pages, errors, post } = await scene(square);
  const chromium = await browser(t);

  await t.test("are valid HTML", async () => {
    // Off: what is a matter of taste; a refresh for those who have no script to be told by.
    const rules = { "doctype-style": "off", "no-trailing-whitespace": "off", "long-title": "off", "meta-refresh": "off" };
    const validator = new HtmlValidate({ extends: ["html-validate:recommended"], rules });
    for (const target of [...pages, ...errors]) {
      const html = await (await square.request("GET", target)).text();
      const report = await validator.validateString(html);
      assert.deepEqual(report.results.flatMap((result) => result.messages.map((message) =>
        `${message.ruleId}: ${message.message} in ${html.split("\n")[message.line - 1]?.slice(Math.max(0, message.column - 60), message.column + 60)}`)), [], target);
    }
  });

  await t.test("are accessible, light and dark, on a phone and on a desk", async () => {
    for (const [colorScheme, width] of [["light", 360], ["dark", 1440]]) {
      const page = await chromium.visit(square.url, { javascript: true, width });
      await page.emulateMedia({ colorScheme });
      for (const target of [...pages, ...errors]) {
        await page.goto(target);
        await page.evaluate(axe.source);
        const { violations } = await page.evaluate(() => globalThis.axe.run());
        assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 200)}`), [], `${target}, ${colorScheme}`);
        assert.equal(await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"), 0,
          `nothing sticks out of ${width} pixels at ${target}`);
      }
    }
  });

  await t.test("come with four requests at most, from here alone, and leave no cookie", async () => {
    for (const target of pages.filter((each) => !each.startsWith("/sign"))) {
      const page = await chromium.visit(square.url, { javascript: true });
      const asked = [];
      const said = [];
      page.on("request", (request) => asked.push(request.url()));
      page.on("console", (message) => said.push(message.text()));
      await page.goto(target);
      await page.waitForLoadState("load");
      const first_view = asked.filter((url) => !url.includes("/events") && !url.includes("/photos/"));
      assert.ok(first_view.length <= 4, `${target} asks for ${first_view}`);
      assert.deepEqual(asked.filter((url) => !url.startsWith(`${square.url}/`)), [], target);
      assert.deepEqual(said, [], `the browser has nothing to complain about at ${target}`);
      assert.deepEqual(await page.context().cookies(), [], target);
      await page.context().close();
    }
  });

  await t.test("work under another name, and say so only to search engines and programs", async () => {
    for (const target of pages) {
      const { status, body } = await square.raw(`GET ${target} HTTP/1.1\r\nHost: ${mirror}\r\nConnection: close\r\n\r\n`);
      assert.equal(status, 200, target);
      const links = [...body.matchAll(/<(a|form|script|img|iframe)\b[^>]*?(?:href|action|src)="([^"]*)"/g)].map(([, , url]) => url);
      const absolute = links.filter((url) => url.startsWith(square.url) && !target.endsWith("/cite"));
      assert.deepEqual(absolute, [], target);
    }
    const { status } = await square.raw("GET / HTTP/1.1\r\nHost: other.example\r\nConnection: close\r\n\r\n");
    assert.equal(status, 421);
  });

  await t.test("are whole as a saved file, where there is no network", async () => {
    const copy = path.join(square.data, "saved.html");
    fs.writeFileSync(copy, await square.page(post));
    const page = await chromium.visit(square.url, { javascript: true, width: 360 });
    await page.context().setOffline(true);
    await page.goto(pathToFileURL(copy).href);
    assert.ok((await page.innerText("main")).includes("می‌خواهم"));
    assert.equal(await page.evaluate("getComputedStyle(document.querySelector('.tile')).display"), "grid", "the style is in it");
  });

  await t.test("print without what only a screen is for", async () => {
    const page = await chromium.visit(square.url);
    await page.goto(post);
    await page.emulateMedia({ media: "print" });
    assert.ok(await page.getByText(`${square.url}${post}`).isVisible());
    assert.ok(!(await page.getByRole("link", { name: "Sign up" }).isVisible()));
  });
});

test("by Lighthouse a permalink, a profile and a tag are without fault", { timeout: 300_000 }, async (t) => {
  const square = await Square.start(t, square_options);
  const { post } = await scene(square);
  const port = await free_port();
  await browser(t, [`--remote-debugging-port=${port}`]);
  const onlyCategories = ["accessibility", "best-practices", "seo"];
  for (const target of [post, "/@HassanRouhani", "/tags/square"]) {
    const { lhr } = await lighthouse(square.url + target, { port, onlyCategories, logLevel: "silent" });
    assert.equal(lhr.runtimeError, undefined);
    const faults = Object.values(lhr.audits).filter(({ score }) => score !== null && score < 1).map(({ id }) => id);
    const scores = onlyCategories.map((name) => [name, lhr.categories[name].score]);
    assert.deepEqual(scores, onlyCategories.map((name) => [name, 1]), `${target}: ${faults}`);
  }
});

test("feeds are well formed, and cost nothing while nothing is new", async (t) => {
  const square = await Square.start(t, square_options);
  const { jack } = await scene(square);
  const chromium = await browser(t);
  const page = await chromium.visit(square.url, { javascript: true });
  await page.goto("/about");
  for (const list of ["/feed", "/@jack", "/@HassanRouhani/with-replies", "/tags/square", "/@jack/with/@HassanRouhani"]) {
    for (const format of ["rss", "atom", "json"]) {
      const target = `${list}.${format}`;
      const before = await square.request("GET", target);
      assert.equal(before.status, 200, target);
      const text = await before.text();
      if (format === "json") {
        assert.ok(JSON.parse(text).items.length > 0, target);
      } else {
        const found = await page.evaluate((xml) => {
          const feed = new DOMParser().parseFromString(xml, "application/xml");
          if (feed.querySelector("parsererror")) return { error: feed.querySelector("parsererror").textContent };
          return { words: [...feed.querySelectorAll("item > description, entry > content")].map((node) => node.textContent) };
        }, text);
        assert.equal(found.error, undefined, target);
        assert.ok(found.words.length > 0 && found.words.every((html) => html.includes("<div dir=\"auto\"")), target);
      }
      const again = await square.request("GET", target, { headers: { "if-none-match": before.headers.get("etag") } });
      assert.equal(again.status, 304, target);
    }
  }
  const { headers } = await square.request("GET", "/@jack.rss");
  await jack.masto.v1.statuses.create({ status: "news" });
  const news = await square.request("GET", "/@jack.rss", { headers: { "if-none-match": headers.get("etag") } });
  assert.equal(news.status, 200);
  assert.match(await news.text(), /news/);
});

test("a hub is told which feeds changed", async (t) => {
  const told = [];
  const hub = http.createServer(async (request, response) => {
    let form = "";
    for await (const chunk of request) form += chunk;
    told.push(new URLSearchParams(form));
    response.writeHead(told.length === 1 ? 503 : 202).end(); // the first time it is busy
  }).listen(0, "127.0.0.1");
  await once(hub, "listening");
  t.after(() => hub.close());
  const address = `http://127.0.0.1:${hub.address().port}/`;
  const options = [...square_options.options, "--set", `websub.hub=${address}`, "--set", "outgoing.allow_private_addresses=true"];
  const square = await Square.start(t, { options });
  const jack = await square.account("jack");
  await jack.masto.v1.statuses.create({ status: "for all #square" });
  await jack.masto.v1.statuses.create({ status: "for few #secret", visibility: "private" });
  await eventually(() => told.length >= 2, "the hub is told again", 30);
  assert.deepEqual(told[1].getAll("hub.mode"), ["publish"]);
  assert.deepEqual(told[1].getAll("hub.url"), told[0].getAll("hub.url"));
  const topics = told[1].getAll("hub.url").map((url) => new URL(url).pathname);
  const stems = ["/@jack", "/@jack/with-replies", "/feed", "/tags/square"];
  assert.deepEqual(topics, stems.flatMap((stem) => ["atom", "json", "rss"].map((format) => `${stem}.${format}`)).sort());
  for (const topic of topics) {
    const answer = await square.request("GET", topic);
    assert.match(await answer.text(), /for all/);
    assert.equal(answer.headers.get("link"), `<${address}>; rel="hub", <${told[1].getAll("hub.url").find((url) => url.endsWith(topic))}>; rel="self"`);
  }
});

test("a newspaper quotes a post", async (t) => {
  const square = await Square.start(t, square_options);
  const { post } = await scene(square);
  const { html, width } = await square.json("GET", `/api/oembed?url=${encodeURIComponent(square.url + post)}`);
  assert.ok(Buffer.byteLength(html) <= 4096);
  assert.equal(width, 550);
  const paper = http.createServer((request, response) => {
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.end(`<!doctype html><html lang="en"><title>The Paper</title><h1>The answer</h1>${html}`);
  }).listen(0, "127.0.0.1");
  await once(paper, "listening");
  t.after(() => paper.close());
  const address = `http://127.0.0.1:${paper.address().port}/`;
  const chromium = await browser(t);

  await t.test("readers with scripts are shown the post as it is", async () => {
    const page = await chromium.visit(address, { javascript: true });
    await page.goto(address);
    await page.waitForFunction("document.querySelector('iframe')?.clientHeight > 80");
    assert.ok(await page.locator("blockquote").isHidden());
    const frame = page.frameLocator("iframe");
    assert.ok((await frame.locator("article").innerText()).includes("می‌خواهم"));
    assert.equal(await frame.locator(".text").evaluate((node) => getComputedStyle(node).direction), "rtl", "though it begins with a name");
    await screenshot(page, "newspaper");
  });

  await t.test("readers without, and when the square is away, all the words", async () => {
    const plain = await chromium.visit(address);
    await plain.goto(address);
    assert.ok(visible(await plain.innerHTML("blockquote")).includes("می‌خواهم"));
    await square.stop();
    const page = await chromium.visit(address, { javascript: true });
    await page.goto(address);
    assert.ok(await page.locator("blockquote").isVisible());
    assert.equal(await page.evaluate("document.querySelector('blockquote').innerText.includes('روحانی')"), true);
    await square.serve();
  });
});
