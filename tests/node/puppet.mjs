/** Chromium without a window, and what its pages complain of. */

import puppeteer from "puppeteer-core";

/** Chromium's sandbox needs what containers often lack; all pages here are our own. */
const ARGUMENTS = ["--no-sandbox"];

/**
 * Starts a browser.
 * @param {string} program
 */
export async function openBrowser(program) {
  const browser = await puppeteer.launch({ executablePath: program, args: ARGUMENTS });
  return {
    /** A page at `url`, and a list that grows with everything that goes wrong on it. */
    async open(url, viewport = { width: 1280, height: 900 }) {
      const page = await browser.newPage();
      await page.setViewport(viewport);
      const troubles = await watch(page);
      await page.goto(url, { waitUntil: "load" });
      return { page, troubles };
    },
    close: () => browser.close(),
  };
}

/** Collects errors, warnings, violations of the Content-Security-Policy, and requests that fail. */
async function watch(page) {
  const troubles = [];
  page.on("pageerror", (error) => troubles.push(`error: ${error.stack ?? error}`));
  page.on("console", (message) => {
    if (["error", "warn"].includes(message.type())) troubles.push(`console: ${message.text()}`);
  });
  page.on("requestfailed", (request) => {
    // A later request of the page may end an earlier one: that is no trouble.
    const { errorText } = request.failure();
    if (errorText !== "net::ERR_ABORTED") troubles.push(`${request.url()}: ${errorText}`);
  });
  page.on("request", (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol.startsWith("http") && page.url().startsWith("http") && origin !== new URL(page.url()).origin) {
      troubles.push(`a request to another origin: ${request.url()}`);
    }
  });
  await page.exposeFunction("reportViolation", (text) => troubles.push(text));
  await page.evaluateOnNewDocument(() => {
    document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sourceFile, lineNumber }) => {
      window.reportViolation(`policy: ${violatedDirective} ${blockedURI} (${sourceFile}:${lineNumber})`);
    });
  });
  return troubles;
}
