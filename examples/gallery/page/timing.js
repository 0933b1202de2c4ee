// How long a request took, by the browser's Resource Timing, and how long many did.

/** Who waits for the entry of a URL. */
const waiting = new Map();

new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) waiting.get(entry.name)?.(entry);
}).observe({ type: "resource" });

/**
 * Fetches a picture past the browser's cache.
 * @param {string} path
 * @returns {Promise<{blob: Blob, isHit: boolean, time: number, work: {name: string, duration: number}[]}>} its
 *   bytes, whether the shared cache had it, the milliseconds from the request to the last byte, and what the
 *   application did when it made the picture
 */
export async function timedFetch(path) {
  const entry = new Promise((resolve) => waiting.set(new URL(path, location.href).href, resolve));
  const response = await fetch(path, { cache: "no-store" });
  if (!response.ok) throw new Error(`${path} is answered ${response.status}.`);
  const blob = await response.blob();
  const { requestStart, responseEnd, serverTiming } = await entry;
  return {
    blob,
    isHit: response.headers.get("X-Cache") === "HIT",
    time: responseEnd - requestStart,
    work: serverTiming.map(({ name, duration }) => ({ name, duration })),
  };
}

/**
 * The least of the values that has this share of them at or below it.
 * @param {number[]} values
 * @param {number} share from 0 to 1
 */
export function quantile(values, share) {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}

/**
 * As people read it: two digits or more.
 * @param {number} duration in milliseconds
 */
export function milliseconds(duration) {
  return duration < 9.95 ? duration.toFixed(1) : Math.round(duration).toString();
}
