import logUpdate from "log-update";
import { createColors, isColorSupported } from "picocolors";
import wrapAnsi from "wrap-ansi";

// In a pipe there are none, not even where the environment of a CI asks for them.
const colours = createColors(isColorSupported && process.stdout.isTTY);

const FRAMES = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
const FRAME_MS = 100;

/** Lines for people on standard output, and JSON for machines. With JSON, nothing else is written there. */
export class Screen {
  public constructor(private readonly isJson: boolean) {}

  /** Whether a person can be asked. */
  public get isTerminal(): boolean {
    return !this.isJson && process.stdout.isTTY && process.stdin.isTTY;
  }

  public say(line: string): void {
    if (!this.isJson) process.stdout.write(`${wrapped(line)}\n`);
  }

  public answer(value: object): void {
    if (this.isJson) process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
  }

  /**
   * Shows lines that change while something goes on. In a terminal they are drawn again and again; elsewhere each is written
   * when it is new.
   */
  public watch(lines: () => readonly WatchedLine[]): { readonly end: () => void; readonly changed: () => void } {
    if (this.isJson) return { end: () => undefined, changed: () => undefined };
    if (!process.stdout.isTTY) {
      const written = new Map<string, string>();
      const changed = () => {
        for (const { id, text } of lines()) if (written.get(id) !== text) this.say(text);
        for (const { id, text } of lines()) written.set(id, text);
      };
      return { end: changed, changed };
    }
    let frame = 0;
    const draw = () => {
      const mark = colours.cyan(FRAMES[frame++ % FRAMES.length] ?? "");
      logUpdate(
        lines()
          .map(({ text, isMoving, clock }) => `${isMoving ? mark : " "} ${text}${isMoving ? colours.dim(clock()) : ""}`)
          .join("\n"),
      );
    };
    draw();
    const timer = setInterval(draw, FRAME_MS);
    const end = () => {
      clearInterval(timer);
      draw();
      logUpdate.done();
    };
    return { end, changed: draw };
  }
}

/** A terminal breaks words at its edge. Addresses stay whole, so that they can be clicked. */
function wrapped(line: string): string {
  if (!process.stdout.isTTY) return line;
  return line
    .split("\n")
    .map((each) => {
      const indent = /^ */.exec(each)?.[0] ?? "";
      const text = wrapAnsi(each.slice(indent.length), Math.max(20, process.stdout.columns - indent.length));
      return text.replace(/^/gm, indent);
    })
    .join("\n");
}

/** One line of what is watched. */
export interface WatchedLine {
  readonly id: string;
  readonly text: string;
  readonly isMoving: boolean;
  /** What is shown behind it in a terminal while it is moving. */
  readonly clock: () => string;
}

const COLOUR: { readonly [status: string]: (text: string) => string } = {
  AVAILABLE: colours.green,
  PENDING: colours.yellow,
  ERROR: colours.red,
};

export function coloured(status: string): string {
  return (COLOUR[status] ?? colours.yellow)(status);
}

export const { bold, dim, red, green, yellow } = colours;
