/** The console starts: words first, then who is logged in, then the frame. */
import { render } from "preact";
import { session, whoAmI } from "./lib/api.js";
import "./lib/keys.js";
import { html } from "./lib/html.js";
import { start } from "./lib/live.js";
import { loadNames } from "./lib/names.js";
import { followOrder, onTheRoad } from "./lib/road.js";
import "./lib/theme.js";
import { loadWords } from "./lib/words.js";
import { Frame } from "./views/frame.js";

const root = document.getElementById("console");
if (root) {
  await loadWords();
  await whoAmI();
  render(html`<${Frame} />`, root);
  if (onTheRoad()) followOrder();
  else if (session.value) await Promise.all([start(), loadNames()]);
}
