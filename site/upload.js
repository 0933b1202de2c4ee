// Requests whose body may be long. `fetch` does not tell how much has gone out; XMLHttpRequest does.

import { Problem, headers } from "./request.js";

/**
 * Sends `call`, which has a body, as `send` does. A file goes out from the disk, piece by piece.
 * @param {(sent: number) => void} tell  called now and then with how many bytes have gone out
 */
export async function upload(call, signal, tell) {
  const response = await exchange(call, signal, tell);
  if (!response.ok) throw await Problem.from(response);
  return response;
}

function exchange(call, signal, tell) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", call.path);
    for (const [name, value] of Object.entries(headers(call))) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded }) => tell(loaded);
    request.onload = () => resolve(response(request));
    request.onerror = () => reject(Problem.lost("The connection failed, or the file could not be read to its end."));
    request.onabort = () => reject(signal.reason);
    signal.addEventListener("abort", () => request.abort());
    request.send(call.body);
  });
}

function response(request) {
  const lines = request.getAllResponseHeaders().trim().split("\r\n");
  const { status, statusText } = request;
  return new Response(request.response, { status, statusText, headers: lines.map((line) => line.split(/: (.*)/, 2)) });
}
