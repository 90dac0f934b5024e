// What the scenarios share: a square started on a fresh folder, people with tokens, streams, raw sockets.
// Everything is black box: the release binary, its command line, HTTP. Each wait has a deadline.

import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { createRestAPIClient, createStreamingAPIClient } from "masto";
import { Visitor, element } from "./visitor.mjs";

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
export const soak = process.env.HOOPOE_SOAK === "1";
const binary = path.resolve(root, process.env.HOOPOE_BIN ?? "build/release/hoopoe");
const oob = "urn:ietf:wg:oauth:2.0:oob";
const scopes = "read write follow push";
const start_seconds_max = 15;
const stop_seconds_max = 5; // what an operator's service manager is promised

// The value of `look()` once it is truthy; an assertion's failure in it counts as not yet.
export async function eventually(look, what, seconds = 10) {
  const end = performance.now() + seconds * 1000;
  for (let pause = 5; ; pause = Math.min(pause * 2, 200)) {
    let cause;
    try {
      const value = await look();
      if (value) return value;
    } catch (error) {
      cause = error;
    }
    if (performance.now() > end) throw new Error(`not within ${seconds} s: ${what}`, { cause });
    await sleep(pause);
  }
}

export async function free_port() {
  const server = net.createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}

export class Square {
  // A running square on an empty folder, which ends with the test `t`. `options`: further ones for `serve`.
  static async start(t, { options = [] } = {}) {
    const square = new Square();
    square.data = fs.mkdtempSync(path.join(os.tmpdir(), "hoopoe-"));
    square.port = await free_port();
    square.url = `http://127.0.0.1:${square.port}`;
    square.options = options;
    square.log = "";
    t.after(async () => {
      try {
        if (square.running) await square.stop();
      } finally {
        square.child?.kill("SIGKILL");
        square.keep_log(t.name);
        fs.rmSync(square.data, { recursive: true, force: true });
      }
    });
    await square.serve();
    return square;
  }

  get running() {
    return this.child && this.child.exitCode === null && this.child.signalCode === null;
  }

  // Starts the program on this square's folder and port, the first time or again.
  async serve() {
    const words = ["serve", "--data", this.data, "--listen", `127.0.0.1:${this.port}`, ...this.options];
    this.child = spawn(binary, words, { cwd: this.data, stdio: ["ignore", "pipe", "pipe"] });
    this.ended = once(this.child, "exit");
    this.ended.catch(() => {});
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream.setEncoding("utf8").on("data", (text) => (this.log += text));
    }
    await eventually(async () => {
      if (!this.running) return true;
      const answer = await fetch(`${this.url}/health`, { signal: AbortSignal.timeout(1000) });
      await answer.arrayBuffer();
      return answer.ok;
    }, `${binary} answers /health; its log:\n${this.log.slice(-4000)}`, start_seconds_max);
    assert.ok(this.running, `the program ended instead of serving; its log:\n${this.log.slice(-4000)}`);
  }

  // Asks the program to end; it must within 5 s, and well. Returns the milliseconds it took.
  async stop() {
    const from = performance.now();
    this.child.kill("SIGTERM");
    const result = await Promise.race([this.ended, sleep(stop_seconds_max * 1000, null, { ref: false })]);
    if (!result) {
      await this.kill();
      assert.fail(`still running ${stop_seconds_max} s after SIGTERM`);
    }
    assert.deepEqual(result, [0, null], `ended with code, signal; its log:\n${this.log.slice(-4000)}`);
    return performance.now() - from;
  }

  // As a power cut ends it.
  async kill() {
    this.child.kill("SIGKILL");
    await this.ended;
  }

  keep_log(name) {
    const folder = path.join(root, "build/scenario-logs");
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(path.join(folder, `${name.replace(/\W+/g, "-").slice(0, 60)}.log`), this.log);
  }

  // Runs `hoopoe WORDS --data ...` with `input`, beside the running server.
  command(words, input = "") {
    return new Promise((resolve, reject) => {
      const child = execFile(binary, [...words, "--data", this.data], { timeout: 20_000 }, (error, stdout, stderr) =>
        error ? reject(new Error(`hoopoe ${words.join(" ")}: ${stderr || error}`)) : resolve(stdout));
      child.stdin.on("error", () => {}).end(input); // EPIPE, when a command ends that never reads
    });
  }

  // A new person with an account, and a token for it that was asked for as an app asks.
  async account(handle) {
    const password = `the password of ${handle}`;
    const email = `${handle.toLowerCase()}@example.org`;
    await this.command(["account", "create", handle, "--email", email, "--password-stdin"], `${password}\n`);
    const token = await this.token(handle, password);
    const person = { handle, email, password, token, masto: this.masto(token) };
    person.id = (await person.masto.v1.accounts.verifyCredentials()).id;
    return person;
  }

  // OAuth's code flow through the pages, as a browser without scripts goes through it.
  async token(login, password) {
    const app = await this.json("POST", "/api/v1/apps", {
      body: { client_name: "Scenarios", redirect_uris: oob, scopes },
    });
    const query = new URLSearchParams({ response_type: "code", client_id: app.client_id, redirect_uri: oob, scope: scopes });
    const visitor = new Visitor(this.url);
    await visitor.open(`/oauth/authorize?${query}`);
    await visitor.submit((form) => "password" in form.fields, { login, password });
    await visitor.submit((form) => form.buttons.some((button) => button.name === "decision"), { decision: "allow" });
    const code = element(visitor.html, "code");
    assert.ok(code, `no <code> with the code on ${visitor.location}:\n${visitor.html.slice(0, 2000)}`);
    const answer = await this.json("POST", "/oauth/token", {
      body: {
        grant_type: "authorization_code", code, redirect_uri: oob,
        client_id: app.client_id, client_secret: app.client_secret,
      },
    });
    assert.equal(answer.token_type, "Bearer");
    return answer.access_token;
  }

  // One request; a plain object as body goes as JSON, URLSearchParams as a form.
  async request(method, target, { token, body, headers = {}, seconds = 10, redirect = "manual" } = {}) {
    const all = { ...(token && { authorization: `Bearer ${token}` }), ...headers };
    const plain = body && Object.getPrototypeOf(body) === Object.prototype;
    if (plain) all["content-type"] = "application/json";
    return fetch(this.url + target, {
      method, headers: all, redirect, body: plain ? JSON.stringify(body) : body, signal: AbortSignal.timeout(seconds * 1000),
    });
  }

  // As request(); the status must be `expected`, the body is JSON.
  async json(method, target, { expected = 200, ...rest } = {}) {
    const answer = await this.request(method, target, rest);
    const text = await answer.text();
    assert.equal(answer.status, expected, `${method} ${target}: ${answer.status} ${text.slice(0, 500)}`);
    return JSON.parse(text);
  }

  // A page as an anonymous reader gets it.
  async page(target, expected = 200) {
    const answer = await this.request("GET", target, { headers: { accept: "text/html" }, redirect: "follow" });
    const html = await answer.text();
    assert.equal(answer.status, expected, `GET ${target}: ${answer.status} ${html.slice(0, 500)}`);
    return html;
  }

  masto(token) {
    return createRestAPIClient({ url: this.url, accessToken: token, timeout: 10_000 });
  }

  masto_streaming(token) {
    return createStreamingAPIClient({
      streamingApiUrl: `${this.url.replace("http", "ws")}/api/v1/streaming`, accessToken: token, retry: false,
    });
  }

  // Bytes as they are to the port: `chunks` with `pause_ms` between them. What came back until the other side closed,
  // or until an answer had come and `seconds` passed without more.
  async raw(chunks, { seconds = 5, pause_ms = 0 } = {}) {
    const socket = net.connect(this.port, "127.0.0.1");
    const parts = [];
    let closed = false;
    socket.on("data", (part) => parts.push(part)).on("error", () => (closed = true)).on("close", () => (closed = true));
    for (const chunk of [].concat(chunks)) {
      if (closed) break;
      if (!socket.write(chunk)) await Promise.race([once(socket, "drain").catch(() => {}), sleep(1000)]);
      if (pause_ms) await sleep(pause_ms);
    }
    const whole = () => complete(Buffer.concat(parts).toString("latin1"));
    const end = performance.now() + seconds * 1000;
    while (!closed && !whole() && performance.now() < end) await sleep(5);
    socket.destroy();
    const text = Buffer.concat(parts).toString("utf8");
    const head = text.split("\r\n\r\n", 1)[0];
    return { closed, text, head, status: Number(/^HTTP\/1\.[01] (\d{3})/.exec(text)?.[1] ?? 0), body: text.slice(head.length + 4) };
  }
}

// Whether an HTTP answer is there in full, by its length or its last chunk.
function complete(text) {
  const head = text.split("\r\n\r\n", 1)[0];
  if (/^transfer-encoding:\s*chunked/im.test(head)) return text.endsWith("\r\n0\r\n\r\n");
  const length = /^content-length:\s*(\d+)/im.exec(head)?.[1];
  return length !== undefined && text.length >= head.length + 4 + Number(length);
}
