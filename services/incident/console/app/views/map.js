/** Where it is: the plan's own boundaries, incidents, teams, hazard sources, shelters, areas of warnings; offline, on canvas. */
import * as L from "leaflet";
import { useEffect, useRef } from "preact/hooks";
import { read, session } from "../lib/api.js";
import { Canvas } from "../lib/canvas.js";
import { aside, GRADE_COLOURS, LEVEL_COLOURS, TEAM_MARKS, whereTeamIs } from "../lib/geometry.js";
import { html } from "../lib/html.js";
import { missing, rows, sites, teams, warnings } from "../lib/live.js";
import { Marks } from "../lib/marks.js";
import { go } from "../lib/route.js";
import { theme } from "../lib/theme.js";
import { language, t } from "../lib/words.js";

const RADII = { catastrophic: 11, major: 10, significant: 9, general: 8 };
const NEAR = 14;
const SITE_MARKS = {
  hazard_source: { shape: /** @type {const} */ ("triangle"), fill: "#fff3e0", frame: "#8a3b00" },
  shelter: { shape: /** @type {const} */ ("house"), fill: "#e8f5e9", frame: "#1b5e20" },
};
/** @typedef {import("../lib/marks.js").Wanted} Wanted */
/** @typedef {{map: L.Map, fitted: boolean, ground: L.Canvas, shapes: L.GeoJSON, areas: L.LayerGroup, around: Marks, incidents: Marks, pin: L.LayerGroup}} Held */
/** @typedef {{lon: number, lat: number}} Place */

/** @param {string} name */
const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** @type {any} */
let boundaries = null;

/** The city's own base map, where a setting names one: drawn by a package that brings a bundle of its own. @param {L.Map} map */
async function baseMap(map) {
  if (!session.value?.base_map) return;
  const page = /** @type {any} */ (globalThis);
  page.L = L;
  if (!page.protomapsL) {
    await new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = "/console/modules/protomaps-leaflet/dist/protomaps-leaflet.js";
      script.addEventListener("load", resolve);
      script.addEventListener("error", reject);
      document.head.append(script);
    });
  }
  page.protomapsL.leafletLayer({ url: session.value.base_map, flavor: theme.value, lang: "zh-Hans" }).addTo(map);
}

const shapeStyle = () => ({
  color: token("--dim"),
  weight: 1.5,
  fillColor: token("--panel"),
  fillOpacity: session.value?.base_map ? 0 : 0.6,
});

/** @param {HTMLElement} box @returns {Held} */
function made(box) {
  const map = L.map(box, { renderer: new Canvas(), attributionControl: false, zoomControl: false, keyboard: false });
  map.setView([41.85, 123.95], 9);
  L.control.scale({ imperial: false, position: "bottomright" }).addTo(map);
  // what covers an area stands below what stands at a place, on a canvas of its own
  map.createPane("ground").style.zIndex = "350";
  const ground = new Canvas({ pane: "ground" });
  const shapes = L.geoJSON(undefined, /** @type {any} */ ({ interactive: false, renderer: ground, pane: "ground" })).addTo(map);
  const held = { map, fitted: false, ground, shapes, areas: L.layerGroup().addTo(map), around: new Marks(map), incidents: new Marks(map), pin: L.layerGroup().addTo(map) };
  void baseMap(map).catch(() => undefined); // the plan's boundaries are always there
  return held;
}

/** Boundaries of the node and the places below it; asked for once. */
async function lookUpBoundaries() {
  boundaries ??= await read("/boundaries").catch(() => null);
}

/** The whole node in view, as soon as the map has a size at all. @param {Held} held */
function fit(held) {
  const { x, y } = held.map.getSize();
  if (held.fitted || !x || !y || !held.shapes.getLayers().length) return;
  held.fitted = true;
  held.map.fitBounds(held.shapes.getBounds(), { padding: [8, 8], animate: false });
}

/** @param {Held} held */
function drawBoundaries(held) {
  if (!boundaries?.features.length) return;
  held.shapes.addData(boundaries);
  fit(held);
  held.shapes.setStyle(shapeStyle());
}

/** The areas of the warnings in force, as far as the plan has their shapes. @param {Held} held */
function drawAreas({ areas, ground }) {
  areas.clearLayers();
  for (const warning of warnings.value.values()) {
    const colour = LEVEL_COLOURS[warning.content.level];
    const covered = (boundaries?.features ?? []).filter((/** @type {any} */ one) => warning.content.area_codes.includes(one.properties.code));
    for (const shape of covered) {
      const style = { color: colour, weight: 3, dashArray: "8 5", fillColor: colour, fillOpacity: 0.14 };
      L.geoJSON(shape, /** @type {any} */ ({ style, interactive: false, renderer: ground, pane: "ground" })).addTo(areas);
    }
  }
}

/** Everything that stands around: sites of the plan, then teams with the letter of their state. @returns {Wanted[]} */
function around() {
  /** @type {Map<string, number>} */
  const there = new Map();
  const spread = (/** @type {Place} */ place, /** @type {boolean} */ taken) => {
    const spot = `${place.lon},${place.lat}`;
    const number = there.get(spot) ?? (taken ? 1 : 0);
    there.set(spot, number + 1);
    return aside(number);
  };
  const standing = sites.value.map((site) => {
    const look = { ...SITE_MARKS[site.kind], radius: 7, letter: t(`console.mark_${site.kind}`), aside: spread(site.place, false) };
    return { key: site.site_id, place: site.place, look, words: `${t(`console.site_${site.kind}`)}：${site.name}` };
  });
  const moving = [...teams.value.values()].map((team) => {
    const { letter, ...colours } = TEAM_MARKS[team.status] ?? TEAM_MARKS.idle;
    const place = whereTeamIs(team, rows.value);
    const look = { ...colours, shape: /** @type {const} */ ("square"), radius: 8, letter: t(`console.team_letter_${letter}`), ink: "#1b2129", aside: spread(place, team.status === "arrived") };
    return { key: team.team_id, place, look, words: `${team.name} · ${t(`console.team_${team.status}`)}` };
  });
  return [...standing, ...moving];
}

/** @param {string} chosen @returns {Wanted[]} */
function incidents(chosen) {
  return [...rows.value.values()].map((row) => {
    const picked = row.incident_id === chosen;
    const look = {
      shape: /** @type {const} */ ("circle"),
      radius: RADII[row.grade] + (picked ? 4 : 0),
      fill: GRADE_COLOURS[row.grade],
      frame: token(picked ? "--focus" : "--text"),
      weight: picked ? 4 : 1.5,
    };
    return { key: row.incident_id, place: row.location, look, words: row.title, onClick: () => go("situation", row.incident_id) };
  });
}

/** @param {Held} held @param {Place | null} place */
function drawPin({ map, pin }, place) {
  pin.clearLayers();
  if (!place) return;
  L.circleMarker([place.lat, place.lon], { radius: 14, weight: 4, color: token("--focus"), fill: false }).addTo(pin);
  map.setView([place.lat, place.lon], Math.max(map.getZoom(), NEAR), { animate: false });
}

function Legend() {
  const states = Object.entries(TEAM_MARKS).filter(([state]) => state !== "acknowledged");
  return html`<ul class="legend" aria-label=${t("console.legend")}>
    ${states.map(([state, look]) => html`<li key=${state}><span class=${`team-mark ${look.letter}`}>${t(`console.team_letter_${look.letter}`)}</span> ${t(`console.team_${state}`)}</li>`)}
    <li>▲ ${t("console.site_hazard_source")}</li><li>⌂ ${t("console.site_shelter")}</li>${warnings.value.size === 0 ? null : html`<li><span class="area"></span> ${t("console.warning_area")}</li>`}
    ${[...warnings.value.values()].map((one) => html`<li key=${one.warning_id}><b class=${`level ${one.content.level}`}>${t(`console.level_${one.content.level}`)}</b> ${one.content.headline}</li>`)}
    ${[...missing.value].map((service) => html`<li key=${service} class="refused">${t("console.missing", { service: t(`console.service_${service}`) })}</li>`)}
  </ul>`;
}

/**
 * @param {object} of
 * @param {string} [of.chosen] the incident that is looked at
 * @param {Place | null} [of.place] a place to show, as a call is typed
 * @param {(place: Place) => void} [of.onPick] somebody points at a place
 */
export function Places({ chosen = "", place = null, onPick }) {
  const box = useRef(/** @type {HTMLElement | null} */ (null));
  const held = useRef(/** @type {Held | null} */ (null));
  const pick = useRef(onPick);
  pick.current = onPick;
  useEffect(() => {
    if (!box.current) return undefined;
    const drawn = made(box.current);
    held.current = drawn;
    void lookUpBoundaries().then(() => {
      if (held.current !== drawn) return; // the view was left meanwhile
      drawBoundaries(drawn);
      drawAreas(drawn);
      drawPin(drawn, place);
    });
    drawn.map.on("click", (event) => pick.current?.({ lon: Number(event.latlng.lng.toFixed(6)), lat: Number(event.latlng.lat.toFixed(6)) }));
    const watched = new ResizeObserver(() => {
      drawn.map.invalidateSize({ animate: false });
      if (!place) fit(drawn);
    });
    watched.observe(box.current);
    return () => {
      watched.disconnect();
      drawn.map.remove();
      held.current = null;
    };
  }, []);
  useEffect(() => {
    held.current?.shapes.setStyle(shapeStyle());
  }, [theme.value]);
  useEffect(() => {
    if (held.current) drawAreas(held.current);
  }, [warnings.value]);
  useEffect(() => {
    held.current?.around.show(around());
  }, [teams.value, sites.value, rows.value, language.value]);
  useEffect(() => {
    held.current?.incidents.show(incidents(chosen));
  }, [rows.value, chosen, theme.value]);
  useEffect(() => {
    if (held.current) drawPin(held.current, place);
  }, [place?.lon, place?.lat]);
  return html`<section class="map" aria-label=${t("console.map")}><div ref=${box}></div><${Legend} /></section>`;
}
