/** A box in which few keys suffice: what may be meant stands below it, and a digit, Enter or the arrows choose. */
import { useEffect, useRef, useState } from "preact/hooks";
import { read, wordsOfError } from "../lib/api.js";
import { html } from "../lib/html.js";
import { composing } from "../lib/keys.js";
import { t } from "../lib/words.js";

const PAUSE_MS = 90;
/** Letters only: then a digit chooses. With characters or figures in the box a digit is part of the address. */
const INITIALS = /^[a-z]+$/;

/**
 * @template T
 * @param {object} of
 * @param {string} of.name
 * @param {string} of.value
 * @param {string} of.path answers a list of candidates for `q`
 * @param {(one: T) => unknown} of.words
 * @param {(one: T) => void} of.onChoose
 * @param {(text: string) => void} of.onText
 * @param {() => void} [of.onSkip] Enter where nothing is to be chosen
 * @param {boolean} [of.focused]
 * @param {boolean} [of.free] the text may be anything: a candidate is taken only by a digit, an arrow or a click
 * @param {string} [of.hint]
 * @param {number} [of.most] characters
 */
export function Candidates({ name, value, path, words, onChoose, onText, onSkip, focused, free, hint = "", most = 300 }) {
  const first = free ? -1 : 0;
  const [found, setFound] = useState(/** @type {T[]} */ ([]));
  const [at, setAt] = useState(first);
  const [problem, setProblem] = useState("");
  const box = useRef(/** @type {HTMLInputElement | null} */ (null));
  const asked = useRef(/** @type {{query: string, answer: Promise<T[]>}} */ ({ query: "", answer: Promise.resolve([]) }));
  const timer = useRef(0);
  const edited = useRef(false);
  useEffect(() => {
    if (focused) box.current?.focus();
  }, [focused]);

  const ask = (/** @type {string} */ query) => {
    clearTimeout(timer.current);
    if (asked.current.query === query) return asked.current.answer;
    const look = query.trim() ? read(`${path}?q=${encodeURIComponent(query.slice(0, 100))}`) : Promise.resolve([]);
    const answer = look.then((list) => (setProblem(""), list)).catch((error) => (setProblem(wordsOfError(error)), []));
    asked.current = { query, answer };
    void answer.then((list) => {
      if (asked.current.query !== query || document.activeElement !== box.current) return;
      setFound(list);
      setAt(first);
    });
    return answer;
  };
  /** What was asked is forgotten with the list: whoever comes back and types the same sees it again. */
  const close = () => {
    clearTimeout(timer.current);
    asked.current = { query: "", answer: Promise.resolve([]) };
    setFound([]);
  };
  const choose = async (/** @type {number} */ number) => {
    const list = await ask(box.current?.value ?? "");
    const one = list[number];
    if (!one) return;
    edited.current = false;
    close();
    onChoose(one);
  };
  /** What is typed may not have been answered yet: it is waited for, so that the fastest typist gets a place too. */
  const enter = async () => {
    if (edited.current && at >= 0 && (await ask(box.current?.value ?? ""))[at]) await choose(at);
    else onSkip?.();
  };
  /** @param {KeyboardEvent} event */
  const onKeyDown = (event) => {
    const typed = box.current?.value ?? "";
    if (composing(event) || event.ctrlKey || event.altKey) return;
    if (/^[1-9]$/.test(event.key) && INITIALS.test(typed)) {
      event.preventDefault();
      void choose(Number(event.key) - 1);
    } else if (event.key === "Enter") {
      event.preventDefault();
      void enter();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      setAt((now) => Math.min(found.length - 1, Math.max(first, now + (event.key === "ArrowDown" ? 1 : -1))));
    } else if (event.key === "Escape" && found.length) {
      event.preventDefault();
      event.stopPropagation();
      edited.current = false;
      close();
    }
  };
  const id = `candidates-${name}`;
  return html`<div class="pick">
    <input ref=${box} name=${name} value=${value} autocomplete="off" maxlength=${most} role="combobox" aria-autocomplete="list"
      aria-label=${t(`console.field_${name}`)} aria-expanded=${found.length > 0} aria-controls=${id} aria-activedescendant=${found.length && at >= 0 ? `${id}-${at}` : null} placeholder=${hint}
      onInput=${(/** @type {any} */ event) => {
        onText(event.currentTarget.value);
        edited.current = true;
        clearTimeout(timer.current);
        timer.current = setTimeout(ask, PAUSE_MS, event.currentTarget.value);
      }}
      onKeyDown=${onKeyDown} onBlur=${close} />
    ${problem && html`<small class="refused" role="alert">${t("console.no_candidates", { detail: problem })}</small>`}
    <ol id=${id} role="listbox" aria-label=${t("console.candidates")} hidden=${!found.length}>${found.map(
      (one, number) => html`<li key=${number} id=${`${id}-${number}`} role="option" aria-selected=${number === at} class=${number === at ? "chosen" : ""}
        onMouseDown=${(/** @type {Event} */ event) => (event.preventDefault(), void choose(number))}><kbd>${number + 1}</kbd> ${words(one)}</li>`,
    )}</ol>
  </div>`;
}
