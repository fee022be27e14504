/** Marks with a letter, drawn on Leaflet's own canvas: thousands of them cost what as many circles cost. */
import * as L from "leaflet";

/**
 * @typedef {object} Look
 * @property {string} fill
 * @property {string} frame
 * @property {"square" | "triangle" | "circle" | "house"} shape
 * @property {number} radius in pixels
 * @property {string} [letter]
 * @property {string} [ink] colour of the letter
 * @property {number} [weight]
 * @property {[number, number]} [aside] in pixels, so that marks at one place do not hide each other
 */

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Look} look
 * @param {number} x
 * @param {number} y
 */
function outline(context, look, x, y) {
  const r = look.radius;
  context.beginPath();
  if (look.shape === "circle") context.arc(x, y, r, 0, Math.PI * 2);
  else if (look.shape === "square") context.rect(x - r, y - r, r * 2, r * 2);
  else if (look.shape === "triangle") {
    context.moveTo(x, y - r * 1.2);
    context.lineTo(x + r * 1.1, y + r * 0.8);
    context.lineTo(x - r * 1.1, y + r * 0.8);
  } else {
    context.moveTo(x, y - r * 1.2);
    context.lineTo(x + r, y - r * 0.2);
    context.lineTo(x + r, y + r);
    context.lineTo(x - r, y + r);
    context.lineTo(x - r, y - r * 0.2);
  }
  context.closePath();
}

const Drawn = L.CircleMarker.extend({
  _updatePath() {
    const renderer = this._renderer;
    const context = renderer?._ctx;
    if (!context || !renderer._drawing || this._empty()) return;
    const look = /** @type {Look} */ (this.options.look);
    const [right, down] = look.aside ?? [0, 0];
    const [x, y] = [this._point.x + right, this._point.y + down];
    outline(context, look, x, y);
    context.fillStyle = look.fill;
    context.fill();
    context.lineWidth = look.weight ?? 2;
    context.strokeStyle = look.frame;
    context.stroke();
    if (!look.letter) return;
    context.font = `700 ${Math.round(look.radius * 1.3)}px "Noto Sans SC Variable", sans-serif`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillStyle = look.ink ?? look.frame;
    context.fillText(look.letter, x, y + 0.5);
  },
  /** @param {L.Point} point */
  _containsPoint(point) {
    const [right, down] = this.options.look.aside ?? [0, 0];
    return point.distanceTo(this._point.add([right, down])) <= this._radius + 2;
  },
});

/**
 * @param {{lon: number, lat: number}} place
 * @param {Look} look
 * @returns {L.CircleMarker}
 */
function mark(place, look) {
  const outer = look.radius + Math.max(0, ...(look.aside ?? [0]).map(Math.abs));
  return new /** @type {any} */ (Drawn)([place.lat, place.lon], { look, radius: outer, weight: 2 });
}

/**
 * @typedef {object} Wanted
 * @property {string} key
 * @property {{lon: number, lat: number}} place
 * @property {Look} look
 * @property {string} words what pointing at it says
 * @property {() => void} [onClick]
 */

/** A layer of marks that touches only what has changed since it was last drawn. */
export class Marks {
  /** @param {L.Map} map */
  constructor(map) {
    this.group = L.layerGroup().addTo(map);
    /** @type {Map<string, {seen: string, layer: L.CircleMarker}>} */
    this.drawn = new Map();
  }

  /** @param {Iterable<Wanted>} wanted */
  show(wanted) {
    const gone = new Set(this.drawn.keys());
    for (const one of wanted) {
      gone.delete(one.key);
      const seen = JSON.stringify([one.place.lon, one.place.lat, one.look, one.words]);
      const known = this.drawn.get(one.key);
      if (known?.seen === seen) continue;
      if (known) this.group.removeLayer(known.layer);
      const layer = mark(one.place, one.look).bindTooltip(one.words);
      if (one.onClick) layer.on("click", one.onClick);
      this.drawn.set(one.key, { seen, layer });
      this.group.addLayer(layer);
    }
    for (const key of gone) {
      const known = this.drawn.get(key);
      if (known) this.group.removeLayer(known.layer);
      this.drawn.delete(key);
    }
  }
}
