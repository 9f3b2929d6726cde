// The PIN by which the officer one goes with confirms on this phone. Of it and a salt follows a key;
// neither key is kept here, so the phone cannot tell a right PIN from a wrong one: the platform can.
import { utf8, hex, sm3, unhex } from "./sm3.js";
import { keysFrom, signed } from "./sm2.js";

const ROUNDS = 600_000;
const DRAWN = 384; // bits

const keysOf = async (pin, salt) => {
  const base = await crypto.subtle.importKey("raw", utf8(pin), "PBKDF2", false, ["deriveBits"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt: unhex(salt), iterations: ROUNDS };
  return keysFrom(new Uint8Array(await crypto.subtle.deriveBits(how, base, DRAWN)));
};

// Gives the salt to keep, and the public key to send.
export const offered = async (pin) => {
  const salt = hex(crypto.getRandomValues(new Uint8Array(16)));
  return { salt, open: (await keysOf(pin, salt)).open };
};

// What is confirmed of a visit; the platform puts it together alike.
export const seen = ({ items, outcomes, pending, measures }) => {
  const results = items.filter((item) => item.outcome).map((item) => [item.id, item.outcome, item.note]);
  return hex(sm3(utf8(JSON.stringify([results, ...[outcomes, pending, measures].map((some) => [...some].sort())]))));
};
export const proof = async (companion, pin, visit) => {
  const digest = seen(visit.content);
  const stated = utf8(["field-confirmation/1", companion.id, visit.id, digest].join("\n"));
  return { visit_id: visit.id, companion_id: companion.id, digest, proof: signed(await keysOf(pin, companion.salt), stated) };
};
