// The harness' own parsers, so that a scenario fails for the program's reasons only.

import assert from "node:assert/strict";
import http from "node:http";
import { once } from "node:events";
import test from "node:test";
import { sse } from "./streams.mjs";
import { decode, element, forms, links, visible } from "./visitor.mjs";

test("a form is found with its hidden fields and its buttons", () => {
  const html = `<p>x</p><form action="/oauth/authorize" method=post><input type="hidden" name="csrf" value="a&amp;b">
    <input type=checkbox name=off value=1><input type='checkbox' name='on' value='1' checked>
    <textarea name="text"></textarea><button name="decision" value="allow">Allow</button>
    <button name="decision" value="deny">Deny</button></form>`;
  assert.deepEqual(forms(html), [{
    action: "/oauth/authorize", method: "post", fields: { csrf: "a&b", on: "1", text: "" },
    buttons: [{ name: "decision", value: "allow" }, { name: "decision", value: "deny" }],
  }]);
});

test("what is visible of a page has no tags, no styles and no entities", () => {
  assert.equal(visible("<head><title>t</title></head><style>p{}</style><p>ppl&#39;ll <b>b</b>&lt;1<br>2</p>").trim(), "ppl'll b<1 2");
  assert.equal(element("<p>Code: <code class=x> abc </code>", "code"), "abc");
  assert.deepEqual(links('<a class="x" href="/tags/right?a=1&amp;b=2">#right</a><a name=y>'), ["/tags/right?a=1&b=2"]);
  assert.equal(decode("&#x6a9;&#1705;&quot;&nothing;"), 'کک"&nothing;');
});

test("server-sent events are read across chunks, with ids, comments and lines of data", async (t) => {
  const chunks = ["event: upd", "ate\nid: 7\ndata: a\nda", "ta: b\n\n:thump\n\n", "data:c\n\n"];
  const server = http.createServer(async (_, answer) => {
    answer.writeHead(200, { "content-type": "text/event-stream" });
    for (const chunk of chunks) {
      answer.write(chunk);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    answer.end();
  }).listen(0, "127.0.0.1");
  t.after(() => server.close());
  await once(server, "listening");
  const stream = await sse(`http://127.0.0.1:${server.address().port}/`);
  await stream.until((event) => event.data === "c", "the last event");
  assert.deepEqual(stream.events, [
    { event: "update", id: "7", data: "a\nb" }, { event: ":", comment: "thump" }, { event: "message", data: "c" },
  ]);
  await assert.rejects(stream.until((event) => event.data === "never", "an event that never comes", 0.2), /came/);
});
