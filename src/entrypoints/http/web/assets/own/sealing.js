// Seals to the platform's postbox: an SM2 ciphertext of two fresh keys, then SM4-CBC with HMAC-SM3.
import { encrypted } from "./sm2.js";
import { joined, sm3, unhex } from "./sm3.js";

const BLOCK = 16;
const SHEET = 64; // bytes that SM3 takes at once
const FK = [0xa3b1bac6, 0x56aa3350, 0x677d9197, 0xb27022dc];
const CK = Array.from({ length: 32 }, (_, i) =>
  [0, 1, 2, 3].reduce((word, j) => (word << 8) | (((4 * i + j) * 7) & 255), 0),
);
const BOX = unhex(
  "d690e9fecce13db716b614c228fb2c052b679a762abe04c3aa441326498606999c4250f491ef987a33540b43edcfac62" +
    "e4b31ca9c908e89580df94fa758f3fa64707a7fcf37317ba83593c19e6854fa8686b81b27164da8bf8eb0f4b70569d35" +
    "1e240e5e6358d1a225227c3b01217887d40046579fd327524c3602e7a0c4c89eeabf8ad240c738b5a3f7f2cef96115a1" +
    "e0ae5da49b341a55ad933230f58cb1e31df6e22e8266ca60c02923ab0d534e6fd5db3745defd8e2f03ff6a726d6c5b51" +
    "8d1baf92bbddbc7f11d95c411f105ad80ac13188a5cd7bbd2d74d012b8e5b4b08969974a0c96777e65b9f109c56ec684" +
    "18f07dec3adc4d2079ee5f3ed7cb3948",
);
const left = (word, by) => (word << by) | (word >>> (32 - by));
const boxed = (word) =>
  (BOX[word >>> 24] << 24) | (BOX[(word >>> 16) & 255] << 16) | (BOX[(word >>> 8) & 255] << 8) | BOX[word & 255];

const roundKeys = (key) => {
  const view = new DataView(key.buffer, key.byteOffset);
  const k = FK.map((one, at) => one ^ view.getInt32(4 * at));
  return CK.map((one) => {
    const word = boxed(k[1] ^ k[2] ^ k[3] ^ one);
    k.push(k.shift() ^ word ^ left(word, 13) ^ left(word, 23));
    return k[3];
  });
};
const enciphered = (keys, view, at) => {
  let [a, b, c, d] = [0, 4, 8, 12].map((one) => view.getInt32(at + one));
  for (const key of keys) {
    const word = boxed(b ^ c ^ d ^ key);
    [a, b, c, d] = [b, c, d, a ^ word ^ left(word, 2) ^ left(word, 10) ^ left(word, 18) ^ left(word, 24)];
  }
  [d, c, b, a].forEach((word, place) => view.setInt32(at + 4 * place, word));
};
const chained = (key, nonce, text) => {
  const filling = BLOCK - (text.length % BLOCK);
  const made = joined(text, new Uint8Array(filling).fill(filling));
  const [keys, view] = [roundKeys(key), new DataView(made.buffer)];
  for (let at = 0; at < made.length; at += BLOCK) {
    for (let one = 0; one < BLOCK; one += 1) made[at + one] ^= at ? made[at + one - BLOCK] : nonce[one];
    enciphered(keys, view, at);
  }
  return made;
};
const tagged = (key, ...parts) => {
  const wide = joined(key, new Uint8Array(SHEET - key.length));
  const inner = sm3(wide.map((one) => one ^ 0x36), ...parts);
  return sm3(wide.map((one) => one ^ 0x5c), inner);
};
const counted = (length, size) => {
  const made = new Uint8Array(size);
  new DataView(made.buffer).setUint32(size - 4, length);
  return made;
};

// Gives what nobody but the platform opens: version, wrapped keys, nonce, ciphertext, tag.
export const sealed = (postbox, text, associated) => {
  const secret = crypto.getRandomValues(new Uint8Array(3 * BLOCK));
  const nonce = crypto.getRandomValues(new Uint8Array(BLOCK));
  const body = chained(secret.slice(0, BLOCK), nonce, text);
  const tag = tagged(secret.slice(BLOCK), counted(associated.length, 8), associated, nonce, body);
  const wrapped = encrypted(unhex(postbox.public_key), secret);
  return joined(counted(postbox.version, 4), wrapped, nonce, body, tag);
};
