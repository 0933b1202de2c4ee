// The forty thumbnails: a file of assets/samples, the pipeline that it goes through, and what is to be seen.

/** All are as large as this, but for those that say otherwise. */
const COVER = "resize:320x240,cover";

const LAKE = { file: "landscape.jpg", name: "A lake between mountains" };
const GARDEN = { file: "garden.jpg", name: "Flowers in a garden" };
const PHONE = { file: "phone.jpg", name: "A hot-air balloon" };
const BADGE = { file: "badge.png", name: "A compass badge" };
const CHART = { file: "chart.webp", name: "A chart" };
const GLOBE = { file: "globe.gif", name: "A globe" };

/** `path` is the path and query without `v`; `alt` says what the picture shows. */
export const PICTURES = [
  picture(LAKE, COVER, "as it is"),
  picture(LAKE, `${COVER}/sharpen`, "sharpened"),
  picture(LAKE, `${COVER}/grayscale`, "in gray"),
  picture(LAKE, `${COVER}/sepia`, "in sepia"),
  picture(LAKE, `${COVER}/tint:e8a24fcc`, "tinted amber"),
  picture(LAKE, `${COVER}/hue:150`, "its hues turned by 150 degrees"),
  picture(LAKE, `${COVER}/gaussian:4`, "softly blurred"),
  picture(LAKE, `${COVER}/pixelate:16`, "in squares"),
  picture(LAKE, `${COVER}/contrast:35/saturation:40`, "with more contrast and colour"),

  picture(GARDEN, COVER, "as it is"),
  picture(GARDEN, `${COVER}/flop`, "left to right"),
  picture(GARDEN, `${COVER}/saturation:-60`, "with less colour"),
  picture(GARDEN, `${COVER}/brightness:-25/contrast:20`, "darker"),
  picture(GARDEN, `${COVER}/gamma:1.8`, "with brighter shadows"),
  picture(GARDEN, `${COVER}/invert`, "as a negative"),
  picture(GARDEN, `${COVER}/threshold:110`, "in black and white"),
  picture(GARDEN, `${COVER}/blur:6`, "blurred by a box"),
  picture(GARDEN, "crop:480x360,center/resize:320x240", "cut to its middle"),

  picture(PHONE, COVER, "as it is"),
  picture(PHONE, `rotate:90/${COVER}`, "on its side"),
  picture(PHONE, `${COVER}/flip`, "upside down"),
  picture(PHONE, `${COVER}/grayscale/contrast:40`, "in hard gray"),
  picture(PHONE, `${COVER}/tint:3f7cac`, "in blue"),
  picture(PHONE, `${COVER}/pixelate:24`, "in large squares"),
  picture(PHONE, "resize:320x240,contain,dcebe8", "whole, on a pale ground"),

  picture(BADGE, "trim/resize:320x240,contain", "without its border"),
  picture(BADGE, "resize:320x240,contain/flatten:0b5c56", "on dark green"),
  picture(BADGE, "resize:320x240,contain/grayscale", "in gray"),
  picture(BADGE, "resize:320x240,contain/hue:180", "in the opposite hues"),
  picture(BADGE, "rotate:180/resize:320x240,contain/sepia", "upside down in sepia"),

  picture(CHART, "resize:320x240,contain", "whole"),
  picture(CHART, "crop:640x480,northwest/resize:320x240", "its upper left"),
  picture(CHART, "resize:320x240,contain/invert", "as a negative"),
  picture(CHART, "crop:400x300,center/sharpen:2/resize:320x240", "its middle, sharpened"),

  picture(GLOBE, "resize:320x240,contain", "whole"),
  picture(GLOBE, "resize:320x240,contain/flatten:101820", "on black"),
  picture(GLOBE, "resize:320x240,contain/hue:200", "as another planet"),
  picture(GLOBE, "resize:320x240,contain/tint:c84b31", "in red"),
  picture(GLOBE, "crop:240x180,center/resize:320x240!", "enlarged"),
  picture(GLOBE, "resize:280x200,contain/pad:320x240,a9cce3", "in a frame"),
];

function picture({ file, name }, pipeline, how) {
  return { file, pipeline, alt: `${name}, ${how}`, path: `/image/${pipeline}?file=${file}` };
}
