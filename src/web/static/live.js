// The list of a page grows while somebody looks at it. The tabs of a browser share one connection: one of them
// holds it and tells the others. Where server-sent events do not come through, it polls; where that fails too,
// each tab loads its own page again from time to time.

/** @typedef {{kind: string, id: string, list: string, text: string}} LiveEvent */

const hello_seconds = 10; // what holds events back for longer is not waited for
const reload_spread_seconds = 3;
const refresh_seconds = 30;
const failures_max = 3; // in a row, before the next way is tried
const lists_max = 8; // that one connection may name
const announce_seconds = 20; // who has been silent for two of these has gone

const list = /** @type {HTMLElement} */ (document.querySelector("[data-live]"));
const status = /** @type {HTMLElement} */ (document.querySelector("[data-live-down]"));
const fresh = /** @type {HTMLElement} */ (document.querySelector(".fresh-posts"));
const own = list.dataset.live ?? "";

// --- What this tab shows.

/** @type {Element[]} */
let waiting = []; // newest first
const is_read_from_the_top = () => scrollY < 150 && document.visibilityState === "visible";

function show_waiting() {
  document.querySelector("[data-empty]")?.remove();
  for (const post of waiting) post.classList.add("fresh");
  list.prepend(...waiting);
  waiting = [];
  fresh.hidden = true;
}

/** @param {Element} post */
function take(post) {
  const shown = document.getElementById(post.id);
  if (shown) return shown.replaceWith(post);
  waiting = [post, ...waiting.filter((other) => other.id !== post.id)];
  if (is_read_from_the_top() && fresh.hidden) return show_waiting();
  fresh.hidden = false;
  /** @type {HTMLElement} */ (fresh.querySelector("b")).textContent = String(waiting.length);
}

/** @param {string} id */
function remove(id) {
  waiting = waiting.filter((post) => post.id !== "p" + id);
  document.getElementById("p" + id)?.remove();
}

function reload() {
  const is_writing = [...document.querySelectorAll("textarea")].some((text) => text.value !== text.defaultValue);
  if (!is_writing) location.reload();
}

async function refresh() {
  const answer = await fetch(location.href).catch(() => null);
  if (!answer?.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const post of [...page.querySelectorAll("[data-live] > article, [data-summary] > article")].reverse()) take(post);
}

// The server does the same to pages that are asked for with "Save-Data: on".
const saves_data = /** @type {any} */ (navigator).connection?.saveData;

/** @param {HTMLImageElement} photo */
function only_on_request(photo) {
  const link = /** @type {HTMLAnchorElement} */ (photo.closest("a"));
  link.href = photo.getAttribute("src") ?? "";
  link.className = "asked";
  link.replaceChildren(`Photo: ${photo.alt}`);
}

/** @param {LiveEvent} event */
function handle(event) {
  for (const each of wanted.values()) if (event.id && BigInt(event.id) > each.heard) each.heard = BigInt(event.id);
  if (event.kind === "state") status.textContent = event.text === "up" ? "" : status.dataset.liveDown ?? "";
  if (event.kind === "refresh") refresh();
  if (event.kind === "reset") reload();
  if (event.list !== own) return;
  // Everybody does, and not all at once.
  if (event.kind === "reload" && BigInt(event.id) > BigInt(list.dataset.after ?? "0")) setTimeout(reload, Math.random() * reload_spread_seconds * 1000);
  if (event.kind === "delete") remove(event.text);
  if (event.kind !== "post") return;
  const holder = document.createElement("template");
  holder.innerHTML = event.text;
  if (saves_data) for (const photo of holder.content.querySelectorAll(".photos img")) only_on_request(/** @type {HTMLImageElement} */ (photo));
  if (holder.content.firstElementChild) take(holder.content.firstElementChild);
}

fresh.querySelector("button")?.addEventListener("click", () => {
  show_waiting();
  scrollTo({ top: 0 });
});
addEventListener("pageshow", (event) => event.persisted && refresh());

// Times in words grow old.
setInterval(() => {
  for (const time of document.querySelectorAll(".when time")) {
    const minutes = Math.floor((Date.now() - Date.parse(/** @type {HTMLTimeElement} */ (time).dateTime)) / 60000);
    if (minutes >= 1 && minutes < 24 * 60) time.textContent = minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h`;
  }
}, 60_000);

// --- Between the tabs.

const channel = "BroadcastChannel" in window && navigator.locks ? new BroadcastChannel("hoopoe-live") : null;

/** @param {LiveEvent} event */
function tell(event) {
  handle(event);
  channel?.postMessage(event);
}

/** The lists that tabs look at: up to which event they are known, and when it was last said that they are
 * looked at. @type {Map<string, {heard: bigint, said: number}>} */
const wanted = new Map();
let restart = () => {}; // of who holds the connection

/** @param {string} name @param {string} after */
function want(name, after) {
  const known = wanted.get(name);
  wanted.set(name, { heard: known?.heard ?? BigInt(after), said: Date.now() });
  if (!known) restart();
}

function announce() {
  want(own, list.dataset.after ?? "0");
  channel?.postMessage({ kind: "want", id: list.dataset.after, list: own, text: "" });
  const gone = [...wanted].filter(([, { said }]) => Date.now() - said > announce_seconds * 2000);
  for (const [name] of gone) wanted.delete(name);
}

channel?.addEventListener("message", ({ data }) => {
  if (data.kind === "want") want(data.list, data.id);
  else handle(data);
});

// --- The connection, in one tab.

/** @param {string} kind @param {string} id @param {string} data */
function parse(kind, id, data) {
  const [list] = data.split("\n", 1);
  return { kind, id, list, text: data.slice(list.length + 1) };
}

/** @param {string} path */
function address(path) {
  const lists = [...wanted].slice(-lists_max);
  const after = lists.map(([, { heard }]) => heard).reduce((least, heard) => (heard < least ? heard : least));
  return `${path}?${lists.map(([name]) => `on=${encodeURIComponent(name)}`).join("&")}&after=${after}`;
}

/** @param {"up" | "down"} state */
const say = (state) => tell({ kind: "state", id: "", list: "", text: state });

/** Until it fails, or a list is added. @returns {Promise<"again" | "failed">} */
function listen() {
  return new Promise((resolve) => {
    const events = new EventSource(address("/live/events"));
    let failures = 0;
    /** @param {"again" | "failed"} how */
    const end = (how) => {
      clearTimeout(timer);
      events.close();
      resolve(how);
    };
    const timer = setTimeout(() => end("failed"), hello_seconds * 1000);
    restart = () => end("again");
    events.addEventListener("hello", () => {
      clearTimeout(timer);
      failures = 0;
      say("up");
    });
    events.addEventListener("error", () => {
      say("down");
      if (events.readyState === EventSource.CLOSED || ++failures >= failures_max) end("failed");
    });
    for (const kind of ["post", "delete", "reload", "reset"]) {
      events.addEventListener(kind, (event) => tell(parse(kind, event.lastEventId, event.data)));
    }
  });
}

/** One question, answered by the next event or by nothing after a while. */
async function poll() {
  const answer = await fetch(address("/live/poll"));
  if (!answer.ok) throw new Error(String(answer.status));
  const text = await answer.text();
  say("up");
  for (const block of text.split("\n\n").filter((each) => each.includes("event: "))) {
    /** @param {string} name */
    const field = (name) => block.split("\n").filter((line) => line.startsWith(name + ": ")).map((line) => line.slice(name.length + 2)).join("\n");
    tell(parse(field("event"), field("id"), field("data")));
  }
}

/** @param {number} seconds */
const pause = (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

async function lead() {
  while (true) {
    while ((await listen()) === "again");
    for (let failures = 0; failures < failures_max; ) {
      try {
        await poll();
        failures = 0;
      } catch {
        say("down");
        await pause(2 ** ++failures);
      }
    }
    tell({ kind: "refresh", id: "", list: "", text: "" });
    await pause(refresh_seconds);
  }
}

announce();
if (channel) {
  setInterval(announce, announce_seconds * 1000);
  navigator.locks.request("hoopoe-live", lead);
} else {
  lead();
}
