// Photon: a Rust library as wasm.

import photon from '@silvia-odwyer/photon-node';

import { serveStages } from './stages.js';

const { PhotonImage, SamplingFilter } = photon;

const change = {
  grayscale: (image) => photon.grayscale_human_corrected(image),
  blur: (image) => photon.gaussian_blur(image, 5),
  resize: (image) => photon.resize(image, 800, 600, SamplingFilter.Lanczos3),
};

const save = {
  jpeg: (image) => image.get_bytes_jpeg(80),
  png: (image) => image.get_bytes(),
  raw: (image) => image.get_raw_pixels(),
};

await serveStages({
  decode: (file, { input, width, height }) =>
    input === 'raw' ? new PhotonImage(file, width, height) : PhotonImage.new_from_byteslice(file),
  // Most operations change the picture in place.
  apply: (image, job) => change[job.operation](image) ?? image,
  encode: (image, job) => save[job.output](image),
  release: (image) => image.free(),
});
