/** A button that asks for what its command needs, in place, and says beside itself what was refused. */
import { useEffect, useRef, useState } from "preact/hooks";
import { said } from "../lib/forces.js";
import { html } from "../lib/html.js";
import { t } from "../lib/words.js";

/**
 * @typedef {object} Field
 * @property {string} name
 * @property {string} label
 * @property {"number" | "text" | "check" | "checks"} [kind] one box, or several of which any may be taken
 * @property {boolean} [optional] may stay empty
 * @property {string | number} [initial]
 * @property {number} [max] for a number
 * @property {[value: string, words: string][]} [options]
 */

/** @param {Field} field @param {FormData} given */
function valueOf({ name, kind, optional }, given) {
  if (kind === "checks") return given.getAll(name);
  if (kind === "check") return given.get(name) === "on";
  const words = String(given.get(name) ?? "").trim();
  return kind === "number" && !(optional && !words) ? Number(words) : words;
}

/** @param {{field: Field}} of */
function Box({ field: { name, label, kind, initial, max, options, optional } }) {
  if (kind === "checks") {
    return html`<fieldset class="wide"><legend>${label}</legend>${(options ?? []).map(([value, words]) => html`<label key=${value} class="check"><input type="checkbox" name=${name} value=${value} /> ${words}</label>`)}</fieldset>`;
  }
  if (kind === "check") return html`<label class="check"><input type="checkbox" name=${name} /> ${label}</label>`;
  if (options) {
    return html`<label>${label} <select name=${name} required>${options.map(([value, words]) => html`<option key=${value} value=${value} selected=${value === initial}>${words}</option>`)}</select></label>`;
  }
  return html`<label>${label} <input name=${name} type=${kind ?? "text"} required=${!optional} defaultValue=${initial ?? ""} min="0" max=${max} step=${kind === "number" ? "any" : undefined} maxlength="190" /></label>`;
}

/**
 * @param {{label: string, fields?: Field[], run: (values: Record<string, any>) => Promise<unknown>, main?: boolean, opened?: () => void, start?: number}} of
 *   `start`: grows when somebody asks for it from elsewhere
 */
export function Act({ label, fields = [], run, main, opened = () => undefined, start = 0 }) {
  const [open, setOpen] = useState(false);
  const [problem, setProblem] = useState("");
  const box = useRef(/** @type {HTMLFormElement | null} */ (null));
  const show = () => (opened(), setOpen(true));
  useEffect(() => void (start && show()), [start]);
  useEffect(() => {
    if (open) /** @type {HTMLElement | null | undefined} */ (box.current?.querySelector("input, select"))?.focus();
  }, [open]);
  const go = (/** @type {Record<string, any>} */ values) => {
    setProblem("");
    return run(values).then(
      () => (setProblem(""), setOpen(false)),
      (error) => setProblem(said(error)),
    );
  };
  const submit = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const given = new FormData(/** @type {HTMLFormElement} */ (event.currentTarget));
    const values = fields.map((one) => [one.name, valueOf(one, given)]);
    void go(Object.fromEntries(values));
  };
  const refused = problem && html`<p class="refused" role="alert">${problem}</p>`;
  if (!open || !fields.length) {
    return html`<button type="button" class=${main ? "main" : ""} onClick=${() => (fields.length ? show() : void go({}))}>${label}</button>${refused}`;
  }
  return html`<form ref=${box} class="act" aria-label=${label} onSubmit=${submit}
    onKeyDown=${(/** @type {KeyboardEvent} */ event) => event.key === "Escape" && !event.isComposing && (event.stopPropagation(), setOpen(false))}>
    ${fields.map((one) => html`<${Box} key=${one.name} field=${one} />`)}
    <button class="main">${label}</button><button type="button" onClick=${() => setOpen(false)}>${t("console.close")}</button>${refused}
  </form>`;
}
