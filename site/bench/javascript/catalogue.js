// JSON.

/**
 * Parses a catalogue and walks through it.
 *
 * @param {Uint8Array} json  UTF-8, as it comes off a network
 * @returns {Float64Array} the sums of the prices of what is available, of the areas, of the
 *   identifiers, and of the lengths of all names and tags
 */
export function summarize(json) {
  const sums = new Float64Array(4);
  for (const { id, name, price, available, tags, size } of JSON.parse(new TextDecoder().decode(json))) {
    sums[0] += available ? price : 0;
    sums[1] += size.width * size.height;
    sums[2] += id;
    sums[3] += name.length;
    for (const tag of tags) sums[3] += tag.length;
  }
  return sums;
}
