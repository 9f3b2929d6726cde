// SM3 (GB/T 32905-2016) over bytes, and what else proofs of draws are made of: bytes and their order.
const START = [0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e];
const left = (word, by) => (word << by % 32) | (word >>> (32 - (by % 32)));
const T = Array.from({ length: 64 }, (_, j) => (j % 32 ? left(j < 16 ? 0x79cc4519 : 0x7a879d8a, j) : j < 16 ? 0x79cc4519 : 0x7a879d8a));
const w = new Int32Array(68);

const compress = (state, view, at) => {
  for (let j = 0; j < 16; j++) w[j] = view.getInt32(at + 4 * j);
  for (let j = 16; j < 68; j++) {
    const x = w[j - 16] ^ w[j - 9] ^ left(w[j - 3], 15);
    w[j] = x ^ left(x, 15) ^ left(x, 23) ^ left(w[j - 13], 7) ^ w[j - 6];
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let j = 0; j < 64; j++) {
    const first = left((left(a, 12) + e + T[j]) | 0, 7);
    const second = first ^ left(a, 12);
    const ff = j < 16 ? a ^ b ^ c : (a & b) | (a & c) | (b & c);
    const gg = j < 16 ? e ^ f ^ g : (e & f) | (~e & g);
    const one = (ff + d + second + (w[j] ^ w[j + 4])) | 0;
    const two = (gg + h + first + w[j]) | 0;
    [d, c, b, a] = [c, left(b, 9), a, one];
    [h, g, f, e] = [g, left(f, 19), e, two ^ left(two, 9) ^ left(two, 17)];
  }
  [a, b, c, d, e, f, g, h].forEach((word, at) => (state[at] ^= word));
};

export const joined = (...parts) => {
  const whole = new Uint8Array(parts.reduce((size, one) => size + one.length, 0));
  let at = 0;
  for (const one of parts) {
    whole.set(one, at);
    at += one.length;
  }
  return whole;
};

export const sm3 = (...parts) => {
  const text = joined(...parts);
  const padded = new Uint8Array((((text.length + 8) >> 6) + 1) << 6);
  padded.set(text);
  padded[text.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, Math.floor(text.length / 2 ** 29));
  view.setUint32(padded.length - 4, (text.length << 3) >>> 0);
  const state = Int32Array.from(START);
  for (let at = 0; at < padded.length; at += 64) compress(state, view, at);
  const digest = new DataView(new ArrayBuffer(32));
  state.forEach((word, at) => digest.setInt32(4 * at, word));
  return new Uint8Array(digest.buffer);
};

const encoder = new TextEncoder();
export const utf8 = (text) => encoder.encode(text);
export const hex = (bytes) => Array.from(bytes, (one) => one.toString(16).padStart(2, "0")).join("");
export const unhex = (text) => Uint8Array.from(text.match(/../g) ?? [], (two) => parseInt(two, 16));

// Orders texts as their UTF-8 bytes are ordered, which is not how scripts compare texts.
export const byBytes = (one, other) => {
  const a = utf8(one);
  const b = utf8(other);
  const shared = Math.min(a.length, b.length);
  for (let at = 0; at < shared; at++) if (a[at] !== b[at]) return a[at] - b[at];
  return a.length - b.length;
};
