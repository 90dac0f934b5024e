// The square's founding scene: 1 October 2013, @jack asks the president of Iran whether his people can read him.
// Once through the API as apps use it, once through the pages in a browser without JavaScript.

import assert from "node:assert/strict";
import test from "node:test";
import { browser, press, screenshot } from "./browser.mjs";
import { Square, eventually } from "./harness.mjs";
import { sse, websocket } from "./streams.mjs";
import { links, visible } from "./visitor.mjs";

// 86, 140 and 82 characters.
const question = "@HassanRouhani Good evening, President. Are citizens of Iran able to read your tweets?";
const answer = "Evening, @Jack. As I told @camanpour, my efforts geared 2 ensure my ppl'll comfortably b able 2 " +
  "access all info globally as is their #right.";
const thanks = "@HassanRouhani thank you. Please let us know how we can help to make it a reality.";

// Asserts that the page shows these texts in this order. Case does not count: a mention may be shown as typed or as named.
function in_order(html, texts) {
  const seen = visible(html).toLowerCase();
  let from = 0;
  for (const text of texts) {
    const at = seen.indexOf(text.toLowerCase(), from);
    assert.ok(at >= 0, `not on the page, or not in its place: ${text}\n${seen}`);
    from = at + text.length;
  }
}

async function refused(promise, status) {
  const error = await promise.then(() => null, (reason) => reason);
  assert.ok(error, `expected ${status}, was accepted`);
  assert.equal(error.statusCode, status, String(error));
  assert.ok(error.message.length > 3, "a refusal says why");
}

test("the scene, through the API", async (t) => {
  const square = await Square.start(t);
  const [jack, rouhani, camanpour] = [
    await square.account("jack"), await square.account("HassanRouhani"), await square.account("camanpour"),
  ];
  // Nasrin follows the two on a server-sent stream, Omid on a WebSocket; Dara follows only Omid.
  const [nasrin, omid, dara] = [await square.account("nasrin"), await square.account("omid"), await square.account("dara")];
  for (const reader of [nasrin, omid]) {
    for (const author of [jack, rouhani]) await reader.masto.v1.accounts.$select(author.id).follow();
  }
  await dara.masto.v1.accounts.$select(omid.id).follow();

  const streams = {
    nasrin: await sse(`${square.url}/api/v1/streaming/user`, { token: nasrin.token }),
    omid: await websocket(`${square.url.replace("http", "ws")}/api/v1/streaming`, { token: omid.token, subscribe: ["user"] }),
    rouhani: await sse(`${square.url}/@HassanRouhani/live`),
    jack: await sse(`${square.url}/@jack/live`),
  };
  // The library of many apps, on the same stream.
  const library = square.masto_streaming(nasrin.token);
  const through_library = [];
  (async () => {
    for await (const event of library.user.subscribe()) through_library.push(event);
  })().catch(() => {});
  // An app cannot know when its subscription has begun: a first post that is seen on both WebSockets says so.
  let tries = 0;
  await eventually(async () => {
    await jack.masto.v1.statuses.create({ status: `just setting up ${++tries}` });
    return through_library.length && streams.omid.events.length;
  }, "both WebSockets deliver", 10);

  const posts = {};
  await t.test("the answer of 140 characters is accepted, and refused with one more", async () => {
    posts.question = await jack.masto.v1.statuses.create({ status: question });
    const reply = { inReplyToId: posts.question.id };
    await refused(rouhani.masto.v1.statuses.create({ status: answer + "!", ...reply }), 422);
    posts.answer = await rouhani.masto.v1.statuses.create({ status: answer, ...reply });
    posts.thanks = await jack.masto.v1.statuses.create({ status: thanks, inReplyToId: posts.answer.id });
    assert.equal(posts.answer.inReplyToId, posts.question.id);
    assert.equal(posts.answer.inReplyToAccountId, jack.id);
    assert.deepEqual(posts.answer.mentions.map((mention) => mention.acct), ["jack", "camanpour"]);
    assert.deepEqual(posts.answer.tags.map((tag) => tag.name), ["right"]);
    in_order(posts.answer.content, [answer]);
  });
  const ids = Object.values(posts).map((post) => post.id);

  await t.test("the same request with the same Idempotency-Key is one post", async () => {
    const send = () => square.json("POST", "/api/v1/statuses", {
      token: camanpour.token, body: new URLSearchParams({ status: "I am listening" }), headers: { "idempotency-key": "once" },
    });
    const [first, second] = [await send(), await send()];
    assert.equal(first.id, second.id);
  });

  await t.test("every follower and every reader receives the three", async () => {
    for (const id of ids) {
      const update = (event) => event.event === "update" && JSON.parse(event.data).id === id;
      await streams.nasrin.until(update, `post ${id} on the server-sent stream`);
      await streams.omid.until(update, `post ${id} on the WebSocket`);
      await eventually(() => through_library.some((event) => event.event === "update" && event.payload.id === id),
        `post ${id} through the library`);
    }
    const shows = (id) => (event) => String(event.data).includes(id);
    await streams.rouhani.until(shows(posts.answer.id), "the answer on /@HassanRouhani/live");
    await streams.jack.until(shows(posts.question.id), "the question on /@jack/live");
    await streams.jack.until(shows(posts.thanks.id), "the thanks on /@jack/live");
    const live = await square.page("/@HassanRouhani/live");
    in_order(live, [answer]);
    assert.match(live, /http-equiv=["']?refresh/i, "without scripts, the live page refreshes itself");
  });

  await t.test("an anonymous reader gets the three in order, by API, permalink and pair", async () => {
    const reader = square.masto();
    const context = await reader.v1.statuses.$select(posts.answer.id).context.fetch();
    assert.deepEqual(context.ancestors.map((post) => post.id), [posts.question.id]);
    assert.deepEqual(context.descendants.map((post) => post.id), [posts.thanks.id]);
    const texts = [question, answer, thanks];
    in_order(await square.page(`/@HassanRouhani/${posts.answer.id}`), texts);
    in_order(await square.page("/@jack/with/@HassanRouhani"), texts);
  });

  await t.test("#right leads to its page", async () => {
    const html = await square.page(`/@HassanRouhani/${posts.answer.id}`);
    const link = links(html).find((href) => new URL(href, square.url).pathname === "/tags/right");
    assert.ok(link, "the tag is a link to /tags/right");
    in_order(await square.page("/tags/right"), [answer]);
    const tagged = await square.masto().v1.timelines.tag.$select("right").list();
    assert.deepEqual(tagged.map((post) => post.id), [posts.answer.id]);
  });

  await t.test("the mentioned are notified, once for each post", async () => {
    const mentions = async (person) => (await person.masto.v1.notifications.list())
      .filter((notification) => notification.type === "mention").map((notification) => notification.status.id).reverse();
    assert.deepEqual(await mentions(rouhani), [posts.question.id, posts.thanks.id]);
    assert.deepEqual(await mentions(jack), [posts.answer.id]);
    assert.deepEqual(await mentions(camanpour), [posts.answer.id]);
  });

  await t.test("a repost reaches a third person's home, and a favourite counts", async () => {
    const repost = await omid.masto.v1.statuses.$select(posts.answer.id).reblog();
    assert.equal(repost.reblog.id, posts.answer.id);
    const home = await eventually(async () => {
      const list = await dara.masto.v1.timelines.home.list();
      return list.length && list;
    }, "the repost in the home of one who follows only the reposter");
    assert.equal(home[0].reblog.id, posts.answer.id);
    assert.equal(home[0].account.acct, "omid");
    await nasrin.masto.v1.statuses.$select(posts.answer.id).favourite();
    const seen = await nasrin.masto.v1.statuses.$select(posts.answer.id).fetch();
    assert.deepEqual([seen.favourited, seen.favouritesCount, seen.reblogsCount], [true, 1, 1]);
  });

  await t.test("a deleted post leaves its place in a thread that stays joined", async () => {
    await rouhani.masto.v1.statuses.$select(posts.answer.id).remove();
    await refused(square.masto().v1.statuses.$select(posts.answer.id).fetch(), 404);
    assert.ok(!visible(await square.page(`/@HassanRouhani/${posts.answer.id}`, 410)).includes("comfortably"));
    const page = await square.page(`/@jack/${posts.thanks.id}`);
    in_order(page, [question, "deleted", thanks]);
    assert.ok(!page.includes("comfortably"), "the text is gone from the conversation");
    const { ancestors } = await square.masto().v1.statuses.$select(posts.thanks.id).context.fetch();
    assert.deepEqual(ancestors.map((post) => post.id), [posts.question.id]);
    await streams.nasrin.until((event) => event.event === "delete" && event.data === posts.answer.id, "the deletion");
    assert.deepEqual(await square.masto().v1.timelines.tag.$select("right").list(), []);
    assert.deepEqual(await dara.masto.v1.timelines.home.list(), [], "the repost went with it");
  });

  library.close();
  Object.values(streams).forEach((stream) => stream.close());
});

// What the pages promise: names of fields (handle, email, password, login, text) and of what a person presses.
test("the scene, through the pages without JavaScript", async (t) => {
  const square = await Square.start(t);
  const chromium = await browser(t);

  async function sign_up(handle) {
    const page = await chromium.visit(square.url);
    await page.goto("/");
    await press(page, /sign up/i);
    await page.fill("input[name=handle]", handle);
    await page.fill("input[name=email]", `${handle.toLowerCase()}@example.org`);
    await page.fill("input[name=password]", `the password of ${handle}`);
    await press(page.locator("form:has(input[name=handle])"), /sign up/i);
    return page;
  }
  async function write(page, text) {
    await page.fill("textarea[name=text]", text);
    await press(page.locator("form:has(textarea[name=text])"), /post|publish|reply/i);
  }
  // The one post of this text on a page.
  const post = (page, text) => page.locator("article", { hasText: text }).first();

  const jack = await sign_up("jack");
  const rouhani = await sign_up("HassanRouhani");
  await sign_up("camanpour");
  const nasrin = await sign_up("nasrin");

  await t.test("one who signed up signs in again elsewhere", async () => {
    const page = await chromium.visit(square.url);
    await page.goto("/sign-in");
    await screenshot(page, "sign-in");
    await page.fill("input[name=login]", "jack");
    await page.fill("input[name=password]", "the password of jack");
    await press(page.locator("form:has(input[name=login])"), /sign in/i);
    await page.goto("/");
    await page.locator("textarea[name=text]").waitFor();
  });

  await t.test("a question, an answer and thanks are written by hand", async () => {
    await jack.goto("/");
    await write(jack, question);
    await rouhani.goto("/@jack");
    await press(post(rouhani, question), /^reply/i);
    await write(rouhani, answer + "!");
    await rouhani.getByText(/140/).first().waitFor();
    assert.equal(await rouhani.inputValue("textarea[name=text]"), answer + "!", "a refused text is not lost");
    await write(rouhani, answer);
    await jack.goto("/@HassanRouhani/with-replies");
    await press(post(jack, "comfortably"), /^reply/i);
    await write(jack, thanks);
    await jack.goto("/@jack/with/@HassanRouhani");
    in_order(await jack.content(), [question, answer, thanks]);
    await screenshot(jack, "conversation");
  });

  await t.test("a reader follows, favourites and reposts", async () => {
    await nasrin.goto("/@HassanRouhani");
    await press(nasrin, /^follow$/i);
    await nasrin.goto("/");
    await post(nasrin, "comfortably").waitFor();
    await press(post(nasrin, "comfortably"), /favou?rite/i);
    await nasrin.goto("/");
    await press(post(nasrin, "comfortably"), /repost/i);
    await nasrin.goto("/@nasrin");
    await post(nasrin, "comfortably").waitFor();
    await screenshot(nasrin, "profile");
    const phone = await chromium.visit(square.url, { width: 320, height: 640, locale: "fa-IR" });
    await phone.goto("/@HassanRouhani");
    await screenshot(phone, "profile-320");
    const overflow = await phone.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
    assert.equal(overflow, 0, "nothing sticks out of a narrow screen");
  });

  await t.test("an author deletes, and the thread stays joined", async () => {
    await rouhani.goto("/@HassanRouhani/with-replies");
    await post(rouhani, "comfortably").locator("summary", { hasText: /more/i }).click();
    await post(rouhani, "comfortably").getByRole("link", { name: "Delete" }).click();
    await rouhani.getByRole("button", { name: "Delete" }).click();
    await eventually(async () => !(await rouhani.content()).includes("comfortably"), "the page after deleting");
    await jack.goto("/@jack/with-replies");
    await post(jack, thanks).locator("a:has(time)").first().click();
    await eventually(async () => {
      in_order(await jack.content(), [question, "deleted", thanks]);
      return true;
    }, "the thread with its stub");
    assert.ok(!(await jack.content()).includes("comfortably"));
  });
});
