// A signature on glass: it is sent as a picture, and as strokes with the time of each point. Without
// this script a photograph of a signature is sent.
const INK = "#101828";
const WIDTH = 2.4;
const NAME = "签名.png";

const made = (kind, more) => Object.assign(document.createElement(kind), more);

export const pad = (place) => {
  const field = place.querySelector("input[type=file]");
  const canvas = made("canvas", { tabIndex: 0 });
  const label = place.querySelector("label");
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", `${label?.textContent ?? ""}：在框内手写签名`);
  const told = made("span", { className: "hint", textContent: "请在框内手写签名" });
  const clear = made("button", { type: "button", className: "quiet", textContent: "清除" });
  const below = made("p");
  below.append(told, clear);
  const around = made("div", { className: "pad" });
  around.append(canvas, below);
  field.before(around);
  field.hidden = true;
  field.required = false;

  const context = canvas.getContext("2d");
  const strokes = [];
  let began = 0;
  let drawing = false;

  const fit = () => {
    const { width, height } = canvas.getBoundingClientRect();
    canvas.width = Math.round(width * devicePixelRatio);
    canvas.height = Math.round(height * devicePixelRatio);
    context.scale(devicePixelRatio, devicePixelRatio);
    Object.assign(context, { strokeStyle: INK, lineWidth: WIDTH, lineCap: "round", lineJoin: "round" });
  };

  const point = (event) => {
    const { left, top } = canvas.getBoundingClientRect();
    began ||= event.timeStamp;
    const at = [event.clientX - left, event.clientY - top, event.timeStamp - began];
    return at.map((one) => Math.max(0, Math.round(one)));
  };

  const keep = async () => {
    const picture = made("canvas", { width: canvas.width, height: canvas.height });
    const copy = picture.getContext("2d");
    copy.fillStyle = "#fff";
    copy.fillRect(0, 0, picture.width, picture.height);
    copy.drawImage(canvas, 0, 0);
    const content = await new Promise((done) => picture.toBlob(done, "image/png"));
    const kept = new DataTransfer();
    if (strokes.length) kept.items.add(new File([content], NAME, { type: "image/png" }));
    field.files = kept.files;
    field.form.elements[place.dataset.strokes].value = strokes
      .map((one) => one.map((each) => each.join(",")).join(" "))
      .join(";");
    told.textContent = strokes.length ? "已签名" : "请在框内手写签名";
  };

  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    drawing = true;
    strokes.push([point(event)]);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!drawing) return;
    const stroke = strokes.at(-1);
    const [x, y] = stroke.at(-1);
    stroke.push(point(event));
    context.beginPath();
    context.moveTo(x, y);
    context.lineTo(...stroke.at(-1).slice(0, 2));
    context.stroke();
  });
  for (const end of ["pointerup", "pointercancel"]) {
    canvas.addEventListener(end, () => {
      if (!drawing) return;
      drawing = false;
      keep();
    });
  }
  clear.addEventListener("click", () => {
    strokes.length = 0;
    began = 0;
    context.clearRect(0, 0, canvas.width, canvas.height);
    keep();
  });
  fit();
};

for (const one of document.querySelectorAll("[data-pad]")) pad(one);
