// Opens a report in a browser, uses it as a person would and writes what it saw as JSON.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import chromium from "@sparticuz/chromium";
import puppeteer from "puppeteer-core";

const [file, pictures] = process.argv.slice(2);
const program = await chromium.executablePath();
// The fonts of the machine, and where it has none the one that the package ships.
const fonts = process.env.FONTCONFIG_PATH;
const folders = ["/usr/share/fonts", join(fonts, "fonts")].map((folder) => `<dir>${folder}</dir>`).join("");
writeFileSync(join(fonts, "fonts.conf"), `<fontconfig>${folders}<cachedir>${join(fonts, "cache")}</cachedir></fontconfig>`);
const browser = await puppeteer.launch({
  executablePath: program,
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  headless: "shell",
});
const seen = { errors: [], requests: [], sizes: [] };
const page = await browser.newPage();
page.on("pageerror", (error) => seen.errors.push(String(error)));
page.on("console", (message) => message.type() === "error" && seen.errors.push(message.text()));
page.on("request", (request) => seen.requests.push(request.url().split("/").pop()));

for (const scheme of ["light", "dark"]) {
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
  for (const width of [390, 820, 1320]) {
    await page.setViewport({ width, height: 1000 });
    await page.goto(`file://${file}`);
    const size = await page.evaluate(() => ({
      overflow: document.documentElement.scrollWidth - innerWidth,
      background: getComputedStyle(document.body).backgroundColor,
    }));
    seen.sizes.push({ scheme, width, ...size });
    if (pictures) await page.screenshot({ path: `${pictures}/${scheme}-${width}.png` });
  }
}

// A click where the element is, whatever is scrolled or folded.
const click = async (selector) => {
  await page.$eval(selector, (element) => element.click());
  await new Promise((done) => setTimeout(done, 200));
};
const shown = () =>
  page.evaluate(() => Array.from(document.querySelectorAll("[data-find]"))
    .filter((element) => element.checkVisibility({ contentVisibilityAuto: false })).map((element) => element.id));
const search = async (text) => {
  await page.evaluate((text) => {
    const input = document.getElementById("search");
    input.value = text;
    input.dispatchEvent(new Event("input"));
  }, text);
  await new Promise((done) => setTimeout(done, 200));
};
seen.title = await page.title();
// Text without a font is there and cannot be seen.
seen.drawn = await page.$eval("h1", (element) => {
  const range = document.createRange();
  range.selectNodeContents(element);
  return Math.round(range.getBoundingClientRect().width);
});
seen.pwned = await page.evaluate(() => globalThis.pwned ?? null);
seen.strange = await page.evaluate(() => document.querySelectorAll("img, iframe, object, main script, main style, [onerror]").length);
seen.all = await shown();
await search("KarenThreads");
seen.searched = await shown();
await search("no such thing anywhere");
seen.nothing = await shown();
await search("");
seen.again = await shown();
seen.chips = await page.$$eval(".chips button", (chips) => chips.map((chip) => chip.textContent));
await page.click(".chips button");
seen.filtered = await shown();
await page.click(".chips button");
seen.matrix = await page.$$eval("td.cell", (cells) => cells.map((cell) => cell.textContent.trim()));
if (seen.matrix.length > 0) {
  await click("td.cell button");
  seen.ofClient = await shown();
  await page.keyboard.press("Escape");
}
seen.copied = await page.evaluate(async () => {
  const button = document.getElementById("copy-patch");
  if (!button) return null;
  // What is written to the clipboard, whichever way the browser allows.
  let text = null;
  document.addEventListener("copy", () => { text = getSelection().toString() || document.activeElement.value; });
  const clipboard = { writeText: async (written) => { text = written; } };
  Object.defineProperty(navigator, "clipboard", { value: clipboard, configurable: true });
  button.click();
  await new Promise((done) => setTimeout(done, 100));
  return { text, label: button.textContent };
});
const before = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
await click("#theme");
seen.toggled = before !== (await page.evaluate(() => getComputedStyle(document.body).backgroundColor));
if (await page.$("a.tag[href^='#c']")) {
  await click("a.tag[href^='#c']");
  seen.jumped = await page.evaluate(() => {
    const target = document.querySelector(":target");
    const box = target?.getBoundingClientRect();
    return box ? { id: target.id, inView: box.top >= 0 && box.top < innerHeight } : null;
  });
}
await page.emulateMediaType("print");
seen.printed = await page.evaluate(() => getComputedStyle(document.querySelector(".bar")).display);
await browser.close();
process.stdout.write(JSON.stringify(seen));
