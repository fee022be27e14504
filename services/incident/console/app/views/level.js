/** A warning's level: colour and word. */
import { html } from "../lib/html.js";
import { t } from "../lib/words.js";

/** @param {{level: string}} of */
export const Level = ({ level }) => html`<b class=${`level ${level}`}>${t(`console.level_${level}`)}</b>`;
