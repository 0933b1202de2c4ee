// Jimp: plain JavaScript. Its JPEG encoder knows no 4:2:0.

import { Jimp } from 'jimp';

import { serveStages } from './stages.js';

const change = {
  grayscale: (image) => image.greyscale(),
  // The fast one of its two; the Gaussian takes minutes.
  blur: (image) => image.blur(5),
  resize: (image) => image.resize({ w: 800 }),
};

const save = {
  jpeg: (image) => image.getBuffer('image/jpeg', { quality: 80 }),
  png: (image) => image.getBuffer('image/png'),
};

await serveStages({
  decode: (file) => Jimp.read(file),
  apply: (image, job) => change[job.operation](image),
  encode: (image, job) => save[job.output](image),
});
