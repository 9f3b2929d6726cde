// Shows what came of checking a proof: each step, and what no computer could check.
const UNCHECKED = "没有核对：签名、名单是否齐全、随机数提交、公布和开启的时间是否属实、预定数表的根值和公开数值是否属实、派员条件是否属实、审计存证。";

const line = (tag, text, kind = "") => {
  const made = document.createElement(tag);
  made.textContent = text;
  if (kind) made.className = kind;
  return made;
};

export const showVerified = (place, steps) => {
  const wrong = steps.filter((one) => one.faults.length);
  const said = wrong.length ? `证明不成立：在“${wrong[0].title}”这一步。` : `内容自洽：${steps.length}步都与公布的数据相符，签名未核。`;
  const list = document.createElement("ul");
  list.className = "log";
  for (const one of steps) {
    const text = one.faults.length ? `✗ ${one.title}：${one.faults.join("；")}` : `✓ ${one.title}`;
    list.append(line("li", text, one.faults.length ? "fault" : ""));
  }
  place.replaceChildren(line("p", said, wrong.length ? "fault" : "told"), list, line("p", UNCHECKED, "hint"));
};

export const showSaid = (place, text, wrong = false) => place.replaceChildren(line("p", text, wrong ? "fault" : ""));
