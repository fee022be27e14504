/** The command line at the foot of the page: `/` or F1, Tab completes, Enter does it, Esc goes back to where one was. */
import { useEffect, useRef, useState } from "preact/hooks";
import { COMMANDS, parse } from "../lib/commands.js";
import { said } from "../lib/forces.js";
import { html } from "../lib/html.js";
import { composing, onKey } from "../lib/keys.js";
import { settled } from "../lib/live.js";
import { t } from "../lib/words.js";

export function CommandLine() {
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const [told, setTold] = useState("");
  const [open, setOpen] = useState(false);
  const box = useRef(/** @type {HTMLInputElement | null} */ (null));
  const waiting = useRef(Promise.resolve());
  const before = useRef(/** @type {Element | null} */ (null));
  const early = useRef(false);
  const parsed = parse(typed);
  const { completions } = parsed;
  useEffect(() => {
    const come = () => {
      if (document.activeElement !== box.current) before.current = document.activeElement;
      box.current?.focus();
    };
    const ends = [onKey("F1", come), onKey("/", come)];
    return () => ends.forEach((end) => end());
  }, []);
  const leave = () => {
    setTyped("");
    early.current = false;
    box.current?.blur();
    if (before.current instanceof HTMLElement && before.current.isConnected) before.current.focus();
  };
  const complete = (/** @type {number} */ number) => {
    const one = completions[number];
    if (one) setTyped(one.insert);
    setAt(0);
  };
  const run = () => {
    const chosen = completions[at];
    if (parsed.wrong && !settled.value) {
      early.current = true; // what the line names may not have been read yet
      setTold(t("console.loading"));
      return;
    }
    if (parsed.wrong && chosen) {
      complete(at);
      return;
    }
    if (!parsed.command || parsed.wrong) {
      setTold(parsed.wrong);
      return;
    }
    const { command, found } = parsed;
    leave(); // the next one may be typed while this one is on its way
    const gone = document.activeElement;
    waiting.current = waiting.current.then(async () => {
      try {
        await command.run(found);
        setTold(t("console.command_done", { command: t(`console.command_${command.name}`) }));
      } catch (problem) {
        setTold(`${typed.trim()} — ${said(problem)}`);
        setTyped((now) => now || typed); // to be mended, unless something else is being typed
        if (document.activeElement === gone) box.current?.focus();
      }
    });
  };
  useEffect(() => {
    if (!settled.value || !early.current) return;
    early.current = false;
    run();
  }, [settled.value]);
  /** @param {KeyboardEvent} event */
  const onKeyDown = (event) => {
    if (composing(event)) return;
    const acts = /** @type {Record<string, () => unknown>} */ ({
      Enter: run,
      Escape: leave,
      Tab: () => complete(at),
      ArrowDown: () => setAt((now) => Math.min(completions.length - 1, now + 1)),
      ArrowUp: () => setAt((now) => Math.max(0, now - 1)),
    });
    const act = acts[event.key];
    if (!act || (event.key === "Tab" && !(typed && completions.length))) return;
    event.preventDefault();
    event.stopPropagation();
    void act();
  };
  return html`<footer class="command">
    <ol id="completions" role="listbox" aria-label=${t("console.completions")} hidden=${!open || !completions.length}>${completions.slice(0, COMMANDS.length).map(
      (one, number) => html`<li key=${one.insert} id=${`completion-${number}`} role="option" aria-selected=${number === at} class=${number === at ? "chosen" : ""}
        onMouseDown=${(/** @type {Event} */ event) => (event.preventDefault(), complete(number))}>${one.words}</li>`,
    )}</ol>
    <kbd>F1</kbd><input ref=${box} value=${typed} placeholder=${t("console.command_hint")} aria-label=${t("console.command_line")} autocomplete="off" maxlength="400"
      role="combobox" aria-autocomplete="list" aria-expanded=${open && completions.length > 0} aria-controls="completions" aria-activedescendant=${open && completions.length ? `completion-${at}` : null}
      onFocus=${() => setOpen(true)} onBlur=${() => setOpen(false)} onKeyDown=${onKeyDown}
      onInput=${(/** @type {any} */ event) => (setTyped(event.currentTarget.value), setAt(0), setTold(""), (early.current = false))} />
    <span role="status" class="dim">${told}</span>
  </footer>`;
}
