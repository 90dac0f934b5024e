// A reader without scripts: pages, cookies, links and forms, by nothing but fetch.

import assert from "node:assert/strict";

const redirects_max = 8;
const named = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: "\u00a0" };

export function decode(text) {
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (all, hex, decimal, name) =>
    hex ? String.fromCodePoint(parseInt(hex, 16)) : decimal ? String.fromCodePoint(Number(decimal)) : named[name] ?? all);
}

// What a reader sees of a piece of HTML, more or less.
export function visible(html) {
  const body = html.replace(/<(script|style|head)\b.*?<\/\1>/gis, "");
  return decode(body.replace(/<br\b[^>]*>|<\/p>/gi, "\n").replace(/<[^>]*>/g, "")).replace(/[ \t\n]+/g, " ");
}

// The text inside the first element of this name.
export function element(html, name) {
  const found = new RegExp(`<${name}\\b[^>]*>(.*?)</${name}>`, "is").exec(html);
  return found && visible(found[1]).trim();
}

function attributes(tag) {
  const found = {};
  for (const [, name, double, single, bare] of tag.matchAll(/([\w-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+)))?/g)) {
    found[name.toLowerCase()] ??= decode(double ?? single ?? bare ?? "");
  }
  return found;
}

// Every link's address, in the order of the page.
export function links(html) {
  return [...html.matchAll(/<a\s([^>]*)>/gi)].map(([, tag]) => attributes(tag).href).filter(Boolean);
}

export function forms(html) {
  return [...html.matchAll(/<form\b([^>]*)>(.*?)<\/form>/gis)].map(([, tag, inside]) => {
    const form = { method: "GET", action: "", ...attributes(tag), fields: {}, buttons: [] };
    for (const [, kind, rest] of inside.matchAll(/<(input|button|textarea|select)\b([^>]*)>/gi)) {
      const { name, value = "", type = "text", checked } = attributes(rest);
      if (kind.toLowerCase() === "button" || type === "submit") form.buttons.push({ name, value });
      else if (name && (!["checkbox", "radio"].includes(type) || checked !== undefined)) form.fields[name] = value;
    }
    return form;
  });
}

export class Visitor {
  constructor(url) {
    this.url = url;
    this.cookies = new Map();
  }

  async open(target, { method = "GET", body } = {}) {
    let where = new URL(target, this.location ?? this.url);
    for (let hops = 0; hops < redirects_max; ++hops) {
      assert.equal(where.origin, new URL(this.url).origin, `the page leads away, to ${where}`);
      const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
      const answer = await fetch(where, {
        method, body, redirect: "manual", signal: AbortSignal.timeout(10_000),
        headers: { accept: "text/html", ...(cookie && { cookie }), ...(method === "POST" && { origin: this.url, referer: String(this.location) }) },
      });
      for (const line of answer.headers.getSetCookie()) {
        const [pair, ...rest] = line.split(";");
        const at = pair.indexOf("=");
        const gone = rest.some((word) => /^\s*max-age=0\s*$/i.test(word));
        if (gone) this.cookies.delete(pair.slice(0, at));
        else this.cookies.set(pair.slice(0, at), pair.slice(at + 1));
      }
      this.html = await answer.text();
      this.status = answer.status;
      this.location = where;
      if (answer.status < 300 || answer.status >= 400 || !answer.headers.has("location")) return this.status;
      where = new URL(answer.headers.get("location"), where);
      if (answer.status !== 307 && answer.status !== 308) [method, body] = ["GET", undefined];
    }
    throw new Error(`more than ${redirects_max} redirects, the last to ${where}`);
  }

  // Sends the first form of this page that `which` accepts, with what the page put into it and `values`.
  async submit(which, values) {
    const form = forms(this.html).find(which);
    assert.ok(form, `no such form on ${this.location} (${this.status}):\n${this.html.slice(0, 3000)}`);
    const body = new URLSearchParams({ ...form.fields, ...values });
    if (form.method.toUpperCase() === "POST") return this.open(form.action, { method: "POST", body });
    return this.open(`${form.action || this.location.pathname}?${body}`);
  }
}
