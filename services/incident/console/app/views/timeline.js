/** 时间线: what happened to an incident, in the order it was entered; read on from the last line seen. */
import { useState } from "preact/hooks";
import { read } from "../lib/api.js";
import { html } from "../lib/html.js";
import { changesOf } from "../lib/live.js";
import { useReading } from "../lib/look.js";
import { short } from "../lib/time.js";
import { language, t } from "../lib/words.js";

/** @typedef {import("../../types/incident.js").components["schemas"]["EntryView"]} Entry */

const PAGE = 200;

/**
 * Every line behind the one seen last.
 * @param {string} id
 * @param {number} after
 * @returns {Promise<Entry[]>}
 */
async function readOn(id, after) {
  const found = [];
  let last = after;
  for (;;) {
    const page = await read(`/incidents/${encodeURIComponent(id)}/timeline?limit=${PAGE}&after=${last}`);
    found.push(...page);
    if (page.length < PAGE) return found;
    last = page[page.length - 1].entry_id;
  }
}

/** @param {Entry} line */
const words = (line) => (language.value === "zh" ? line.summary : line.summary_en);

/** @param {Entry[]} lines @param {string} id */
function save(lines, id) {
  const quoted = (/** @type {string} */ value) => `"${value.replaceAll('"', '""')}"`;
  const head = ["occurred_at", "entered_at", "jurisdiction", "actor", "kind", "summary"];
  const body = lines.map((line) => [line.occurred_at, line.entered_at, line.jurisdiction, line.actor, line.kind, words(line)]);
  const csv = [head, ...body].map((row) => row.map((cell) => quoted(String(cell))).join(",")).join("\r\n");
  const anchor = document.createElement("a");
  anchor.href = URL.createObjectURL(new Blob(["\ufeff", csv], { type: "text/csv" }));
  anchor.download = `timeline-${id}.csv`;
  anchor.click();
  URL.revokeObjectURL(anchor.href);
}

/** @param {{id: string}} of */
export function Timeline({ id }) {
  const [known, setKnown] = useState(/** @type {{id: string, lines: Entry[]}} */ ({ id: "", lines: [] }));
  const [wanted, setWanted] = useState("");
  const once = async (/** @type {() => boolean} */ isWanted) => {
    const seen = known.id === id ? (known.lines.at(-1)?.entry_id ?? 0) : 0;
    const more = await readOn(id, seen).catch(() => []); // the details beside it say what is refused
    if (isWanted()) setKnown((now) => (now.id === id ? { id, lines: [...now.lines, ...more.filter((line) => line.entry_id > (now.lines.at(-1)?.entry_id ?? 0))] } : { id, lines: more }));
  };
  useReading(id, once, [changesOf(id)]);
  const lines = known.id === id ? known.lines : [];
  const found = lines.filter((line) => `${words(line)} ${line.actor} ${line.kind}`.toLowerCase().includes(wanted.toLowerCase()));
  return html`<div class="timeline">
    <div class="tools">
      <input type="search" placeholder=${t("console.filter")} aria-label=${t("console.filter")} value=${wanted}
        onInput=${(/** @type {any} */ event) => setWanted(event.currentTarget.value)} />
      <button type="button" onClick=${() => save(found, id)}>${t("console.export")}</button>
    </div>
    <ol>${[...found].reverse().map(
      (line) => html`<li key=${line.entry_id} class=${line.corrects ? "correction" : ""}>
        <time title=${`${t("console.entered")} ${short(line.entered_at)}`}>${short(line.occurred_at)}</time>
        <span>${words(line)}</span><span class="dim">${line.actor}</span>
      </li>`,
    )}</ol>
  </div>`;
}
