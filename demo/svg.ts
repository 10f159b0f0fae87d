import { COLUMNS, type Run, type Screen } from "./terminal";

/** A screen, and how many seconds it is shown. */
export interface Frame {
  readonly screen: Screen;
  readonly seconds: number;
}

const [FONT, CHARACTER, LINE, MARGIN, BAR] = [13, 7.82, 19, 16, 34];
/** The colours of a terminal's palette that the command uses, on a dark ground. */
const PALETTE: { readonly [colour: number]: string } = {
  ...{ 1: "#ff7b72", 2: "#56d364", 3: "#e3b341", 4: "#79c0ff", 6: "#76e3ea", 8: "#8b949e" },
};

/** Screens one after the other, again and again, below a bar with the command; one screen stands still. */
export function svgOf(command: string, frames: readonly Frame[]): string {
  const rows = Math.max(...frames.map(({ screen }) => screen.length));
  const [width, height] = [Math.ceil(COLUMNS * CHARACTER + 2 * MARGIN), BAR + rows * LINE + MARGIN];
  const total = frames.reduce((sum, { seconds }) => sum + seconds, 0);
  let from = 0;
  const styles = frames.map(({ seconds }, index) => {
    const [start, end] = [percent(from / total), percent((from + seconds) / total)];
    from += seconds;
    const isLast = index === frames.length - 1;
    const shown = `${index === 0 ? "" : `0%{opacity:0}`}${start}{opacity:1}${isLast ? "" : `${end}{opacity:0}`}`;
    // What is shown where nothing moves is the last screen.
    const still = isLast ? 1 : 0;
    return `.f${index}{opacity:${still};animation:f${index} ${total}s step-end infinite}@keyframes f${index}{${shown}}`;
  });
  const isStill = "@media (prefers-reduced-motion:reduce){g{animation:none!important}}";
  const style = frames.length === 1 ? "" : `<style>${styles.join("")}${isStill}</style>\n`;
  const layers = frames.map(({ screen }, index) => `<g class="f${index}">${screen.map(rowOf).join("")}</g>`);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
<rect width="100%" height="100%" rx="8" fill="#0d1117"/>
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="${FONT}" fill="#e6edf3" style="white-space:pre">
<text x="${MARGIN}" y="23" fill="#8b949e">$ ${escaped(command)}</text>
${style}${layers.join("\n")}
</g>
</svg>
`;
}

function percent(value: number): string {
  return `${Number((value * 100).toFixed(2))}%`;
}

/**
 * Each run has its place of its own, so that a font of another width moves nothing far. Blanks before it are no part of it:
 * browsers drop them, and then stretch the rest to the length.
 */
function rowOf(runs: readonly Run[], index: number): string {
  let column = 0;
  const y = BAR + (index + 1) * LINE - 5;
  const spans = runs.map(({ text, colour, isBold, isDim }) => {
    const shown = text.trim();
    const x = MARGIN + (column + text.indexOf(shown)) * CHARACTER;
    column += Array.from(text).length;
    if (shown === "") return "";
    const fill = colour === undefined ? "" : ` fill="${PALETTE[colour] ?? "#e6edf3"}"`;
    const weight = isBold ? ' font-weight="bold"' : "";
    const shade = isDim ? ' opacity="0.6"' : "";
    const length = (Array.from(shown).length * CHARACTER).toFixed(1);
    return `<text x="${x.toFixed(1)}" y="${y}" textLength="${length}" lengthAdjust="spacingAndGlyphs"${fill}${weight}${shade}>${escaped(shown)}</text>`;
  });
  return spans.join("");
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
