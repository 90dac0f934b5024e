// Bytes from people who mean harm, or whose program is broken: refused with a useful text, never a 500, nothing written.

import assert from "node:assert/strict";
import net from "node:net";
import test from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { Square, soak } from "./harness.mjs";

const posts = "/api/v1/statuses";

// Asserts a refusal: 4xx, words that help, and nothing of the program's inside.
function refused(answer, what, expected) {
  const said = `${what}: ${answer.text.slice(0, 300) || "(nothing)"}`;
  assert.ok(answer.status >= 400 && answer.status < 500, said);
  if (expected) assert.ok([].concat(expected).includes(answer.status), `expected ${expected}; ${said}`);
  assert.ok(answer.body.trim().length >= 3, `no useful text; ${said}`);
  assert.doesNotMatch(answer.body, /std::|exception|sqlite|\.cpp|boost/i, said);
}

test("hostile input", { timeout: 600_000 }, async (t) => {
  const square = await Square.start(t);
  const jack = await square.account("jack");
  const host = `127.0.0.1:${square.port}`;
  const head = (line, ...more) => [line, `Host: ${host}`, ...more, "", ""].join("\r\n");
  const authorization = `Authorization: Bearer ${jack.token}`;
  const send = (type, body, ...more) => {
    const bytes = Buffer.isBuffer(body) ? body : Buffer.from(body);
    const first = head(`POST ${posts} HTTP/1.1`, authorization, `Content-Type: ${type}`, `Content-Length: ${bytes.length}`, ...more);
    return square.raw(Buffer.concat([Buffer.from(first), bytes]));
  };

  await t.test("malformed JSON", async () => {
    const bad = ['{"status":"a"', "{'status':'a'}", "[]", '"a"', "null", "", '{"status":{"a":1}}', '{"status":["a"]}', '{"status":"a"}x',
      "[".repeat(100_000), '{"a":'.repeat(50_000), '{"status":"\\ud800"}', '{"status":"a\nb"}', '{"status":"\\x"}'];
    for (const body of bad) refused(await send("application/json", body), body.slice(0, 40), [400, 413, 422]);
  });

  await t.test("bytes that are not UTF-8", async () => {
    const sequences = [[0xff], [0xc0, 0xaf], [0xed, 0xa0, 0x80], [0xf5, 0x80, 0x80, 0x80], [0xe2, 0x82], [0x80]];
    for (const sequence of sequences) {
      const json = Buffer.concat([Buffer.from('{"status":"a'), Buffer.from(sequence), Buffer.from('"}')]);
      refused(await send("application/json", json), `JSON with ${sequence}`, [400, 422]);
      const form = "status=a" + sequence.map((byte) => `%${byte.toString(16)}`).join("");
      refused(await send("application/x-www-form-urlencoded", form), `form with ${sequence}`, [400, 422]);
    }
    for (const text of ["a\ufffe", "a\uffff", "", "   ", "\u200b\u2060"]) {
      refused(await send("application/json", JSON.stringify({ status: text })), JSON.stringify(text), [400, 422]);
    }
  });

  await t.test("malformed forms", async () => {
    const form = "application/x-www-form-urlencoded";
    const bad = ["status", "=a", "&&&&", `${"a".repeat(3)}=1&`.repeat(50_000), `a${"[b]".repeat(20_000)}=1`];
    for (const body of bad) refused(await send(form, body), body.slice(0, 40), [400, 413, 422]);
    const part = '--x\r\nContent-Disposition: form-data; name="status"\r\n\r\na';
    refused(await send("multipart/form-data", part), "no boundary", [400, 415, 422]);
    refused(await send("multipart/form-data; boundary=x", part), "no end", [400, 422]);
    refused(await send("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data\r\n\r\na\r\n--x--\r\n"), "no name", [400, 422]);
    refused(await send(`multipart/form-data; boundary=${"x".repeat(5000)}`, part), "long boundary", [400, 413, 422]);
    refused(await send("application/x-unknown", "status=a"), "unknown type", [400, 415, 422]);
  });

  await t.test("ids that are none", async () => {
    const bad = ["abc", "-1", "0", "01", "+1", "1e5", "1.0", "9223372036854775808", "9".repeat(400), "1%00", "%27%20OR%201=1--", "1;drop", "%D9%A1"];
    for (const id of bad) {
      refused(await square.raw(head(`GET ${posts}/${id} HTTP/1.1`)), `post ${id}`, [400, 404]);
      refused(await square.raw(head(`GET /api/v1/accounts/${id} HTTP/1.1`)), `account ${id}`, [400, 404]);
      refused(await square.raw(head(`GET /@jack/${id} HTTP/1.1`)), `page ${id}`, [400, 404]);
    }
    for (const query of ["limit=-1", "limit=abc", "limit=99999999999999999999", "max_id=abc", "min_id=-1", "limit[]=1", "%ff=1", "max_id=%00"]) {
      const answer = await square.raw(head(`GET /api/v1/timelines/public?${query} HTTP/1.1`));
      assert.ok(answer.status >= 200 && answer.status < 500, `${query}: ${answer.text.slice(0, 200)}`);
    }
    refused(await send("application/json", '{"status":"a","in_reply_to_id":"abc"}'), "reply to no id", [400, 404, 422]);
    refused(await send("application/json", '{"status":"a","in_reply_to_id":"1"}'), "reply to nothing", [404, 422]);
    refused(await send("application/json", '{"status":"a","visibility":"everyone"}'), "unknown visibility", [400, 422]);
  });

  await t.test("too much of it", async () => {
    const huge = head(`POST ${posts} HTTP/1.1`, authorization, "Content-Type: application/json", "Content-Length: 9999999999");
    refused(await square.raw(huge), "a body announced at 10 GB", 413);
    refused(await send("application/json", JSON.stringify({ status: "a".repeat(400_000) })), "a text of 400 KB", [413, 422]);
    refused(await square.raw(head(`GET /${"a".repeat(100_000)} HTTP/1.1`)), "a long address", [400, 404, 414, 431]);
    refused(await square.raw(head("GET / HTTP/1.1", `X: ${"a".repeat(1_000_000)}`)), "a long header", [400, 431]);
    refused(await square.raw(head("GET / HTTP/1.1", ...Array(10_000).fill("X: a"))), "many headers", [400, 431]);
    const endless = [head(`POST ${posts} HTTP/1.1`, authorization, "Content-Type: application/json", "Transfer-Encoding: chunked")];
    for (let n = 0; n < 640; ++n) endless.push(`10000\r\n${"a".repeat(65_536)}\r\n`);
    const answer = await square.raw(endless);
    assert.ok(answer.closed || answer.status === 413, "a body without end is cut off");
    if (answer.status) refused(answer, "a body without end", 413);
    refused(await square.raw(head("GET /api/v1/accounts/verify_credentials HTTP/1.1", `Authorization: Bearer ${"a".repeat(6000)}`)), "a long token", [400, 401, 431]);
  });

  await t.test("framing that two programs would read differently", async () => {
    const body = '{"status":"smuggled"}';
    const type = "Content-Type: application/json";
    const framings = [
      [`Content-Length: ${body.length}`, "Transfer-Encoding: chunked"],
      ["Transfer-Encoding: chunked", `Content-Length: ${body.length}`],
      [`Content-Length: ${body.length}`, "Content-Length: 5"],
      ["Content-Length: -1"], ["Content-Length: +21"], ["Content-Length: 0x15"], ["Content-Length: 21, 22"],
      ["Transfer-Encoding: identity, chunked, identity"], ["Transfer-Encoding : chunked"], ["Transfer-Encoding: xchunked"],
      [`X: a\r\n folded`, `Content-Length : ${body.length}`],
    ];
    for (const framing of framings) {
      const answer = await square.raw(head(`POST ${posts} HTTP/1.1`, authorization, type, ...framing) + body);
      const what = framing.join(" | ");
      assert.ok(answer.status === 0 ? answer.closed : answer.status >= 400 && answer.status <= 501 && answer.status !== 500, `${what}: ${answer.text.slice(0, 200)}`);
    }
    for (const chunk of ["zz\r\na\r\n0\r\n\r\n", "-1\r\n\r\n", "ffffffffffffffffff\r\na", "5\r\nabc\r\n0\r\n\r\n"]) {
      const answer = await square.raw(head(`POST ${posts} HTTP/1.1`, authorization, type, "Transfer-Encoding: chunked") + chunk, { seconds: 1 });
      assert.ok(answer.status === 0 || (answer.status >= 400 && answer.status < 500), `${chunk}: ${answer.text.slice(0, 200)}`);
    }
  });

  await t.test("another host, or none", async () => {
    for (const other of ["example.org", "127.0.0.1.example.org", `${host}@example.org`, "[::1", "a b", ""]) {
      refused(await square.raw(`GET / HTTP/1.1\r\nHost: ${other}\r\n\r\n`), `Host: ${other}`, [400, 421]);
    }
    refused(await square.raw("GET / HTTP/1.1\r\nHost: example.org\r\n\r\n"), "another host", 421);
    refused(await square.raw("GET / HTTP/1.1\r\n\r\n"), "no host", [400, 421]);
    refused(await square.raw(`GET / HTTP/1.1\r\nHost: ${host}\r\nHost: example.org\r\n\r\n`), "two hosts", [400, 421]);
    refused(await square.raw(`GET http://example.org/ HTTP/1.1\r\nHost: ${host}\r\n\r\n`), "an address of another host", [400, 404, 421]);
  });

  await t.test("ways out of the folder", async () => {
    const ways = ["/../../../../etc/passwd", "/static/../../etc/passwd", "/static/..%2f..%2f..%2fetc%2fpasswd", "/static/%2e%2e/%2e%2e/etc/passwd",
      "//etc/passwd", "/static//etc/passwd", "/static/....//etc/passwd", "/static/..%5c..%5cetc%5cpasswd", "/static/%00", "/static/%c0%ae%c0%ae/", "/static/",
      "/@jack/../../etc/passwd", "/%2e%2e%2fetc%2fpasswd", "/@..%2f", "/tags/..%2f..%2fetc"];
    for (const way of ways) {
      const answer = await square.raw(head(`GET ${way} HTTP/1.1`));
      assert.doesNotMatch(answer.text, /root:/, way);
      if (way.startsWith("/tags/")) assert.ok(answer.status < 500, way);
      else refused(answer, way);
    }
  });

  await t.test("requests that are none", async () => {
    const bad = ["GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "\r\n\r\n\r\n", "GET / HTTP/1.1\nHost: x\n\n", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", "\0".repeat(1000),
      head("G\0T / HTTP/1.1"), head("GET / HTTP/1.1", "X\0: a"), head("GET / HTTP/1.1", "no colon"), head("CONNECT example.org:443 HTTP/1.1"),
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"];
    for (const bytes of bad) {
      const answer = await square.raw(Buffer.from(bytes, "latin1"), { seconds: 1 });
      assert.ok(answer.status === 0 || (answer.status >= 400 && answer.status < 500) || answer.status === 505, `${JSON.stringify(bytes.slice(0, 40))}: ${answer.text.slice(0, 200)}`);
    }
    for (const method of ["BREW", "TRACE", "PROPFIND"]) refused(await square.raw(head(`${method} / HTTP/1.1`)), method, [400, 404, 405]);
    refused(await square.raw(head("DELETE /api/v1/instance HTTP/1.1")), "a method that is not routed", [401, 403, 404, 405]);
    refused(await square.raw(head("GET /api/v1/nothing HTTP/1.1")), "an unknown call", 404);
    refused(await square.raw(head("GET /api/v1/streaming/nothing HTTP/1.1")), "an unknown stream", [400, 401, 404]);
    for (const token of ["Bearer", "Bearer ' OR 1=1", "Basic YTpi", "Bearer \u00e9", `bearer ${jack.token}x`]) {
      refused(await square.raw(head("GET /api/v1/timelines/home HTTP/1.1", `Authorization: ${token}`)), token, [400, 401]);
    }
    refused(await square.raw(head(`POST ${posts} HTTP/1.1`, "Content-Type: application/json", "Content-Length: 14") + '{"status":"a"}'), "no token", 401);
  });

  await t.test("slow senders do not keep the others waiting", async () => {
    const slow = [];
    for (let n = 0; n < 200; ++n) {
      const socket = net.connect(square.port, "127.0.0.1").on("error", () => {});
      socket.write("GET / HTTP/1.1\r\nX: ");
      slow.push(socket);
    }
    const drip = setInterval(() => slow.forEach((socket) => socket.writable && socket.write("a")), 500);
    try {
      for (let n = 0; n < 10; ++n) {
        const from = performance.now();
        await square.page("/");
        assert.ok(performance.now() - from < 1000, "a page within a second");
        await sleep(100);
      }
      // A byte now and then does not put off the end: the whole header has a deadline.
      if (soak || process.env.CI) {
        for (let waited = 0; waited < 75 && slow.some((socket) => !socket.closed); ++waited) await sleep(1000);
        assert.ok(slow.every((socket) => socket.closed), "closed within 75 s");
      }
    } finally {
      clearInterval(drip);
      slow.forEach((socket) => socket.destroy());
    }
  });

  await t.test("nothing of all that was written", async () => {
    assert.deepEqual(await square.json("GET", `/api/v1/accounts/${jack.id}/statuses`), []);
    await jack.masto.v1.statuses.create({ status: "still here" });
    assert.doesNotMatch(square.log, /AddressSanitizer|Assertion|terminate called/);
  });
});
