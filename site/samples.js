// The sample pictures.

/** Where each is, by the name that `?file=` has for it: the very bytes that the function reads. */
export const SAMPLES = {
  "landscape.jpg": new URL("samples/landscape.jpg", import.meta.url),
  "garden.jpg": new URL("samples/garden.jpg", import.meta.url),
  "phone.jpg": new URL("samples/phone.jpg", import.meta.url),
  "badge.png": new URL("samples/badge.png", import.meta.url),
  "chart.webp": new URL("samples/chart.webp", import.meta.url),
  "globe.gif": new URL("samples/globe.gif", import.meta.url),
};
