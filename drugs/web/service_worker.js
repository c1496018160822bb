// The service worker: pages of medicines that somebody opened can be read again without a net. It stores those, the page
// of emergency numbers to which each of them leads, and the files that they are made of, asks for them anew whenever there
// is a net, and drops what was withdrawn.
"use strict";

const CACHE = "medinfo-1";
const DAY = 24 * 3600 * 1000;
const MOST = 60; // pages and files
const WAIT = 8000; // milliseconds for an answer, where a saved page could be shown instead

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(CONFIG.on ? self.clients.claim() : leave()));

// Switched off: nothing stays of it in a browser that had it.
async function leave() {
  await caches.delete(CACHE);
  await self.registration.unregister();
}

const isPage = (url) => CONFIG.pages.some((pattern) => new RegExp(pattern).test(url.pathname));
const isFile = (url) => url.pathname.startsWith(CONFIG.files);

self.addEventListener("fetch", (event) => {
  const { request } = event, url = new URL(request.url);
  if (!CONFIG.on || request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate" && isPage(url)) event.respondWith(page(event, url.pathname));
  else if (isFile(url)) event.respondWith(file(request));
});

// The page that brought the worker was opened before it was there.
self.addEventListener("message", (event) => {
  const url = new URL(String(event.data), location.origin);
  if (!CONFIG.on || url.origin !== location.origin || !isPage(url)) return;
  event.waitUntil(ask(url.pathname).then(keepHelp).catch(() => {}));
});

async function page(event, path) {
  const kept = await saved(path);
  const answer = ask(path, event.request);
  event.waitUntil(answer.then(keepHelp).then(() => askAgain(path)).catch(() => {}));
  if (!kept) return answer;
  const late = new Promise((resolve) => setTimeout(resolve, WAIT));
  return (await Promise.race([answer.catch(() => null), late])) || marked(kept);
}

// What the site says now; it is kept, or what was kept is dropped.
async function ask(path, request = path) {
  const answer = await fetch(request, request === path ? { cache: "no-cache", redirect: "manual" } : {});
  const cache = await caches.open(CACHE), html = (answer.headers.get("Content-Type") || "").startsWith("text/html");
  if (answer.status === 200 && html && !answer.redirected && !/no-store/.test(answer.headers.get("Cache-Control"))) {
    await keep(cache, path, answer.clone());
  } else if (answer.status < 500) {
    await cache.delete(path);
  }
  return answer;
}

// Behind an answer, so that nobody waits for it: the page of help, once a page is kept.
async function keepHelp(answer) {
  const cache = await caches.open(CACHE);
  if (answer.status === 200 && !(await cache.match(CONFIG.help))) await ask(CONFIG.help).catch(() => {});
}

async function keep(cache, path, answer) {
  const text = await answer.text();
  await cache.put(path, dated(text, answer.headers));
  for (const [, address] of text.matchAll(/(?:href|src)="(\/[^"]+\.(?:css|js|svg))"/g)) {
    if (!isFile(new URL(address, location.origin))) continue;
    const found = await fetch(address);
    if (found.ok) await cache.put(address, dated(await found.blob(), found.headers));
  }
  await prune(cache);
}

// With all headers of the answer, the content security policy among them.
function dated(body, headers) {
  const kept = new Headers(headers);
  for (const name of ["Content-Encoding", "Content-Length"]) kept.delete(name);
  kept.set("X-Saved", String(Date.now()));
  return new Response(body, { headers: kept });
}

const age = (response) => Date.now() - Number(response.headers.get("X-Saved"));

async function prune(cache) {
  const rows = await Promise.all((await cache.keys()).map(async (key) => [key, age(await cache.match(key))]));
  rows.sort((a, b) => a[1] - b[1]);
  const helps = (key) => new URL(key.url).pathname === CONFIG.help;
  const old = rows.filter(([key, since], at) => since > CONFIG.days * DAY || (at >= MOST && !helps(key)));
  await Promise.all(old.map(([key]) => cache.delete(key)));
}

// With a net, what was kept more than a day ago is asked for too: a page may have been withdrawn.
async function askAgain(but) {
  const cache = await caches.open(CACHE);
  for (const key of await cache.keys()) {
    const url = new URL(key.url);
    if (isPage(url) && url.pathname !== but && age(await cache.match(key)) > DAY) await ask(url.pathname);
  }
}

async function saved(path) {
  const cache = await caches.open(CACHE), kept = await cache.match(path);
  if (!kept || age(kept) <= CONFIG.days * DAY) return kept;
  await cache.delete(path);
}

// The kept page with a line that says since when and until when, and of which edition it is.
async function marked(kept) {
  const text = await kept.text(), edition = text.match(/data-edition="(\d+)"/)?.[1];
  const saved = Number(kept.headers.get("X-Saved"));
  const day = (moment) => new Date(moment).toLocaleDateString(CONFIG.language, { dateStyle: "long" });
  const words = (edition ? CONFIG.words : CONFIG.words_without)
    .replace("{date}", day(saved)).replace("{until}", day(saved + CONFIG.days * DAY)).replace("{edition}", edition);
  const line = `<div class="wide stored"><p class="note saved" role="status">${words}</p></div>`;
  return new Response(text.replace(/<main[^>]*>/, (main) => main + line), { headers: kept.headers });
}

async function file(request) {
  const kept = await (await caches.open(CACHE)).match(request);
  return kept || fetch(request);
}
