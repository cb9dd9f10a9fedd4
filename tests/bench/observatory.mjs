// Scores answers of this machine with the tests of Mozilla's HTTP Observatory, without asking anybody else.
// Called by scores.py: node observatory.mjs FOLDER_OF_PACKAGES ORIGIN_HERE HOST PATH…
import fs from "node:fs";
import http from "node:http";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [packages, origin, host, ...paths] = process.argv.slice(2);
const folder = path.join(packages, "node_modules/@mdn/mdn-http-observatory");
const preloaded = path.join(folder, "conf/hsts-preload.json");
if (!fs.existsSync(preloaded)) fs.writeFileSync(preloaded, "{}"); // the list of browsers; nobody is on it here
const load = (name) => import(pathToFileURL(path.join(folder, "src", name)).href);
const { AxiosHeaders } = await import(pathToFileURL(path.join(packages, "node_modules/axios/index.js")).href);
const { Requests } = await load("types.js");
const { Session } = await load("retriever/session.js");
const { ALL_TESTS } = await load("constants.js");
const { getScoreModifier } = await load("grader/grader.js");
const { MINIMUM_SCORE_FOR_EXTRA_CREDIT } = await load("grader/charts.js");

function ask(address, scheme) {
  const headers = { Host: host, "X-Forwarded-Proto": scheme, Origin: "https://http-observatory.security.mozilla.org" };
  return new Promise((resolve, reject) => {
    http.get(origin + address, { headers }, (answer) => {
      let body = "";
      answer.on("data", (part) => (body += part)).on("end", () => resolve({ answer, body }));
    }).on("error", reject);
  });
}

function asResponse({ answer, body }) {
  return {
    headers: new AxiosHeaders(answer.headers), request: { headers: new AxiosHeaders() }, verified: true, data: body,
    status: answer.statusCode, statusText: answer.statusMessage, config: { headers: new AxiosHeaders() },
  };
}

async function requestsOf(address) {
  const safe = await ask(address, "https"), plain = await ask(address, "http");
  const requests = new Requests(host);
  for (const name of ["auto", "cors", "https"]) requests.responses[name] = asResponse(safe);
  requests.responses.http = asResponse(plain);
  const here = { url: new URL(`https://${host}${address}`), status: safe.answer.statusCode };
  const before = { url: new URL(`http://${host}${address}`), status: plain.answer.statusCode };
  requests.responses.httpRedirects = [before, { ...here, url: new URL(plain.answer.headers.location) }];
  requests.responses.httpsRedirects = [here];
  requests.resources.path = safe.body;
  requests.session = new Session(here.url);
  for (const cookie of safe.answer.headers["set-cookie"] ?? []) requests.session.jar.setCookieSync(cookie, here.url.href);
  return requests;
}

for (const address of paths) {
  const results = await requestsOf(address).then((requests) => ALL_TESTS.map((test) => test(requests)));
  const points = results.map((result) => (result.result ? getScoreModifier(result.result) : 0));
  const lost = points.filter((point) => point < 0).reduce((sum, point) => sum + point, 100);
  const score = lost >= MINIMUM_SCORE_FOR_EXTRA_CREDIT ? points.reduce((sum, point) => sum + point, 100) : lost;
  const failed = results.filter((result) => !result.pass).map((result) => result.result);
  console.log(`${String(score).padStart(4)}  ${address}  ${failed.join(", ")}`);
}
