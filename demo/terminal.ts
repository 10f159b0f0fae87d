import { type IBufferCell, Terminal } from "@xterm/headless";
import { spawn } from "@lydell/node-pty";

export const COLUMNS = 100;

/** In place of the ids that a connection and an execution get anew, so that pictures change only with the command. */
const ID = "0c8b1a2f-5a31-4c0e-9d6b-7f3f1c2d4e5a";
const UUID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

const ROWS = 40;

/** A piece of a row with one look. */
export interface Run {
  readonly text: string;
  readonly colour: number | undefined;
  readonly isBold: boolean;
  readonly isDim: boolean;
}

/** What is on a screen, row by row. */
export type Screen = readonly (readonly Run[])[];

/** A command in a pseudo-terminal, whose screen can be looked at. */
export class RecordedCommand {
  public readonly ended: Promise<void>;

  private readonly terminal = new Terminal({ cols: COLUMNS, rows: ROWS, allowProposedApi: true, convertEol: false });
  private readonly process;

  public constructor(
    file: string,
    args: readonly string[],
    cwd: string,
    environment: { readonly [name: string]: string },
  ) {
    const env = { ...environment, TERM: "xterm-256color", FORCE_COLOR: "1" };
    this.process = spawn(process.execPath, [file, ...args], { cols: COLUMNS, rows: ROWS, cwd, env });
    this.process.onData((data) => {
      this.terminal.write(data.replace(UUID, ID));
    });
    this.ended = new Promise((done) => {
      this.process.onExit(() => {
        done();
      });
    });
  }

  public press(keys: string): void {
    this.process.write(keys);
  }

  /** The screen as soon as it has something. */
  public async when(pattern: RegExp): Promise<Screen> {
    for (let tries = 0; tries < 600; tries++) {
      const screen = this.screen();
      if (pattern.test(screen.map((row) => row.map(({ text }) => text).join("")).join("\n"))) return screen;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    throw new Error(`${String(pattern)} did not come on the screen.`);
  }

  private screen(): Screen {
    const { active } = this.terminal.buffer;
    const rows = Array.from({ length: active.length }, (_, y) => {
      const line = active.getLine(y);
      const cells = Array.from({ length: COLUMNS }, (_cell, x) => line?.getCell(x));
      return runsOf(cells.filter((cell) => cell !== undefined));
    });
    const last = rows.findLastIndex((row) => row.some(({ text }) => text.trim() !== ""));
    return rows.slice(0, last + 1);
  }
}

function runsOf(cells: readonly IBufferCell[]): readonly Run[] {
  const runs: Run[] = [];
  for (const cell of cells) {
    const look = {
      colour: cell.isFgPalette() ? cell.getFgColor() : undefined,
      ...{ isBold: cell.isBold() !== 0, isDim: cell.isDim() !== 0 },
    };
    const last = runs.at(-1);
    const text = cell.getChars() === "" ? " " : cell.getChars();
    const isSame = last?.isBold === look.isBold && last.isDim === look.isDim && last.colour === look.colour;
    if (isSame) runs.splice(-1, 1, { ...last, text: last.text + text });
    else runs.push({ text, ...look });
  }
  return runs;
}
