/** Times as people of the city read them: 北京时间, whatever zone the machine runs in. */
import { signal } from "@preact/signals";

const ZONE = "Asia/Shanghai";
const clockOf = new Intl.DateTimeFormat("zh-CN", { timeZone: ZONE, hour12: false, hour: "2-digit", minute: "2-digit", second: "2-digit" });
const dayOf = new Intl.DateTimeFormat("zh-CN", { timeZone: ZONE, month: "2-digit", day: "2-digit" });
const shortOf = new Intl.DateTimeFormat("zh-CN", { timeZone: ZONE, hour12: false, month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" });

let ahead = 0;

/** The node's now, once a second; it goes on counting also while the line is broken. In a drill it is not the machine's. */
export const now = signal(Date.now());
setInterval(() => {
  now.value = Date.now() + ahead;
}, 1000);

/**
 * The node told its time.
 * @param {string} moment
 */
export function setNow(moment) {
  const told = Date.parse(moment) - Date.now();
  // the way here takes a moment, and seconds must not jump to and fro
  if (Math.abs(told - ahead) > 1500) ahead = told;
  now.value = Date.now() + ahead;
}

/** @param {number | string} moment */
export const clock = (moment) => clockOf.format(new Date(moment));
/** @param {number | string} moment */
export const day = (moment) => dayOf.format(new Date(moment));
/** @param {number | string} moment */
export const short = (moment) => shortOf.format(new Date(moment));

/**
 * A span as h:mm or mm:ss, with its sign.
 * @param {number} milliseconds
 */
export function span(milliseconds) {
  const seconds = Math.floor(Math.abs(milliseconds) / 1000);
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (/** @type {number} */ value) => String(value).padStart(2, "0");
  const said = hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${two(minutes)}:${two(rest)}`;
  return milliseconds < 0 ? `-${said}` : said;
}
