/** Calls to the services: by cookie, commands with the session's CSRF token and a key that makes a repeat harmless. */
import { signal } from "@preact/signals";
import { both, language, t } from "./words.js";

/**
 * @typedef {object} Session
 * @property {string} subject
 * @property {string} name
 * @property {string[]} roles
 * @property {string} jurisdiction
 * @property {string | null} department
 * @property {string | null} team
 * @property {string} node
 * @property {string} node_name
 * @property {"live" | "exercise"} mode
 * @property {string} drill_id
 * @property {string} csrf
 * @property {string | null} expires_at
 * @property {string} base_map
 */

/**
 * @typedef {object} Problem
 * @property {number} status
 * @property {string} type
 * @property {string} detail
 * @property {string} detail_en
 * @property {{field: string, rule: string, message: string, message_en: string}[]} [errors]
 */

/** Who is logged in; null: nobody. */
export const session = signal(/** @type {Session | null} */ (null));
/** The session ended while somebody worked: what was typed stays, and they log in again. */
export const ended = signal(false);

/** The line is lost: what is shown may be old, so nothing is ordered on it. Drafts are still kept, and one may leave. */
export const offline = signal(false);
/** No page waits longer for an answer; the services themselves give up before. */
const PATIENCE_MS = 20_000;
/** A command given again after that is meant anew, whatever became of the first. */
const SAME_MS = 60_000;
const ALSO_OFFLINE = ["/intake/drafts/", "/logout"];

/** What a service refused, in words. */
export class Refused extends Error {
  /** @param {Problem} problem */
  constructor(problem) {
    super(language.value === "zh" ? problem.detail : problem.detail_en);
    this.problem = problem;
  }
}

/** Whether this is no more than a second attempt in other words: the first one, whose answer was lost, was done. @param {unknown} error */
export const doneBefore = (error) => error instanceof Refused && error.problem.type === "urn:liandong:problem:idempotency_mismatch";

/** Why a call failed, in words; a browser's own for a line that broke or an answer that did not come are English. @param {unknown} error */
export function wordsOfError(error) {
  if (error instanceof TypeError || (error instanceof DOMException && error.name === "TimeoutError")) return t("console.unreachable");
  return error instanceof Error ? error.message : String(error);
}

/**
 * @param {Response} answer
 * @returns {Promise<Problem>}
 */
async function problemOf(answer) {
  try {
    const told = await answer.json();
    if (typeof told.detail === "string") return { detail_en: told.detail, ...told, status: answer.status };
  } catch {
    // not JSON: something between us and the service answered
  }
  const line = `HTTP ${answer.status}`;
  return { status: answer.status, type: "", detail: line, detail_en: line };
}

/**
 * @param {"GET" | "POST" | "PUT" | "DELETE"} method
 * @param {string} path
 * @param {unknown} body
 * @param {Record<string, string>} headers
 * @returns {Promise<any>}
 */
async function send(method, path, body, headers) {
  const answer = await fetch(path, { method, headers: { accept: "application/json", ...headers }, signal: AbortSignal.timeout(PATIENCE_MS), body: body === undefined ? null : JSON.stringify(body) });
  if (answer.status === 401 && session.value) ended.value = true;
  if (!answer.ok) throw new Refused(await problemOf(answer));
  return answer.status === 204 ? null : answer.json();
}

/** Commands of which nobody knows what became of them: their key, when they went out, and the answer they wait for. */
/** @type {Map<string, {key: string, at: number, answer: Promise<any> | null}>} */
const open = new Map();

/** Whether it failed on its way, or at the door for want of a session: of the command itself that says nothing. @param {unknown} error */
export const unanswered = (error) => !(error instanceof Refused) || error.problem.status >= 500 || [0, 401].includes(error.problem.status);

/**
 * A command goes out once however often it is clicked; whoever gives it again because no answer came gives the same one,
 * and the service does it once.
 * @param {"GET" | "POST" | "PUT" | "DELETE"} method
 * @param {string} path
 * @param {unknown} [body]
 * @param {string} [key] the same for every attempt of one command
 * @returns {Promise<any>}
 */
export async function call(method, path, body, key) {
  if (method === "GET") return send(method, path, body, {});
  if (offline.value && !ALSO_OFFLINE.some((start) => path.startsWith(start))) {
    throw new Refused({ status: 0, type: "offline", ...both("console.not_sent") });
  }
  const words = JSON.stringify([method, path, body]);
  const before = open.get(words);
  if (before?.answer) return before.answer;
  const again = before && Date.now() - before.at < SAME_MS;
  const one = { key: key ?? (again ? before.key : crypto.randomUUID()), at: Date.now(), answer: /** @type {Promise<any> | null} */ (null) };
  open.set(words, one);
  one.answer = send(method, path, body, { "content-type": "application/json", "x-csrf-token": session.value?.csrf ?? "", "idempotency-key": one.key });
  try {
    const answer = await one.answer;
    open.delete(words);
    return answer;
  } catch (error) {
    if (unanswered(error)) one.answer = null;
    else open.delete(words);
    throw error;
  }
}

/**
 * @param {string} path
 * @returns {Promise<any>}
 */
export const read = (path) => call("GET", path);

/** Look who is logged in. */
export async function whoAmI() {
  try {
    session.value = await read("/session");
    ended.value = false;
  } catch (problem) {
    if (!(problem instanceof Refused) || problem.problem.status !== 401) throw problem;
    session.value = null;
  }
}

/** Log in, and come back to where one is. */
export function logIn() {
  location.assign(`/login?next=${encodeURIComponent(location.pathname + location.search + location.hash)}`);
}

/** Log out, here and on the server. */
export async function logOut() {
  await call("POST", "/logout", {});
  session.value = null;
}
