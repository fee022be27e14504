/** The keys, by `?`. */
import { useEffect, useRef } from "preact/hooks";
import { COMMANDS } from "../lib/commands.js";
import { html } from "../lib/html.js";
import { t } from "../lib/words.js";

/** Every key of the console with the words for it; views add none that is not here. */
export const KEYS = [
  ["F1", "/", "command"],
  ["F2", "", "new_call"],
  ["F3", "", "situation"],
  ["F6", "", "dispatch"],
  ["F7", "", "warning"],
  ["F8", "", "acknowledge"],
  ["F10", "", "resources"],
  ["Alt+H", "", "consultation"],
  ["Alt+D", "", "overdue"],
  ["Alt+G", "", "own"],
  ["Alt+B", "", "wall"],
  ["Alt+X", "", "drill"],
  ["Alt+Y", "", "ops"],
  ["J K", "↓ ↑", "step"],
  ["I", "", "first_field"],
  ["N", "", "new_warning"],
  ["Ctrl+Enter", "", "main_button"],
  ["Alt+1…9", "", "nth"],
  ["Ctrl+Enter", "", "finish"],
  ["1…9", "", "toggle"],
  ["A", "", "all"],
  ["Ctrl+Enter", "", "send"],
  ["Alt+M", "Ctrl+M", "merge"],
  ["Alt+N", "", "keep_new"],
  ["Alt+1…4", "", "lies_in"],
  ["Alt+P", "", "park"],
  ["1…9", "Enter", "choose"],
  ["Esc", "", "back"],
  ["?", "", "help"],
];

/** @param {{onClose: () => void}} of */
export function Help({ onClose }) {
  const box = useRef(/** @type {HTMLDialogElement | null} */ (null));
  useEffect(() => box.current?.showModal(), []);
  return html`<dialog ref=${box} class="help" aria-label=${t("console.help")} onClose=${onClose}>
    <h2>${t("console.help")}</h2>
    <dl>${KEYS.map(([key, also, words]) => html`<div key=${words}><dt><kbd>${key}</kbd>${also && html` <kbd>${also}</kbd>`}</dt><dd>${t(`console.key_${words}`)}</dd></div>`)}</dl>
    <h2>${t("console.command_line")}</h2>
    <dl>${COMMANDS.map((one) => html`<div key=${one.name}><dt>${one.called.join(" / ")}</dt><dd>${t(`console.command_${one.name}`)}</dd></div>`)}</dl>
    <form method="dialog"><button class="main" autofocus>${t("console.close")} <kbd>Esc</kbd></button></form>
  </dialog>`;
}
