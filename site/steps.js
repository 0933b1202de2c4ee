// The editor of a pipeline: a list of steps to add to, change, reorder and remove from, and a palette of operations.

import { inputs } from "./fields.js";
import { button, element } from "./markup.js";
import { OPERATIONS, defaults } from "./operations.js";
import { MOST } from "./pipeline.js";

/** Steps in the order of their items in the list; every change bubbles from the list as an `input` event. */
export class Steps {
  #list;
  #palette;
  #status;
  /** What each item of the list stands for. */
  #steps = new WeakMap();

  constructor(editor) {
    this.#list = editor.querySelector("ol");
    this.#status = editor.querySelector("[role=status]");
    this.#palette = editor.querySelector(".palette");
    this.#palette.append(...this.#groups());
  }

  get all() {
    return [...this.#list.children].map((item) => this.#steps.get(item));
  }

  set all(steps) {
    this.#list.replaceChildren(...steps.map((step) => this.#item(step)));
    this.#settle();
  }

  /** Shows `problem` at the step of its zero-based index; without one no step has a complaint. */
  complain(problem) {
    [...this.#list.children].forEach((item, index) => {
      const own = problem?.segment === index;
      item.classList.toggle("faulty", own);
      item.querySelector(".complaint").textContent = own ? problem.message : "";
    });
  }

  #groups() {
    return Object.entries(Object.groupBy(OPERATIONS, ({ group }) => group)).map(([group, operations]) => {
      const row = element("div", "choices", ...operations.map((operation) => this.#adder(operation)));
      row.role = "group";
      row.ariaLabel = `Add: ${group}`;
      return element("div", "group", element("span", "", group), row);
    });
  }

  #adder(operation) {
    const adder = button("", operation.name, operation.name, () => {
      const item = this.#item({ operation, values: defaults(operation) });
      this.#list.append(item);
      this.#changed(`${operation.name} added as ${this.#place(item)}`);
    });
    adder.title = operation.about;
    return adder;
  }

  #item(step) {
    const { name, about } = step.operation;
    const item = element("li", "step");
    const title = name || "verbatim";
    const grip = button("grip", "", `Move ${title}: drag, or press the arrow keys`, () => {});
    const head = element(
      "div", "head", grip, element("b", "", title), element("span", "gist", about),
      button("tool", "↑", `Move ${title} up`, () => this.#move(item, -1)),
      button("tool", "↓", `Move ${title} down`, () => this.#move(item, 1)),
      button("tool", "×", `Remove ${title}`, () => this.#remove(item)),
    );
    const body = element("div", "fields", ...inputs(step));
    const frame = element("div", "", head, body, element("p", "complaint"));
    frame.role = "group";
    frame.ariaLabel = title;
    item.append(frame);
    this.#steps.set(item, step);
    this.#drag(item, grip);
    return item;
  }

  /** Lets `grip` carry `item`: past each neighbour whose middle the pointer crosses, or by arrow keys. */
  #drag(item, grip) {
    const middle = (neighbour) => {
      const { top, height } = neighbour.getBoundingClientRect();
      return top + height / 2;
    };
    grip.addEventListener("pointerdown", (event) => {
      grip.setPointerCapture(event.pointerId);
      item.classList.add("carried");
    });
    grip.addEventListener("pointermove", ({ pointerId, clientY }) => {
      if (!grip.hasPointerCapture(pointerId)) return;
      const { previousElementSibling: above, nextElementSibling: below } = item;
      if (above && clientY < middle(above)) this.#move(item, -1);
      else if (below && clientY > middle(below)) this.#move(item, 1);
    });
    grip.addEventListener("lostpointercapture", () => item.classList.remove("carried"));
    grip.addEventListener("keydown", (event) => {
      const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
      if (!by) return;
      event.preventDefault();
      this.#move(item, by);
    });
  }

  #move(item, by) {
    const neighbour = by < 0 ? item.previousElementSibling : item.nextElementSibling;
    if (!neighbour) return;
    // The neighbour is what moves in the document: `item` would lose focus and pointer.
    if (by < 0) item.after(neighbour);
    else item.before(neighbour);
    this.#changed(`${item.querySelector("b").textContent} is now ${this.#place(item)}`);
  }

  #remove(item) {
    const next = item.nextElementSibling ?? item.previousElementSibling;
    const name = item.querySelector("b").textContent;
    item.remove();
    (next?.querySelector(".tool:last-child") ?? this.#palette.querySelector("button")).focus();
    this.#changed(`${name} removed`);
  }

  #place(item) {
    const { children } = this.#list;
    return `${[...children].indexOf(item) + 1} of ${children.length}`;
  }

  #changed(words) {
    this.#status.textContent = words;
    this.#settle();
    this.#list.dispatchEvent(new Event("input", { bubbles: true }));
  }

  /** A full pipeline takes no more. */
  #settle() {
    const full = this.#list.children.length >= MOST;
    for (const adder of this.#palette.querySelectorAll("button")) adder.disabled = full;
  }
}
