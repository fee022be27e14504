/** A warning from nothing: of what kind and level, for where, in which words; the measures are offered, a person takes them. */
import { useSignal } from "@preact/signals";
import { useEffect, useRef, useState } from "preact/hooks";
import { call, read, session } from "../lib/api.js";
import { said } from "../lib/forces.js";
import { html } from "../lib/html.js";
import { useLooked } from "../lib/look.js";
import { named, names } from "../lib/names.js";
import { go } from "../lib/route.js";
import { t } from "../lib/words.js";
import { LEVELS, TEXTS } from "../lib/warn.js";

/** @typedef {import("../../types/notify.js").components["schemas"]["OffersView"]} Offers */

const EMPTY = { kind: "", level: "blue", headline: "", area: "", description: "", instruction: "" };

/** What law and plan offer for this kind and level. @param {string} kind "sector/type" @param {string} level @returns {Promise<Offers | null>} */
async function offersOf(kind, level) {
  const [sector = "", type = ""] = kind.split("/");
  if (!type) return null;
  return read(`/notify/warning-offers?sector=${encodeURIComponent(sector)}&event_type=${encodeURIComponent(type)}&level=${level}`);
}

export function NewWarning() {
  const typed = useSignal(EMPTY);
  const measures = useSignal(/** @type {string[]} */ ([]));
  const places = useSignal([session.value?.node ?? ""]);
  const [problem, setProblem] = useState("");
  const first = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => first.current?.focus(), []);
  const { kind, level } = typed.value;
  const { value: offers, problem: unknown } = useLooked(`${kind} ${level}`, () => offersOf(kind, level));
  const change = (/** @type {string} */ name) => (/** @type {any} */ event) => (typed.value = { ...typed.value, [name]: event.target.value });
  const toggle = (/** @type {import("@preact/signals").Signal<string[]>} */ held, /** @type {string} */ one) =>
    (held.value = held.value.includes(one) ? held.value.filter((other) => other !== one) : [...held.value, one]);
  const [sector, event_type] = kind.split("/");
  const write = (/** @type {Event} */ event) => {
    event.preventDefault();
    const { headline, area, description, instruction } = typed.value;
    const body = { sector, event_type, level, headline, area, description, instruction, area_codes: places.value, measures: measures.value };
    call("POST", "/notify/warnings", body).then((made) => go("warning", made.warning_id), (error) => setProblem(said(error)));
  };
  return html`<form class="one" onSubmit=${write} aria-label=${t("console.new_warning")}><h2>${t("console.new_warning")}</h2><section class="text">
    <label>${t("console.field_kind")} <select ref=${first} name="kind" required value=${kind} onChange=${change("kind")}><option value=""></option>${names.value.kinds.map((one) => html`<option key=${`${one.sector}/${one.event_type}`} value=${`${one.sector}/${one.event_type}`}>${one.sector_name} · ${one.name}</option>`)}</select></label>
    <label>${t("console.level")} <select name="level" value=${level} onChange=${change("level")}>${LEVELS.map((one) => html`<option key=${one} value=${one}>${t(`console.level_${one}`)}</option>`)}</select></label>
    ${offers && html`<p class="dim">${t("console.issued_by", { issuer: offers.issuer })} ${offers.criterion}</p>`}
    ${unknown && html`<p class="refused" role="alert">${unknown}</p>`}
    <fieldset><legend>${t("console.warning_area")}</legend>${[session.value?.node ?? "", ...names.value.linked.filter((code) => code.startsWith((session.value?.node ?? "").replace(/0+$/, "")))].map(
      (code) => html`<label key=${code}><input type="checkbox" checked=${places.value.includes(code)} onChange=${() => toggle(places, code)} /> ${named("places", code)}</label>`,
    )}</fieldset>
    ${TEXTS.map(
      ([name, most, lines]) => html`<label key=${name}>${t(`console.warning_${name}`)} <span class=${`count ${typed.value[name].length > most ? "late" : ""}`}>${typed.value[name].length} / ${most}</span>
        <textarea name=${name} rows=${lines} required value=${typed.value[name]} onInput=${change(name)} /></label>`,
    )}
    <fieldset><legend>${t("console.measures")} <span class="dim">${measures.value.length}</span></legend>${(offers?.measure_groups ?? []).map(
      (group) => html`<div key=${group.level}><p class="dim">${t("console.measures_from", { level: group.name })}</p>${group.measures.map(
        (one) => html`<label key=${one}><input type="checkbox" name="measure" checked=${measures.value.includes(one)} onChange=${() => toggle(measures, one)} /> ${one}</label>`,
      )}</div>`,
    )}</fieldset>
    <p class="acts"><button class="main">${t("console.write_warning")}</button><button type="button" onClick=${() => go("warning")}>${t("console.close")}</button></p>
    ${problem && html`<p class="refused" role="alert">${problem}</p>`}
  </section></form>`;
}
