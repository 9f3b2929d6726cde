// What a phone adds to forms of its zone: where one stands, a scanned code, photographs made small
// before they are sent, and words that are often said. Forms work without it.
const LONGEST = 1600; // pixels of the longer side of a photograph
const QUALITY = 0.82;
const FIXED = 5; // decimals of a degree: about a metre
const PATIENCE = 15000; // milliseconds that a position may take
const LOOKS = 250; // milliseconds between two looks for a code

for (const one of document.querySelectorAll("[data-script-only]")) one.hidden = false;

const say = (place, text) => {
  const told = document.querySelector(place);
  if (told) told.textContent = text;
};

// Where one stands
const UNLOCATED = { 1: "没有允许使用位置", 2: "取不到位置", 3: "定位超时" };

const locate = (form) => {
  say("[data-located]", "正在定位…");
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      const at = [coords.latitude, coords.longitude].map((one) => one.toFixed(FIXED)).join(",");
      form.elements.place.value = `${at}（误差${Math.round(coords.accuracy)}米）`;
      say("[data-located]", "已取得当前位置。");
    },
    (fault) => say("[data-located]", `${UNLOCATED[fault.code] ?? "取不到位置"}，可以填写地址。`),
    { enableHighAccuracy: true, timeout: PATIENCE },
  );
};

// A scanned code: by the camera, or from a photograph of it
const scans = async () =>
  "BarcodeDetector" in globalThis &&
  (await globalThis.BarcodeDetector.getSupportedFormats()).includes("qr_code");

if (document.querySelector("[data-scanner]") && (await scans().catch(() => false))) {
  for (const one of document.querySelectorAll("[data-scanner]")) one.hidden = false;
  for (const one of document.querySelectorAll("[data-no-scanner]")) one.hidden = true;
}

const detect = (seen) => new globalThis.BarcodeDetector({ formats: ["qr_code"] }).detect(seen);

const take = (form, found, go) => {
  form.elements.code.value = found.rawValue;
  say("[data-scanned]", "已扫码。");
  if (go) form.requestSubmit();
};

const scan = async (form, go) => {
  const camera = document.querySelector("[data-camera]");
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  Object.assign(camera, { srcObject: stream, hidden: false });
  await camera.play();
  say("[data-scanned]", "请对准二维码。");
  const look = async () => {
    const [found] = await detect(camera);
    if (!found) return setTimeout(look, LOOKS);
    for (const one of stream.getTracks()) one.stop();
    camera.hidden = true;
    take(form, found, go);
  };
  await look();
};

const readPhoto = async (field) => {
  const [found] = field.files.length ? await detect(await createImageBitmap(field.files[0])) : [];
  if (found) take(field.form, found, field.hasAttribute("data-go"));
  else say("[data-scanned]", "照片里没有认出二维码，请拍得近些、正些。");
};

// Photographs
const small = async (file) => {
  if (!file.type.startsWith("image/")) return file;
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  const made = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
  if (!made || made.size >= file.size) return file;
  return new File([made], `${file.name.replace(/\.[^.]*$/, "")}.jpg`, { type: "image/jpeg" });
};

const show = (files) => {
  const place = document.querySelector("[data-shots]");
  place?.replaceChildren(
    ...files
      .filter((one) => one.type.startsWith("image/"))
      .map((one, number) => {
        const shown = document.createElement("li");
        const picture = document.createElement("img");
        picture.src = URL.createObjectURL(one);
        picture.alt = `待上传的照片${number + 1}`;
        picture.addEventListener("load", () => URL.revokeObjectURL(picture.src));
        shown.append(picture);
        return shown;
      }),
  );
};

const kilobytes = (files) => Math.ceil(files.reduce((sum, one) => sum + one.size, 0) / 1024);

const shrink = async (field) => {
  const button = field.form.querySelector(".acts button");
  button.disabled = true;
  const chosen = [...field.files];
  const files = await Promise.all(chosen.map((one) => small(one).catch(() => one)));
  const kept = new DataTransfer();
  for (const one of files) kept.items.add(one);
  field.files = kept.files;
  show(files);
  if (files.length) say("[data-shrunk]", `待上传 ${files.length} 个文件，共 ${kilobytes(files)} KB。`);
  button.disabled = false;
};

document.addEventListener("change", (event) => {
  const field = event.target;
  if (field.matches("[data-photos] input[type=file]")) shrink(field);
  if (field.matches("[data-code-photo]"))
    readPhoto(field).catch(() => say("[data-scanned]", "这张照片读不了，请换一张。"));
});
document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if (button.matches("[data-locate]")) locate(button.form);
  if (button.matches("[data-scan]"))
    scan(button.form, button.hasAttribute("data-go")).catch(() =>
      say("[data-scanned]", "打不开相机：可选一张码的照片，或粘贴扫描到的内容。"),
    );
  if (button.matches("[data-say]")) button.form.elements[button.dataset.into].value = button.dataset.say;
});
