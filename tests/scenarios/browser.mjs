// Debian's Chromium, driven by playwright-core.

import path from "node:path";
import { chromium } from "playwright-core";
import { root } from "./harness.mjs";

const flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync"];

// A browser that ends with the test `t`. `visit()` gives a page of a person of its own (cookies not shared).
export async function browser(t, more_flags = []) {
  const executablePath = process.env.HOOPOE_CHROMIUM ?? "/usr/bin/chromium";
  const program = await chromium.launch({ executablePath, args: [...flags, ...more_flags] });
  t.after(() => program.close());
  return {
    async visit(url, { javascript = false, width = 960, height = 800, locale = "en-GB" } = {}) {
      const context = await program.newContext({
        baseURL: url, javaScriptEnabled: javascript, viewport: { width, height }, locale,
      });
      const page = await context.newPage();
      page.setDefaultTimeout(10_000);
      return page;
    },
  };
}

export async function sign_in(page, person) {
  await page.goto("/sign-in");
  await page.fill("input[name=login]", person.handle);
  await page.fill("input[name=password]", person.password);
  await press(page.locator("form:has(input[name=login])"), /sign in/i);
}

// Into build/screenshots/NAME.png, for people to look at.
export function screenshot(page, name) {
  return page.screenshot({ path: path.join(root, "build/screenshots", `${name}.png`), fullPage: true });
}

// Presses the first button, else follows the first link, of this accessible name, inside `where` (a page or a part of one).
export async function press(where, name) {
  const button = where.getByRole("button", { name }).first();
  if (await button.count()) return button.click();
  return where.getByRole("link", { name }).first().click();
}
