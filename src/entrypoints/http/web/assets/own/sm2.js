// SM2 (GB/T 32918) on the recommended curve: encryption to a public key, and signatures.
import { hex, joined, sm3, unhex, utf8 } from "./sm3.js";

const P = 0xfffffffeffffffffffffffffffffffffffffffff00000000ffffffffffffffffn;
const A = P - 3n;
const B = 0x28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93n;
const N = 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n;
const G = {
  x: 0x32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7n,
  y: 0xbc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0n,
};
const SIZE = 32;
const SIGNER = utf8("1234567812345678");

const mod = (value, by = P) => ((value % by) + by) % by;
const inverse = (value, by = P) => {
  let [a, b, x, y] = [mod(value, by), by, 1n, 0n];
  while (a > 1n) {
    const times = b / a;
    [a, b] = [b % a, a];
    [x, y] = [y - times * x, x];
  }
  return mod(x, by);
};
const number = (bytes) => BigInt(`0x${hex(bytes)}`);
const bytes = (value) => unhex(value.toString(16).padStart(2 * SIZE, "0"));

// Points as x/z², y/z³; z = 0 is the point at infinity.
const twice = ({ x, y, z }) => {
  const squared = mod(y * y);
  const s = mod(4n * x * squared);
  const m = mod(3n * (x - z * z) * (x + z * z));
  const u = mod(m * m - 2n * s);
  return { x: u, y: mod(m * (s - u) - 8n * squared * squared), z: mod(2n * y * z) };
};
const sum = (one, other) => {
  if (one.z === 0n) return other;
  if (other.z === 0n) return one;
  const [zz, ww] = [mod(one.z * one.z), mod(other.z * other.z)];
  const [u, v] = [mod(one.x * ww), mod(other.x * zz)];
  const [s, t] = [mod(one.y * ww * other.z), mod(other.y * zz * one.z)];
  if (u === v) return s === t ? twice(one) : { x: 1n, y: 1n, z: 0n };
  const h = mod(v - u);
  const hh = mod(h * h);
  const hhh = mod(h * hh);
  const r = mod(t - s);
  const x = mod(r * r - hhh - 2n * u * hh);
  return { x, y: mod(r * (u * hh - x) - s * hhh), z: mod(h * one.z * other.z) };
};
const times = (factor, point) => {
  let found = { x: 1n, y: 1n, z: 0n };
  for (const bit of factor.toString(2)) {
    found = twice(found);
    if (bit === "1") found = sum(found, { ...point, z: 1n });
  }
  const z = inverse(found.z);
  const zz = mod(z * z);
  return { x: mod(found.x * zz), y: mod(found.y * zz * z) };
};
const random = () => {
  for (;;) {
    const found = number(crypto.getRandomValues(new Uint8Array(SIZE)));
    if (found >= 1n && found <= N - 2n) return found;
  }
};
const written = ({ x, y }) => joined(Uint8Array.of(4), bytes(x), bytes(y));
const pointOf = (key) => {
  const point = { x: number(key.slice(1, 1 + SIZE)), y: number(key.slice(1 + SIZE)) };
  const on = mod(point.y * point.y - (point.x * point.x * point.x + A * point.x + B)) === 0n;
  if (key.length !== 1 + 2 * SIZE || key[0] !== 4 || !on) throw new Error("public key");
  return point;
};
const stream = (seed, length) => {
  const made = new Uint8Array(length);
  for (let count = 1, at = 0; at < length; count += 1, at += SIZE) {
    const block = sm3(seed, Uint8Array.of(count >>> 24, count >>> 16, count >>> 8, count));
    made.set(block.slice(0, Math.min(SIZE, length - at)), at);
  }
  return made;
};

const pair = (secret) => ({ secret: hex(bytes(secret)), open: hex(written(times(secret, G))) });
export const newKeys = () => pair(random());

// The keys that follow from bytes; more of them than a key has, so that none is likelier.
export const keysFrom = (drawn) => pair((number(drawn) % (N - 2n)) + 1n);

// Gives 04 ‖ C1 ‖ C3 ‖ C2.
export const encrypted = (key, text) => {
  const point = pointOf(key);
  const factor = random();
  const shared = times(factor, point);
  const mask = stream(joined(bytes(shared.x), bytes(shared.y)), text.length);
  const check = sm3(bytes(shared.x), text, bytes(shared.y));
  return joined(written(times(factor, G)), check, text.map((one, at) => one ^ mask[at]));
};

// Gives r ‖ s in hex.
export const signed = ({ secret, open }, message) => {
  const d = BigInt(`0x${secret}`);
  const length = Uint8Array.of(0, 8 * SIGNER.length);
  const z = sm3(length, SIGNER, bytes(A), bytes(B), bytes(G.x), bytes(G.y), unhex(open).slice(1));
  const e = number(sm3(z, message));
  for (;;) {
    const k = random();
    const r = mod(e + times(k, G).x, N);
    const s = mod(inverse(1n + d, N) * (k - r * d), N);
    if (r && r + k !== N && s) return hex(joined(bytes(r), bytes(s)));
  }
};
