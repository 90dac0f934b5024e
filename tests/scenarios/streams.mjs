// Readers of what happens as it happens: server-sent events and WebSocket, each wait with a deadline.

import { setTimeout as sleep } from "node:timers/promises";

// Keeps all that came, and gives what a test waits for.
class Stream {
  constructor(close) {
    this.events = [];
    this.close = close;
    this.waiting = new Set();
    this.ended = false;
  }

  take(event) {
    this.events.push(event);
    for (const wake of this.waiting) wake();
  }

  end() {
    this.ended = true;
    for (const wake of this.waiting) wake();
  }

  // The first event, come or yet to come, that `wanted` accepts.
  async until(wanted, what, seconds = 10) {
    const end = performance.now() + seconds * 1000;
    for (;;) {
      const found = this.events.find(wanted);
      if (found) return found;
      const left = end - performance.now();
      if (left <= 0 || this.ended) {
        const seen = this.events.map((event) => `${event.event} ${String(event.data).slice(0, 120)}`).join("\n");
        throw new Error(`${this.ended ? "the stream ended" : `not within ${seconds} s`}: ${what}; came:\n${seen}`);
      }
      let wake;
      await Promise.race([new Promise((resolve) => this.waiting.add((wake = resolve))), sleep(left, null, { ref: false })]);
      this.waiting.delete(wake);
    }
  }

  async *[Symbol.asyncIterator]() {
    for (let next = 0; ; ++next) yield this.until((_, index) => index === next, `event ${next}`);
  }
}

// Events {id, event, data} of a server-sent stream; comments are {comment}. Resolves when the stream is open.
export async function sse(url, { token, last_event_id } = {}) {
  const abort = new AbortController();
  const stream = new Stream(() => abort.abort());
  const answer = await fetch(url, {
    headers: {
      accept: "text/event-stream",
      ...(token && { authorization: `Bearer ${token}` }),
      ...(last_event_id && { "last-event-id": last_event_id }),
    },
    signal: abort.signal,
  });
  const type = answer.headers.get("content-type") ?? "";
  if (answer.status !== 200 || !type.startsWith("text/event-stream")) {
    const text = await answer.text();
    throw new Error(`GET ${url}: ${answer.status} ${type} ${text.slice(0, 300)}`);
  }
  read_events(answer.body, stream).catch(() => {}).finally(() => stream.end());
  return stream;
}

async function read_events(body, stream) {
  let rest = "";
  let event = {};
  for await (const part of body.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + part).split(/\r\n|\n/);
    rest = lines.pop();
    for (const line of lines) {
      if (line === "") {
        if ("data" in event) stream.take({ event: "message", ...event });
        event = {};
      } else if (line.startsWith(":")) {
        stream.take({ event: ":", comment: line.slice(1) });
      } else {
        const [, name, value] = /^([^:]*):? ?(.*)$/s.exec(line);
        event[name] = name === "data" && "data" in event ? `${event.data}\n${value}` : value;
      }
    }
  }
}

// Events {stream, event, data} of the multiplexed WebSocket. `subscribe`: the streams to ask for once it is open.
export async function websocket(url, { token, subscribe = [] } = {}) {
  const socket = new WebSocket(url, token ? [token] : []);
  const stream = new Stream(() => socket.close());
  stream.send = (message) => socket.send(typeof message === "string" ? message : JSON.stringify(message));
  socket.addEventListener("message", ({ data }) => {
    const frame = JSON.parse(data);
    stream.take({ ...frame, data: frame.payload ?? frame.error });
  });
  socket.addEventListener("close", () => stream.end());
  await new Promise((resolve, reject) => {
    socket.addEventListener("open", resolve, { once: true });
    socket.addEventListener("error", () => reject(new Error(`WebSocket ${url} did not open`)), { once: true });
    setTimeout(() => reject(new Error(`WebSocket ${url}: no answer in 10 s`)), 10_000).unref();
  });
  for (const name of subscribe) stream.send({ type: "subscribe", stream: name });
  return stream;
}
