// Files dropped on a card.

/** Takes a file dropped on `card` as if it had been opened with `input`. */
export function acceptDrops(card, input) {
  const mark = (over) => card.classList.toggle("over", over);
  // Text is dropped into the inputs, as everywhere.
  const hasFiles = ({ dataTransfer }) => dataTransfer.types.includes("Files");
  card.addEventListener("dragover", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    mark(true);
  });
  card.addEventListener("dragleave", ({ relatedTarget }) => mark(card.contains(relatedTarget)));
  card.addEventListener("drop", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    mark(false);
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("input", { bubbles: true }));
  });
}
