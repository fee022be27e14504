/** Where it is: the shapes of the node's places from the plan, and the open incidents; drawn on one canvas, offline. */
import * as L from "leaflet";
import { useEffect, useRef } from "preact/hooks";
import { read } from "../lib/api.js";
import { html } from "../lib/html.js";
import { go } from "../lib/route.js";
import { theme } from "../lib/theme.js";
import { t } from "../lib/words.js";

/** @typedef {import("../lib/live.js").Row} Row */

const COLOURS = { catastrophic: "#d32f2f", major: "#ef6c00", significant: "#f9c80e", general: "#1e6fd9" };
const SIZES = { catastrophic: 11, major: 10, significant: 9, general: 8 };

/** @param {string} name */
const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** @param {{list: Row[], chosen: string}} of */
export function Map({ list, chosen }) {
  const box = useRef(/** @type {HTMLElement | null} */ (null));
  const held = useRef(/** @type {{map: L.Map, shapes: L.GeoJSON, marks: L.LayerGroup} | null} */ (null));
  useEffect(() => {
    if (!box.current) return undefined;
    const map = L.map(box.current, { preferCanvas: true, attributionControl: false, zoomControl: false, keyboard: false });
    map.setView([41.85, 123.95], 9);
    const shapes = L.geoJSON(undefined, { interactive: false }).addTo(map);
    const marks = L.layerGroup().addTo(map);
    held.current = { map, shapes, marks };
    read("/boundaries")
      .then((found) => {
        shapes.addData(found);
        if (found.features.length) map.fitBounds(shapes.getBounds(), { padding: [8, 8], animate: false });
        shapes.setStyle({ color: token("--dim"), weight: 1, fillColor: token("--panel"), fillOpacity: 0.6 });
      })
      .catch(() => undefined); // without shapes the incidents still stand where they are
    const watched = new ResizeObserver(() => map.invalidateSize({ animate: false }));
    watched.observe(box.current);
    return () => {
      watched.disconnect();
      map.remove();
    };
  }, []);
  useEffect(() => {
    held.current?.shapes.setStyle({ color: token("--dim"), weight: 1, fillColor: token("--panel"), fillOpacity: 0.6 });
  }, [theme.value]);
  useEffect(() => {
    const marks = held.current?.marks;
    if (!marks) return;
    marks.clearLayers();
    for (const row of list) {
      const mark = L.circleMarker([row.location.lat, row.location.lon], {
        radius: SIZES[row.grade] + (row.incident_id === chosen ? 4 : 0),
        color: row.incident_id === chosen ? token("--focus") : token("--text"),
        weight: row.incident_id === chosen ? 4 : 1.5,
        fillColor: COLOURS[row.grade],
        fillOpacity: 0.95,
      });
      mark.bindTooltip(row.title).on("click", () => go("situation", row.incident_id));
      marks.addLayer(mark);
    }
  }, [list, chosen, theme.value]);
  return html`<section class="map" aria-label=${t("console.map")}><div ref=${box}></div></section>`;
}
