/** Something a service knows: read, and read anew when what it hangs on changes or after a command of this seat. */
import { useEffect, useState } from "preact/hooks";
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
  useEffect(() => {
    let gone = false;
    look()
      .then((value) => !gone && (setFound({ key, value }), setProblem("")))
      .catch((error) => !gone && setProblem(wordsOf(error)));
    return () => {
      gone = true;
    };
  }, [key, asked, ...on]);
  return { value: found?.key === key ? found.value : null, problem, again: () => setAsked((count) => count + 1) };
}
