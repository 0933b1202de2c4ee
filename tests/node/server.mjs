/** A folder over HTTP, for pages that only need files. */

import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join, normalize } from "node:path";

const MEDIA = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".wasm": "application/wasm",
};

/**
 * Serves a folder on a free port. Its `index.html` is an empty page.
 * @param {string} folder
 */
export async function serveFolder(folder) {
  const server = createServer(async (request, response) => {
    const path = normalize(new URL(request.url, "http://localhost").pathname);
    if (path === "/index.html") {
      response.writeHead(200, { "Content-Type": MEDIA[".html"] });
      response.end("<!doctype html><html lang=en><title>Empty</title><link rel=icon href=data:,>");
      return;
    }
    try {
      const bytes = await readFile(join(folder, path));
      response.writeHead(200, { "Content-Type": MEDIA[extname(path)] ?? "application/octet-stream" });
      response.end(bytes);
    } catch {
      response.writeHead(404);
      response.end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}
