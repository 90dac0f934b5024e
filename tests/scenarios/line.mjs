// A slow and lossy line before a server, as readers behind a filter have one.

import net from "node:net";
import { once } from "node:events";

const segment_bytes = 1460; // TCP over Ethernet
const head_bytes = 40; // of IP and TCP, for each

// Numbers from 0 to 1, the same each time.
function dice(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

// Listens on a port of its own and passes bytes on to `port` as a line of `bits_per_second` with `round_trip_ms`
// and `loss` (of 1) would. A connection takes a round trip before anything is sent. What is lost holds up all that
// comes behind it until it was sent again, a round trip later. The first 14 KB need no acknowledgement (RFC 6928), and
// a line as slow as this acknowledges the rest while it is busy. With `bytes_max` no more than so many bytes of
// answers come through, all in all: the rest is still on its way.
export async function slow_line(t, port, { bits_per_second, round_trip_ms, loss, bytes_max = Infinity }) {
  const roll = dice(2013);
  const sockets = new Set();
  const line = { connections: 0, bytes: 0 };
  const server = net.createServer((reader) => {
    line.connections += 1;
    const origin = net.connect(port, "127.0.0.1");
    for (const socket of [reader, origin]) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.on("error", () => [reader, origin].forEach((each) => each.destroy()));
    }
    let last = performance.now() + round_trip_ms;
    reader.on("data", (bytes) => {
      const wait = Math.max(0, last - performance.now()) + round_trip_ms / 2;
      setTimeout(() => origin.write(bytes), wait);
    });
    let free = 0; // when the line has sent what it was given so far
    let arrived = 0; // when that is there
    origin.on("data", (bytes) => {
      for (let at = 0; at < bytes.length && line.bytes < bytes_max; at += segment_bytes) {
        const segment = bytes.subarray(at, Math.min(at + segment_bytes, at + bytes_max - line.bytes));
        line.bytes += segment.length;
        free = Math.max(free, performance.now()) + ((segment.length + head_bytes) * 8000) / bits_per_second;
        const resent = roll() < loss ? round_trip_ms : 0;
        arrived = Math.max(arrived, free + round_trip_ms / 2 + resent);
        setTimeout(() => reader.write(segment), arrived - performance.now());
      }
    });
    origin.on("close", () => setTimeout(() => reader.end(), Math.max(0, arrived - performance.now()) + 1));
    reader.on("close", () => origin.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => {
    sockets.forEach((socket) => socket.destroy());
    server.close();
  });
  line.url = `http://localhost:${server.address().port}`;
  return line;
}
