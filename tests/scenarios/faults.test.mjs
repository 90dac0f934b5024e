// The power goes while people write. What was acknowledged is there, nothing is there twice, the store is whole.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import test from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { Square, soak } from "./harness.mjs";
import { sse } from "./streams.mjs";
import { visible } from "./visitor.mjs";

const kills = soak || process.env.CI ? 50 : 12;
const writers = 8;
const burst_ms_max = 250; // between the first request of a round and the end

// One person who posts numbered texts, one after another, and knows which were acknowledged.
class Writer {
  constructor(square, person) {
    Object.assign(this, { square, person, acknowledged: new Map(), number: 0, unanswered: null, refused: 0 });
  }

  // Posts until the connection breaks. A text without an answer is sent again first, with its key.
  async write() {
    for (;;) {
      const text = this.unanswered ?? `${this.person.handle} writes number ${++this.number}`;
      this.unanswered = text;
      let answer;
      try {
        const response = await this.square.request("POST", "/api/v1/statuses", {
          token: this.person.token, body: { status: text }, headers: { "idempotency-key": text }, seconds: 5,
        });
        answer = { status: response.status, body: await response.json() };
      } catch {
        return;
      }
      if (answer.status === 200) {
        this.acknowledged.set(text, answer.body.id);
        this.unanswered = null;
      } else {
        // Too many, or no room in a queue, or on its way out: said before anything was written, so tried again.
        assert.ok([429, 503].includes(answer.status), `${answer.status} ${JSON.stringify(answer.body)}`);
        ++this.refused;
        await sleep(20);
      }
    }
  }

  // Every post of this account, by the API's pages: text -> ids.
  async all() {
    const found = new Map();
    for await (const page of this.square.masto().v1.accounts.$select(this.person.id).statuses.list({ limit: 40 })) {
      for (const post of page) {
        const text = visible(post.content).trim();
        found.set(text, [...(found.get(text) ?? []), post.id]);
      }
    }
    return found;
  }

  async check() {
    const found = await this.all();
    for (const [text, id] of this.acknowledged) assert.deepEqual(found.get(text), [id], `acknowledged: ${text}`);
    for (const [text, ids] of found) assert.equal(ids.length, 1, `twice: ${text}`);
    const known = this.acknowledged.size + (this.unanswered ? 1 : 0);
    assert.ok(found.size <= known, `${found.size} posts, of ${known} that were sent`);
    return this.acknowledged.size;
  }
}

// SQLite's own verdict, on a copy as the power cut left it.
function integrity(folder) {
  const copy = fs.mkdtempSync(path.join(os.tmpdir(), "hoopoe-copy-"));
  try {
    // Sockets are skipped: they cannot be copied, and mean nothing there.
    fs.cpSync(folder, copy, { recursive: true, filter: (name) => !fs.lstatSync(name).isSocket() });
    const files = fs.readdirSync(copy, { recursive: true }).map((name) => path.join(copy, name)).filter((name) =>
      fs.statSync(name).isFile() && fs.readFileSync(name).subarray(0, 15).toString() === "SQLite format 3");
    assert.ok(files.length > 0, "there is a store in the folder");
    for (const file of files) {
      assert.equal(execFileSync("sqlite3", [file, "PRAGMA integrity_check; PRAGMA foreign_key_check;"], { encoding: "utf8" }).trim(), "ok");
    }
  } finally {
    fs.rmSync(copy, { recursive: true });
  }
}

async function crowd(square) {
  const people = [];
  for (let n = 0; n < writers; ++n) people.push(new Writer(square, await square.account(["arash", "bita", "cyrus", "darya", "ehsan", "farah", "golnaz", "hamid"][n])));
  return people;
}

test(`kill -9 at ${kills} moments loses no acknowledged post and doubles none`, { timeout: 900_000 }, async (t) => {
  const square = await Square.start(t, { options: ["--set", "rate_limits.enabled=false"] });
  const people = await crowd(square);
  for (let round = 0; round < kills; ++round) {
    const writing = people.map((writer) => writer.write());
    await sleep(Math.random() * burst_ms_max);
    await square.kill();
    await Promise.all(writing);
    integrity(square.data);
    await square.serve();
    if (round % 10 === 9) for (const writer of people) await writer.check();
  }
  let sum = 0;
  for (const writer of people) sum += await writer.check();
  t.diagnostic(`${sum} posts acknowledged, ${people.reduce((all, writer) => all + writer.refused, 0)} put off`);
  assert.ok(sum >= kills, `only ${sum} posts were acknowledged in ${kills} rounds`);
  await square.stop();
  integrity(square.data);
});

test("SIGTERM under load ends within 5 s, and keeps what it acknowledged", { timeout: 120_000 }, async (t) => {
  const square = await Square.start(t, { options: ["--set", "rate_limits.enabled=false"] });
  const people = await crowd(square);
  const readers = [];
  for (const writer of people) readers.push(await sse(`${square.url}/api/v1/streaming/user`, { token: writer.person.token }));
  t.after(() => readers.forEach((reader) => reader.close()));
  const writing = people.map((writer) => writer.write());
  await sleep(500);
  t.diagnostic(`ended in ${(await square.stop()).toFixed(0)} ms`);
  await Promise.all(writing);
  await square.serve();
  let sum = 0;
  for (const writer of people) sum += await writer.check();
  assert.ok(sum > 0);
});
