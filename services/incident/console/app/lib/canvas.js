/**
 * Leaflet's canvas, which draws no more once it is gone: 1.9.4 forgets a frame it has asked for when it draws at once
 * meanwhile, and that frame comes also after the map was taken away.
 */
import * as L from "leaflet";

const base = /** @type {any} */ (L.Canvas.prototype);

export const Canvas = /** @type {typeof L.Canvas} */ (
  L.Canvas.extend({
    _redraw() {
      if (/** @type {any} */ (this)._ctx) base._redraw.call(this);
    },
  })
);
