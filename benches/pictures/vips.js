// libvips as wasm.

import Vips from 'wasm-vips';

import { serveStages } from './stages.js';

const vips = await Vips({ dynamicLibraries: [] });
vips.concurrency(1);
vips.Cache.max(0);

// Alpha weighs colour, as in the others.
const blurred = (image) =>
  image.hasAlpha()
    ? image.premultiply().gaussblur(3.16).unpremultiply().cast('uchar')
    : image.gaussblur(3.16);

const change = {
  grayscale: (image) => image.colourspace('b-w'),
  // The variance of a box of radius 5.
  blur: blurred,
  resize: (image) => image.thumbnailImage(800),
};

const save = {
  jpeg: (image) => image.jpegsaveBuffer({ Q: 80, subsample_mode: 'on' }),
  png: (image) => image.pngsaveBuffer(),
};

await serveStages({
  decode: (file) => vips.Image.newFromBuffer(file).copyMemory(),
  apply: (image, job) => change[job.operation](image).copyMemory(),
  encode: (image, job) => save[job.output](image),
  release: (image) => image.delete(),
  whole: (file, job) =>
    job.operation === 'resize'
      ? save[job.output](vips.Image.thumbnailBuffer(file, 800))
      : save[job.output](change[job.operation](vips.Image.newFromBuffer(file))),
});
