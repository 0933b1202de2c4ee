// Elements and wordings that several cards share.

/** An element with a class and children. */
export function element(name, className, ...children) {
  const node = document.createElement(name);
  node.className = className;
  node.append(...children);
  return node;
}

/** A button that submits nothing. */
export function button(className, content, label, act) {
  const node = element("button", className, content);
  node.type = "button";
  if (label !== content) node.ariaLabel = node.title = label;
  node.addEventListener("click", act);
  return node;
}

/** A problem as a reader wants it: what is wrong first, its kind last. */
export function explain({ title, message, status, type = "" }) {
  const name = [status, title].filter(Boolean).join(" ");
  return element("div", "problem", element("b", "", name), element("p", "", message), element("code", "", type));
}

/** A number of bytes in the unit that suits it. */
export function size(bytes) {
  if (bytes < 1000) return `${Math.round(bytes)} ${bytes === 1 ? "byte" : "bytes"}`;
  const [scale, unit] = [[1e9, "GB"], [1e6, "MB"], [1e3, "kB"]].find(([scale]) => bytes >= scale);
  return `${(bytes / scale).toFixed(1)} ${unit}`;
}

/** How fast so many bytes went in so many milliseconds. */
export function rate(bytes, elapsed) {
  return `${size((1000 * bytes) / elapsed)}/s`;
}

/** A time to three significant digits, beyond which it is noise. */
export function round(time) {
  return Number(time.toPrecision(3));
}

/** A time in the unit that suits it. */
export function duration(milliseconds) {
  if (milliseconds < 1000) return `${round(milliseconds)} ms`;
  if (milliseconds < 10_000) return `${(milliseconds / 1000).toFixed(1)} s`;
  const seconds = Math.round(milliseconds / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** Facts in a row, none of which breaks in its middle. */
export function facts(parts) {
  return parts.filter(Boolean).map((part) => `${part}`.replaceAll(" ", "\u00a0")).join(" · ");
}

/** A text that may break into lines after each `sign`. */
export function breakable(text, sign) {
  const pieces = text.split(sign);
  return pieces.flatMap((piece, index) => (index ? [sign, document.createElement("wbr"), piece] : [piece]));
}

/** Makes a line's button copy its text. */
export function copyable(line) {
  const text = line.querySelector("pre");
  const copy = line.querySelector("button");
  copy.addEventListener("click", () => copyFrom(text, copy));
  return text;
}

/** A button that copies the text of `node`. */
export function copier(node, label) {
  return button("copy", "Copy", label, ({ target }) => copyFrom(node, target));
}

/** Copies the text of `node`, or selects it where the page may not write to the clipboard. */
async function copyFrom(node, copy) {
  try {
    await navigator.clipboard.writeText(node.textContent);
    copy.textContent = "Copied";
    setTimeout(() => (copy.textContent = "Copy"), 1500);
  } catch {
    getSelection().selectAllChildren(node);
  }
}
