// libvips by its Node binding. With the argument `tuned` it does as this project does: gray as one
// component, and no second pass over the coefficients for better Huffman tables.

import sharp from 'sharp';

import { serveStages } from './stages.js';

sharp.concurrency(1);
sharp.cache(false);

const tuned = process.argv[2] === 'tuned';

const change = {
  grayscale: (image) => (tuned ? image.grayscale().toColourspace('b-w') : image.grayscale()),
  // The variance of a box of radius 5.
  blur: (image) => image.blur(3.16),
  resize: (image) => image.resize(800),
};

const save = {
  jpeg: (image) => image.jpeg({ quality: 80, chromaSubsampling: '4:2:0', optimiseCoding: !tuned }),
  png: (image) => image.png(),
};

const samples = (image) => image.raw().toBuffer({ resolveWithObject: true });
const open = ({ data, info }) => sharp(data, { raw: info });

await serveStages({
  decode: (file) => samples(sharp(file)),
  apply: (image, job) => samples(change[job.operation](open(image))),
  encode: (image, job) => save[job.output](open(image)).toBuffer(),
  whole: (file, job) => save[job.output](change[job.operation](sharp(file))).toBuffer(),
});
