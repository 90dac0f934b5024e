// What an operator types, while the server runs and while it does not.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import test from "node:test";
import { Square, eventually, root } from "./harness.mjs";
import { sse } from "./streams.mjs";

const binary = path.resolve(root, process.env.HOOPOE_BIN ?? "build/release/hoopoe");

// `hoopoe WORDS` in a folder: its exit code and what it said.
function run(cwd, words, input = "") {
  return new Promise((resolve) => {
    const child = execFile(binary, words, { cwd, timeout: 20_000 }, (error, stdout, stderr) =>
      resolve({ code: error ? error.code : 0, stdout, stderr }));
    child.stdin.on("error", () => {}).end(input);
  });
}

async function ok(cwd, words, input) {
  const { code, stdout, stderr } = await run(cwd, words, input);
  assert.equal(code, 0, `hoopoe ${words.join(" ")}: ${stderr}`);
  return stdout;
}

function temporary(t) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "hoopoe-"));
  t.after(() => fs.rmSync(folder, { recursive: true, force: true }));
  return folder;
}

// Signs up as an app does, and gives the token.
async function join(square, username) {
  const app = await square.json("POST", "/api/v1/apps", {
    body: { client_name: "Commands", redirect_uris: "urn:ietf:wg:oauth:2.0:oob", scopes: "read write" },
  });
  const { access_token } = await square.json("POST", "/oauth/token", {
    body: { grant_type: "client_credentials", client_id: app.client_id, client_secret: app.client_secret, scope: "read write" },
  });
  const person = await square.json("POST", "/api/v1/accounts", {
    token: access_token,
    body: { username, email: `${username}@example.org`, password: "long enough", agreement: true, locale: "en" },
  });
  return person.access_token;
}

const create = (handle) => ["account", "create", handle, "--email", `${handle}@example.org`, "--password-stdin"];

test("without a server, commands open the store themselves", async (t) => {
  const folder = temporary(t);
  assert.equal(await ok(folder, [...create("jack"), "--admin"], "long enough\n"), "Created @jack, admin.\n");
  assert.match(await ok(folder, ["account", "list"]), /^\d+\t@jack\tjack@example\.org\tadmin\tactive\n$/);
  assert.equal(await ok(folder, ["account", "role", "jack", "person"]), "The role is person.\n");
  assert.match(await ok(folder, ["invite", "create", "--uses", "2"]), /^\S{16,}\n$/);
  assert.match(await ok(folder, ["account", "reset-password", "jack"]), /^The new password is \S{12,}\n$/);
  assert.match(await ok(folder, ["settings"]), /^sign_up\.mode = /m);
  assert.equal(fs.statSync(path.join(folder, "data")).mode & 0o777, 0o700);
});

test("words that are wrong say so, give 2, and leave nothing behind", async (t) => {
  const folder = temporary(t);
  for (const words of [[], ["fly"], ["account"], ["account", "create", "jack"], ["account", "role", "jack"],
    ["post", "delete"], ["invite", "create", "--uses", "many"], ["serve", "--unknown"]]) {
    const { code, stdout, stderr } = await run(folder, words);
    assert.equal(code, 2, words.join(" "));
    assert.notEqual(stdout + stderr, "", words.join(" "));
  }
  assert.deepEqual(fs.readdirSync(folder), []);
});

test("what cannot be done is told in words, gives 1, and leaves nothing behind", async (t) => {
  const folder = temporary(t);
  for (const [words, said] of [
    [["account", "list"], /no square in/],
    [["account", "suspend", "jack"], /no square in/],
    [create("admin"), /reserved/],
    [["account", "create", "jack", "--email", "jack@example.org"], /--password-stdin/],
    [["serve", "--listen", "nowhere"], /write address:port/],
    [["serve", "--set", "sign_up.mode=perhaps"], /sign_up\.mode is open, approval, invite or closed/],
    [["serve", "--set", "trusted_proxies=everyone"], /trusted_proxies/],
    [["serve", "--config", "missing.toml"], /missing\.toml/],
  ]) {
    const { code, stderr } = await run(folder, words, "long enough\n");
    assert.equal(code, 1, words.join(" "));
    assert.match(stderr, said, words.join(" "));
    assert.match(stderr, /^hoopoe: /, words.join(" "));
  }
  assert.deepEqual(fs.readdirSync(folder), []);
});

test("beside a running server, the same commands go through its socket", async (t) => {
  const square = await Square.start(t);
  assert.equal(fs.statSync(path.join(square.data, "control.sock")).mode & 0o7777, 0o600);
  assert.equal(await square.command(create("jack"), "long enough\n"), "Created @jack.\n");
  assert.equal((await square.json("GET", "/api/v1/accounts/lookup?acct=jack")).username, "jack");
  await assert.rejects(square.command(["account", "suspend", "nobody"]), /There is no account @nobody\./);
  await assert.rejects(square.command(create("JACK"), "long enough\n"), /taken/);

  const token = await join(square, "biz");
  const post = await square.json("POST", "/api/v1/statuses", { token, body: { status: "hello" } });
  assert.equal(await square.command(["post", "delete", post.id]), "Deleted.\n");
  await square.json("GET", `/api/v1/statuses/${post.id}`, { expected: 404 });
  await assert.rejects(square.command(["post", "delete", post.id]), /There is no such post\./);
  assert.equal(await square.command(["account", "delete", "biz"]), "Deleted, with all its posts.\n");
  await square.json("GET", "/api/v1/timelines/home", { token, expected: 401 });
});

test("a second server on the same data is refused, and the first goes on", async (t) => {
  const square = await Square.start(t);
  const { code, stderr } = await run(square.data, ["serve", "--data", square.data, "--listen", "127.0.0.1:1"]);
  assert.equal(code, 1);
  assert.match(stderr, new RegExp(`is in use by process ${square.child.pid}`));
  assert.match(await square.command(create("jack"), "long enough\n"), /Created/);
});

test("who is suspended is gone from every answer and stream within a second", async (t) => {
  const square = await Square.start(t);
  const [jack, biz] = [await join(square, "jack"), await join(square, "biz")];
  const post = await square.json("POST", "/api/v1/statuses", { token: jack, body: { status: "hello @biz" } });
  const own = await sse(`${square.url}/api/v1/streaming/user`, { token: jack });
  const from = performance.now();
  await square.command(["account", "suspend", "jack"]);
  await square.json("GET", "/api/v1/timelines/home", { token: jack, expected: 401 });
  await square.json("GET", `/api/v1/statuses/${post.id}`, { expected: 404 });
  assert.deepEqual(await square.json("GET", "/api/v1/timelines/public"), []);
  assert.deepEqual(await square.json("GET", "/api/v1/notifications", { token: biz }), []);
  await eventually(() => own.ended, "the stream of the suspended ends", 1);
  const took = performance.now() - from;
  assert.ok(took < 1000, `gone after ${Math.round(took)} ms`);

  await square.command(["account", "unsuspend", "jack"]);
  assert.equal((await square.json("GET", `/api/v1/statuses/${post.id}`)).id, post.id);
  await square.json("GET", "/api/v1/timelines/home", { token: jack, expected: 401 });
});

test("a new password ends what was signed in", async (t) => {
  const square = await Square.start(t);
  const token = await join(square, "jack");
  const stream = await sse(`${square.url}/api/v1/streaming/user`, { token });
  assert.equal(await square.command(["account", "reset-password", "jack", "--password-stdin"], "a new one\n"), "The password is changed.\n");
  await eventually(() => stream.ended, "the stream ends", 1);
  await square.json("GET", "/api/v1/timelines/home", { token, expected: 401 });
});

test("who waits for approval posts once an operator says yes", async (t) => {
  const square = await Square.start(t, { options: ["--set", "sign_up.mode=approval"] });
  const token = await join(square, "ev");
  const refused = await square.json("POST", "/api/v1/statuses", { token, body: { status: "hello" }, expected: 403 });
  assert.equal(refused.error, "Your login is currently pending approval");
  assert.match(await square.command(["account", "list"]), /@ev\tev@example\.org\tperson\twaits for approval/);
  assert.equal(await square.command(["account", "approve", "ev"]), "Approved.\n");
  await square.json("POST", "/api/v1/statuses", { token, body: { status: "hello" } });
});
