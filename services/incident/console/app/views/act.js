/** A button that asks for what its command needs, in place, and says beside itself what was refused. */
import { useEffect, useRef, useState } from "preact/hooks";
import { said } from "../lib/forces.js";
import { html } from "../lib/html.js";
import { t } from "../lib/words.js";

/**
 * @typedef {object} Field
 * @property {string} name
 * @property {string} label
 * @property {"number" | "text"} [kind]
 * @property {string | number} [initial]
 * @property {number} [max] for a number
 * @property {[value: string, words: string][]} [options]
 */

/**
 * @param {{label: string, fields?: Field[], run: (values: Record<string, any>) => Promise<unknown>, main?: boolean}} of
 */
export function Act({ label, fields = [], run, main }) {
  const [open, setOpen] = useState(false);
  const [problem, setProblem] = useState("");
  const box = useRef(/** @type {HTMLFormElement | null} */ (null));
  useEffect(() => {
    if (open) /** @type {HTMLElement | null | undefined} */ (box.current?.querySelector("input, select"))?.focus();
  }, [open]);
  const go = (/** @type {Record<string, any>} */ values) =>
    run(values).then(
      () => (setProblem(""), setOpen(false)),
      (error) => setProblem(said(error)),
    );
  const submit = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const given = new FormData(/** @type {HTMLFormElement} */ (event.currentTarget));
    const values = fields.map(({ name, kind }) => [name, kind === "number" ? Number(given.get(name)) : String(given.get(name) ?? "").trim()]);
    void go(Object.fromEntries(values));
  };
  const refused = problem && html`<p class="refused" role="alert">${problem}</p>`;
  if (!open || !fields.length) {
    return html`<button type="button" class=${main ? "main" : ""} onClick=${() => (fields.length ? setOpen(true) : void go({}))}>${label}</button>${refused}`;
  }
  return html`<form ref=${box} class="act" aria-label=${label} onSubmit=${submit}
    onKeyDown=${(/** @type {KeyboardEvent} */ event) => event.key === "Escape" && !event.isComposing && (event.stopPropagation(), setOpen(false))}>
    ${fields.map(
      (one) => html`<label key=${one.name}>${one.label} ${one.options
        ? html`<select name=${one.name} required>${one.options.map(([value, words]) => html`<option key=${value} value=${value}>${words}</option>`)}</select>`
        : html`<input name=${one.name} type=${one.kind ?? "text"} required defaultValue=${one.initial ?? ""} min="0" max=${one.max} maxlength="190" />`}</label>`,
    )}
    <button class="main">${label}</button><button type="button" onClick=${() => setOpen(false)}>${t("console.close")}</button>${refused}
  </form>`;
}
