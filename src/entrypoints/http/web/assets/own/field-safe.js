// What a PIN unlocks: the package of visits, what was done upon it, and the key of this phone. It is
// replaced whenever there is signal, and gone at log-out, after seven days, or after wrong PINs.
import { forget, keep, kept } from "./field-store.js";
import { utf8 } from "./sm3.js";

const ROUNDS = 600_000;
const MOST_WRONG = 5;
const LASTS = 7 * 24 * 60 * 60 * 1000;
const SAFE = "safe";

const slow = async (pin, salt) => {
  const base = await crypto.subtle.importKey("raw", utf8(pin), "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations: ROUNDS };
  return crypto.subtle.deriveKey(how, base, { name: "AES-GCM", length: 256 }, false, ["wrapKey", "unwrapKey"]);
};
const fresh = (size) => crypto.getRandomValues(new Uint8Array(size));

export const isOver = (safe) => !safe || Date.now() - safe.made > LASTS;
export const safe = () => kept(SAFE);

// Makes a safe for somebody and gives its key.
export const make = async (user, pin) => {
  const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, true, ["encrypt", "decrypt"]);
  const [salt, nonce] = [fresh(16), fresh(12)];
  const wrapped = await crypto.subtle.wrapKey("raw", key, await slow(pin, salt), { name: "AES-GCM", iv: nonce });
  await keep(SAFE, { user, salt, nonce, wrapped, made: Date.now(), wrong: 0 });
  return key;
};

// Gives the key of the safe, or null for a wrong PIN; the fifth wrong one empties it.
export const unlock = async (pin) => {
  const found = await safe();
  try {
    const how = { name: "AES-GCM", iv: found.nonce };
    const key = await crypto.subtle.unwrapKey("raw", found.wrapped, await slow(pin, found.salt), how, "AES-GCM", false, ["encrypt", "decrypt"]);
    if (found.wrong) await keep(SAFE, { ...found, wrong: 0 });
    return key;
  } catch {
    if (found.wrong + 1 >= MOST_WRONG) await wipe();
    else await keep(SAFE, { ...found, wrong: found.wrong + 1 });
    return null;
  }
};

export const closed = async (key, value) => {
  const nonce = fresh(12);
  return { nonce, content: await crypto.subtle.encrypt({ name: "AES-GCM", iv: nonce }, key, utf8(JSON.stringify(value))) };
};
export const put = async (key, name, value) => keep(`safe/${name}`, await closed(key, value));
export const get = async (key, name) => {
  const found = await kept(`safe/${name}`);
  if (!found) return null;
  const text = await crypto.subtle.decrypt({ name: "AES-GCM", iv: found.nonce }, key, found.content);
  return JSON.parse(new TextDecoder().decode(text));
};
export const renewed = async () => keep(SAFE, { ...(await safe()), made: Date.now() });

// Empties the safe. The outbox stays: nobody can read it, and it is not delivered yet.
export const wipe = () => forget(SAFE, "safe/device", "safe/package", "safe/progress", "safe/companions");
