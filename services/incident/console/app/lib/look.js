/** Something a service knows: read, and read anew when what it hangs on changes or after a command of this seat. */
import { useEffect, useRef, useState } from "preact/hooks";
import { Refused, wordsOfError } from "./api.js";
import { t } from "./words.js";

/**
 * @template T
 * @typedef {object} Looked
 * @property {T | null} value what was read last of this key; null: nothing yet
 * @property {string} problem why the last reading failed, in words; what was read before stays
 * @property {() => void} again read anew
 */

/** @param {unknown} error */
function wordsOf(error) {
  const refused = error instanceof Refused && error.problem.status === 403;
  return t(refused ? "console.refused" : "console.failed", { detail: wordsOfError(error) });
}

/** For how long what was read is not read again, however much changes. */
const REST_MS = 200;

/**
 * Do a reading now, and again when one of `on` changes: one at a time, and once more if something changed meanwhile, so that
 * in a storm what was read is shown, and no seat asks more often than it can be answered. Another key is read at once.
 * @param {string} key
 * @param {(isWanted: () => boolean) => Promise<unknown>} once shows what it read, if that is still wanted; never fails
 * @param {unknown[]} on
 */
export function useReading(key, once, on) {
  const newest = useRef(once);
  newest.current = once;
  const running = useRef(/** @type {{key: string, due: boolean} | null} */ (null));
  useEffect(() => {
    if (running.current?.key === key) {
      running.current.due = true;
      return;
    }
    const mine = { key, due: true };
    const isWanted = () => running.current === mine;
    const readings = async () => {
      while (mine.due && isWanted()) {
        mine.due = false;
        await newest.current(isWanted);
        await new Promise((rested) => setTimeout(rested, REST_MS));
      }
      if (isWanted()) running.current = null;
    };
    running.current = mine;
    void readings();
  }, [key, ...on]);
  useEffect(
    () => () => {
      running.current = null;
    },
    [],
  );
}

/**
 * @template T
 * @param {string} key what it is of; what was read of another key is not shown
 * @param {() => Promise<T>} look
 * @param {unknown[]} [on] read anew when one of these changes
 * @returns {Looked<T>}
 */
export function useLooked(key, look, on = []) {
  const [found, setFound] = useState(/** @type {{key: string, value: T} | null} */ (null));
  const [problem, setProblem] = useState("");
  const [asked, setAsked] = useState(0);
  const once = (/** @type {() => boolean} */ isWanted) =>
    look()
      .then((value) => isWanted() && (setFound({ key, value }), setProblem("")))
      .catch((error) => isWanted() && setProblem(wordsOf(error)));
  useReading(key, once, [asked, ...on]);
  return { value: found?.key === key ? found.value : null, problem, again: () => setAsked((count) => count + 1) };
}
