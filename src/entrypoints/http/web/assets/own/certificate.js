// Asks the certificate middleware on this machine for a signature, and sends the form with it.
const place = document.querySelector("[data-middleware]");
const form = document.querySelector("form[enctype]");
const button = place.querySelector("button");
const fault = place.querySelector(".fault");

const put = (name, hex) => {
  const bytes = Uint8Array.from(hex.match(/../g), (two) => parseInt(two, 16));
  const files = new DataTransfer();
  files.items.add(new File([bytes], name));
  form.elements[name].files = files.files;
};

button.addEventListener("click", async () => {
  button.disabled = true;
  fault.textContent = "";
  try {
    const answer = await fetch(place.dataset.middleware, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ nonce: place.dataset.nonce }),
    });
    if (!answer.ok) throw new Error(String(answer.status));
    const proof = await answer.json();
    put("certificate", proof.certificate);
    put("signature", proof.signature);
    form.requestSubmit();
  } catch {
    fault.textContent = "证书助手没有应答：请确认它已启动、UKey 已插好，或改用文件。";
    button.disabled = false;
  }
});
place.hidden = false;
