// What a phone keeps of its visits, in IndexedDB: the outbox, its photos, and what a PIN unlocks.
const NAME = "field";
const STORES = { outbox: "record", photos: "digest", kept: "name" };
const AGAIN = new Set(["InvalidStateError", "AbortError", "UnknownError"]);
let opened = null;

const open = () =>
  (opened ??= new Promise((done, failed) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => {
      for (const [store, keyPath] of Object.entries(STORES)) asked.result.createObjectStore(store, { keyPath });
    };
    asked.onerror = () => failed(asked.error);
    asked.onsuccess = () => {
      asked.result.onclose = () => (opened = null);
      asked.result.onversionchange = () => asked.result.close();
      done(asked.result);
    };
  }));

const settled = (asked) =>
  new Promise((done, failed) => {
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });

// Does something in one transaction: all of it is on the disk when this is over, or nothing. Phones
// close databases behind a page's back; then it is opened anew and done once more.
const within = async (mode, work, again = true) => {
  try {
    const database = await open();
    const one = database.transaction(Object.keys(STORES), mode, { durability: "strict" });
    const over = new Promise((done, failed) => {
      one.oncomplete = () => done();
      one.onabort = () => failed(one.error ?? new DOMException("aborted", "AbortError"));
    });
    const found = await work(one);
    await over;
    return found;
  } catch (fault) {
    opened = null;
    if (!again || !AGAIN.has(fault?.name)) throw fault;
    return within(mode, work, false);
  }
};

export const every = (store) => within("readonly", (one) => settled(one.objectStore(store).getAll()));
export const one = (store, key) => within("readonly", (it) => settled(it.objectStore(store).get(key)));

// Writes rows and takes others away, together: `{ store: [rows] }`, `{ store: [keys] }`.
export const write = (rows, gone = {}) =>
  within("readwrite", async (it) => {
    for (const [store, those] of Object.entries(rows)) for (const row of those) it.objectStore(store).put(row);
    for (const [store, keys] of Object.entries(gone)) for (const key of keys) it.objectStore(store).delete(key);
  });

export const keep = (name, value) => write({ kept: [{ name, value }] });
export const kept = async (name) => (await one("kept", name))?.value;
export const forget = (...names) => write({}, { kept: names });
