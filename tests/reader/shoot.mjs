// Opens an e-book in epub.js in Chromium and takes pictures of its documents.
// node shoot.mjs BOOK FOLDER [--theme light|sepia|dark] [--width 390] [--height 844] [--size 100%] [--turn 0] [DOCUMENT ...]
// Prints one line of JSON a document: its name, what is too wide, the faces that failed, console errors.
import { createReadStream, mkdirSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, "..", "validators", "node_modules");
const puppeteer = createRequire(join(modules, "x.js"))("puppeteer-core");

const options = { theme: "light", width: "390", height: "844", size: "100%", turn: "0" };
const names = [];
const words = process.argv.slice(2);
while (words.length) {
  const word = words.shift();
  if (word.startsWith("--")) options[word.slice(2)] = words.shift();
  else names.push(word);
}
const [book, folder, ...documents] = names;
mkdirSync(folder, { recursive: true });

const types = { html: "text/html", js: "text/javascript", epub: "application/epub+zip" };
const server = createServer((request, response) => {
  const path = new URL(request.url, "http://localhost").pathname;
  const file = path === "/book.epub" ? book : path.startsWith("/modules/") ? join(modules, path.slice(9)) : join(here, "reader.html");
  response.setHeader("Content-Type", types[file.split(".").pop()] ?? "application/octet-stream");
  createReadStream(file).on("error", () => response.writeHead(404).end()).pipe(response);
}).listen(0, "127.0.0.1");

const browser = await puppeteer.launch({
  executablePath: join(here, "..", "validators", "chromium"),
  args: ["--hide-scrollbars"],
});
const errors = [];
try {
  const page = await browser.newPage();
  await page.setViewport({ width: +options.width, height: +options.height, deviceScaleFactor: 2 });
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  const query = new URLSearchParams({ theme: options.theme, size: options.size });
  await page.goto(`http://127.0.0.1:${server.address().port}/?${query}`);
  const spine = await page.evaluate("ready_");
  for (const name of documents.length ? documents : spine) {
    const seen = await page.evaluate((place) => open_(place), name);
    for (let turn = 0; turn < +options.turn; turn++) await page.evaluate("rendition.next()");
    await new Promise((resolve) => setTimeout(resolve, 150));
    await page.screenshot({ path: join(folder, `${name.replace(/\W+/g, "-")}-${options.theme}-${options.width}.png`) });
    console.log(JSON.stringify({ name, ...seen, errors: errors.splice(0) }));
  }
} finally {
  await browser.close();
  server.close();
}
