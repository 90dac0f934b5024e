// A reader on a line of 64 kbit/s with 400 ms of round trip, of whose packets 2 % are lost.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import test from "node:test";
import { browser } from "./browser.mjs";
import { Square } from "./harness.mjs";
import { slow_line } from "./line.mjs";

const bad = { bits_per_second: 64_000, round_trip_ms: 400, loss: 0.02 };
const replies = 40;
const words = "Good evening, President. Are citizens of Iran able to read your tweets?";

// Words that nobody has said, so that they weigh what words weigh.
function some_words(i) {
  return createHash("sha512").update(String(i)).digest("hex").replace(/[0-9]/g, " ").replace(/ +/g, " ").slice(0, 80);
}

async function conversation(square) {
  const [jack, sara] = [await square.account("jack"), await square.account("sara")];
  const post = await jack.masto.v1.statuses.create({ status: words });
  for (let i = 0; i < replies; ++i) {
    await sara.masto.v1.statuses.create({ status: `@jack answer ${i}, ${some_words(i)}`, inReplyToId: post.id });
  }
  return `/@jack/${post.id}`;
}

test("on a bad line", { timeout: 120_000 }, async (t) => {
  const square = await Square.start(t, { options: ["--set", "rate_limits.enabled=false"] });
  const target = await conversation(square);
  const chromium = await browser(t);

  // Of three seconds a round trip each goes to the connection, to TLS, to the request and to a packet that was lost,
  // and 0.4 s to a certificate: in the second that is left some 8,000 bytes come.
  await t.test("a post is read from what comes within three seconds", async (t) => {
    const line = await slow_line(t, square.port, { ...bad, loss: 0, bytes_max: 8000 });
    const page = await chromium.visit(line.url);
    await page.goto(target, { waitUntil: "commit" });
    await page.getByText(words).waitFor();
    await page.getByText("answer 0,").waitFor();
    assert.equal(line.bytes, 8000, "the rest is on its way");
    assert.equal(await page.getByText(`answer ${replies - 1},`).count(), 0);
    assert.equal(line.connections, 1, "nothing else is waited for");
  });

  for (const javascript of [false, true]) {
    await t.test(`all of it comes, with${javascript ? "" : "out"} JavaScript`, async (t) => {
      const line = await slow_line(t, square.port, bad);
      const page = await chromium.visit(line.url, { javascript });
      const began = performance.now();
      const loaded = page.goto(target);
      await page.getByText(words).waitFor();
      const readable = performance.now() - began;
      await page.getByText(`answer ${replies - 1},`).waitFor();
      const whole = performance.now() - began;
      await loaded;
      t.diagnostic(`post readable after ${(readable / 1000).toFixed(1)} s, all answers after ${(whole / 1000).toFixed(1)} s, ` +
        `${line.bytes} bytes and ${line.connections} connections until all is loaded after ${((performance.now() - began) / 1000).toFixed(1)} s`);
    });
  }
});
