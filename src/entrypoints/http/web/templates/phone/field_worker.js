// Keeps the page of offline visits and what it loads, and leads there where there is no signal.
const CACHE = {{ cache | tojson }};
const SHELL = {{ shell | tojson }};
const FILES = {{ files | tojson }};

const keep = async () => {
  const cache = await caches.open(CACHE);
  await cache.addAll(FILES);
  const page = await fetch(SHELL, { credentials: "same-origin", redirect: "error" });
  if (!page.ok) throw new Error(String(page.status));
  await cache.put(SHELL, page);
};
addEventListener("install", (event) => event.waitUntil(keep().then(() => self.skipWaiting())));
addEventListener("activate", (event) =>
  event.waitUntil(
    caches.keys()
      .then((names) => Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  ),
);

const kept = async (request) => (await caches.match(request)) ?? fetch(request);
const visit = (path) => path.match(/^\/m\/(?:third_party_)?visits\/([^/]+)/)?.[1];
addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (FILES.includes(pathname)) event.respondWith(kept(request));
  else if (request.mode === "navigate" && pathname === SHELL) event.respondWith(kept(SHELL));
  else if (request.mode === "navigate")
    event.respondWith(
      fetch(request).catch(() => {
        const about = visit(pathname);
        return Response.redirect(about ? `${SHELL}#${about}` : SHELL);
      }),
    );
});
