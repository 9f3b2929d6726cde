// What the phone asks the platform, and photos that are sent piece by piece.
import { one, write } from "./field-store.js";

const API = "/api/v1";
const PIECE = 1024 * 1024;
const PATIENCE = 60 * 1000; // milliseconds that an answer may take: a line may be dead and not say so

export const me = async () => {
  const answer = await fetch(`${API}/identity/me`, { headers: { accept: "application/json" }, signal: AbortSignal.timeout(PATIENCE) });
  if (answer.status === 401) return null;
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
};
export const call = async (session, method, path, body, type = "application/json") => {
  const headers = { "x-csrf-token": session.csrf_token };
  if (body !== undefined) headers["content-type"] = type;
  const content = type === "application/json" && body !== undefined ? JSON.stringify(body) : body;
  const answer = await fetch(`${API}${path}`, { method, headers, body: content, signal: AbortSignal.timeout(PATIENCE) });
  const said = await answer.json();
  if (!answer.ok) throw Object.assign(new Error(said.title ?? String(answer.status)), { status: answer.status, said });
  return said;
};

// Sends what of a photo is not there yet, piece by piece; where it is no more, from the beginning.
export const upload = async (session, digest) => {
  const photo = await one("photos", digest);
  if (!photo) throw new Error("photo");
  const { content, kind } = photo;
  const begin = () => call(session, "POST", "/files", { name: `sealed.${kind}`, size: content.length, sm3: digest, public: false });
  let staged = null;
  if (photo.file) staged = await call(session, "GET", `/files/${photo.file}`).catch((fault) => {
    if (fault.status === 404) return null;
    throw fault;
  });
  if (!staged) {
    staged = await begin();
    await write({ photos: [{ ...photo, file: staged.id }] });
  }
  for (let number = 0; number < staged.pieces; number += 1) {
    if (staged.received.includes(number)) continue;
    const piece = content.slice(number * PIECE, (number + 1) * PIECE);
    await call(session, "PUT", `/files/${staged.id}/pieces/${number}`, piece, "application/octet-stream");
  }
  return { digest, file: staged.id };
};
