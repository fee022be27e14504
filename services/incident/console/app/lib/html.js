/** Templates as tagged strings: what JSX would be, without a compiler. */
import htm from "htm";
import { h } from "preact";

export const html = htm.bind(h);
