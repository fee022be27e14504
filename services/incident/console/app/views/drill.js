/** 演练: the drill's clock beside the wall's, steps and verdict as they fall, observers' notes; the newest step first. */
import { useSignal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import { said } from "../lib/forces.js";
import { isDrill, mayNote, noteOn, useDrill } from "../lib/drill.js";
import { html } from "../lib/html.js";
import { onKey } from "../lib/keys.js";
import { go, route } from "../lib/route.js";
import { clock, day, now, short, span } from "../lib/time.js";
import { language, t } from "../lib/words.js";
import { Stale, Waiting } from "./waiting.js";

/** @typedef {import("../lib/drill.js").Run} Run */

const named = (/** @type {{name: string, name_en: string}} */ one) => (language.value === "zh" ? one.name : one.name_en);

function Clocks() {
  const ahead = now.value - Date.now();
  return html`<p class="drill-clocks"><span>${t("console.drill_time")} <b>${day(now.value)} ${clock(now.value)}</b></span>
    <span>${t("console.wall_time")} <b>${clock(Date.now())}</b></span>
    ${Math.abs(ahead) > 2000 && html`<span class="dim">${t("console.ahead", { span: span(ahead) })}</span>`}</p>`;
}

/** @param {{run: Run}} of */
function Verdict({ run }) {
  const milestones = run.steps.flatMap((step) => step.milestones);
  const broken = milestones.filter((one) => !one.held).length;
  const words = run.ended_at
    ? t(run.broken ? "console.drill_failed" : "console.drill_passed", { broken: run.broken ?? 0, count: run.expectations ?? 0 })
    : t("console.drill_goes_on", { broken, count: milestones.length });
  const done = run.ended_at ? run.planned : Math.min(run.planned, new Set(run.steps.map((step) => step.name)).size);
  return html`<div class=${`verdict ${run.ended_at ? (run.broken ? "failed" : "passed") : broken ? "failing" : ""}`} role="status">
    <b>${words}</b> <progress max=${run.planned} value=${done} aria-label=${t("console.drill_progress")} /> <span>${t("console.drill_steps", { done, planned: run.planned })}</span>
    <time>${span(Date.parse(run.ended_at ?? new Date(now.value).toISOString()) - Date.parse(run.begun_at))}</time></div>`;
}

/** @param {{step: Run["steps"][number]}} of */
function Step({ step }) {
  const broken = step.milestones.some((one) => !one.held);
  const state = step.judged_at ? (broken ? "✘" : "✔") : "…";
  return html`<li class=${step.judged_at ? (broken ? "broken" : "held") : "running"}>
    <span class="state">${state}</span><span class="what"><b>${named(step)}</b><span>${step.what}</span></span><time class="dim">${clock(step.begun_at)}</time>
    ${step.milestones.length > 0 && html`<table class="owed"><tbody>${step.milestones.map(
      (one, number) => html`<tr key=${number} class=${one.held ? "" : "is-late"}><td>${one.held ? "✔" : "✘"} ${one.where}</td><td>${one.expected}</td><td>${one.held ? "" : one.actual}</td><td class="left">${one.milliseconds === null || one.milliseconds === undefined ? "" : t("console.milliseconds", { ms: Math.round(one.milliseconds) })}</td></tr>`,
    )}</tbody></table>`}</li>`;
}

/** @param {{run: Run, again: () => void}} of */
function Notes({ run, again }) {
  const words = useSignal("");
  const [problem, setProblem] = useState("");
  const keep = (/** @type {Event} */ event) => {
    event.preventDefault();
    const note = words.value.trim();
    if (note) noteOn(run.run_id, note).then(() => ((words.value = ""), setProblem("")), (error) => setProblem(said(error))).then(again);
  };
  return html`<section aria-label=${t("console.notes")}><h3>${t("console.notes")} <span class="dim">${run.notes.length}</span></h3>
    ${mayNote() && html`<form class="act" onSubmit=${keep}><label>${t("console.note_seen")} <input name="note" maxlength="2000" value=${words.value} onInput=${(/** @type {any} */ event) => (words.value = event.target.value)} /></label><button class="main" disabled=${!words.value.trim()}>${t("console.note_down")}</button></form>`}
    ${problem && html`<p class="refused" role="alert">${problem}</p>`}
    <ul>${[...run.notes].reverse().map((one) => html`<li key=${one.note_id}><b>${one.note}</b> <span class="dim">${one.by} · ${t("console.noted_at", { drill: short(one.noted_at), wall: clock(one.wall_at) })}</span></li>`)}</ul>
    ${!run.notes.length && html`<p class="dim">${t("console.no_notes")}</p>`}</section>`;
}

export function Drill() {
  const { value, problem, again } = useDrill(route.value.id);
  const [onlyBroken, setOnlyBroken] = useState(false);
  useEffect(() => onKey("x", () => setOnlyBroken((shown) => !shown)), []);
  if (!isDrill()) return html`<p class="empty">${t("console.live_node")}</p>`;
  if (!value) return html`<${Waiting} problem=${problem} again=${again} />`;
  const { run, runs } = value;
  if (!run) return html`<div class="pad"><${Clocks} /><p class="empty">${t("console.no_run")}</p></div>`;
  const steps = run.steps.filter((step) => !onlyBroken || step.milestones.some((one) => !one.held));
  return html`<div class="drill-page"><section class="scroll" tabindex="0" aria-label=${t("console.view_drill")}>
      <${Stale} problem=${problem} /><h2>${language.value === "zh" ? run.title : run.title_en}</h2><${Clocks} /><${Verdict} run=${run} />
      <p class="tools"><label><input type="checkbox" checked=${onlyBroken} onChange=${() => setOnlyBroken(!onlyBroken)} /> ${t("console.only_broken")} <kbd>X</kbd></label>
        ${runs.length > 1 && html`<label>${t("console.run")} <select value=${run.run_id} onChange=${(/** @type {any} */ event) => go("drill", event.target.value)}>${runs.map((one) => html`<option key=${one.run_id} value=${one.run_id}>${short(one.begun_at)} ${one.title}</option>`)}</select></label>`}</p>
      <ol class="drill-steps">${[...steps].reverse().map((step) => html`<${Step} key=${step.number} step=${step} />`)}</ol>
    </section><div class="scroll pad" tabindex="0" aria-label=${t("console.notes")}><${Notes} run=${run} again=${again} /></div></div>`;
}
