// The methods of JavaScript's strings. With the argument `utf8` from UTF-8 to UTF-8, as this
// project does; else from string to string.

import { serveTasks } from './task.js';

const change = {
  uppercase: (text) => text.toUpperCase(),
  lowercase: (text) => text.toLowerCase(),
};

const decode = (bytes) => new TextDecoder().decode(bytes);
const encode = (text) => new TextEncoder().encode(text);

await serveTasks((task, input) => {
  const text = decode(input);
  return process.argv[2] === 'utf8'
    ? () => encode(change[task](decode(input)))
    : () => change[task](text);
});
