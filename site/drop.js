// Files dropped on a card.

/** Takes a file dropped on `card` as if it had been opened with `input`. */
export function acceptDrops(card, input) {
  const mark = (over) => card.classList.toggle("over", over);
  card.addEventListener("dragover", (event) => {
    event.preventDefault();
    mark(true);
  });
  card.addEventListener("dragleave", ({ relatedTarget }) => mark(card.contains(relatedTarget)));
  card.addEventListener("drop", (event) => {
    event.preventDefault();
    mark(false);
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("input", { bubbles: true }));
  });
}
