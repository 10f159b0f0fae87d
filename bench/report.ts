/** Writes docs/benchmarks.md and its picture from what was measured. */
import { writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";
import { format } from "prettier";
import { version as cdktf } from "cdktf/package.json";
import { dependencies } from "./aws-cdk/package.json";
import { terraformVersion } from "../local-aws/terraform/installation";
import { type Cost, median, type Pair, ratioOf } from "./measure";
import { type Line, svgOf } from "./plot";
import type { Verdict } from "./targets";

const DOCS = join(__dirname, "..", "docs");

export interface Row {
  readonly name: string;
  readonly costs: readonly (Pair & { readonly awsCdk?: Cost })[];
}

/** How a shape grows. */
export interface Growth {
  readonly name: string;
  readonly rows: readonly {
    readonly pipelines: number;
    readonly costs: readonly Pair[];
    /** In kilobytes. */
    readonly json: Pair<number>;
  }[];
  readonly exponent: number;
}

export interface Report {
  readonly cold: readonly Row[];
  readonly imports: Pair;
  readonly growths: readonly Growth[];
  readonly terraform: readonly {
    readonly pipelines: number;
    readonly plan: Pair<number>;
    readonly apply: Pair<number> | undefined;
  }[];
  readonly verdicts: readonly Verdict[];
}

export async function writeReport(report: Report): Promise<void> {
  writeFileSync(join(DOCS, "pictures", "benchmarks.svg"), pictureOf(report.growths));
  const page = await format(pageOf(report), { parser: "markdown", printWidth: 120 });
  writeFileSync(join(DOCS, "benchmarks.md"), page);
}

function pageOf({ cold, imports, growths, terraform, verdicts }: Report): string {
  return `# Benchmarks

What the library costs beside the same resources that are written by hand with the provider's classes, and beside the AWS CDK. \`npm run bench\` writes this page; nothing in it is written by hand. Both cdktf programs (\`bench/programs/\`) plan the same resources, attribute by attribute: that is checked before anything is measured. Each figure is of whole processes that ran in turn: the median, and in brackets the least and the most. Times are processor times, if nothing else is said.

${machine()}

## Targets

${table(
  ["what", "figure", "target", ""],
  verdicts.map(({ what, figure, unit, target, holds }) => [
    what,
    `${figure.toFixed(2)} ${unit}`,
    `≤ ${target}`,
    holds ? "held" : "missed",
  ]),
)}

[Decision 20](decisions/0020-what-it-costs.md) says what is left above the targets, and why.

## From nothing to the JSON

${table(
  ["", "ours", "by hand", "ours / by hand", "AWS CDK"],
  cold.map(({ name, costs }) => [
    name,
    ...timesOf(costs),
    costs[0]?.awsCdk === undefined ? "–" : spread(costs.flatMap(({ awsCdk }) => awsCdk?.time ?? [])),
  ]),
)}

The AWS CDK makes CloudFormation, and other resources: a role for each action too, and one stack for 40 pipelines, because a stack of CloudFormation holds 500 resources.

Importing only: ${Math.round(imports.ours.time)} ms and ${Math.round(imports.ours.memory)} MB, by hand ${Math.round(imports.byHand.time)} ms and ${Math.round(imports.byHand.memory)} MB.

## Scale

![processor time by the number of pipelines](pictures/benchmarks.svg)

${growths.map(growthOf).join("\n\n")}

## Terraform

What Terraform and its provider take for both programs' JSON, on the local AWS endpoint: the least of the rounds.

${table(
  ["pipelines", "plan, ours", "plan, by hand", "apply, ours", "apply, by hand"],
  terraform.map(({ pipelines, plan, apply }) => [
    number(pipelines),
    seconds(plan.ours),
    seconds(plan.byHand),
    ...(apply === undefined ? ["–", "–"] : [seconds(apply.ours), seconds(apply.byHand)]),
  ]),
)}
`;
}

function growthOf({ name, rows, exponent }: Growth): string {
  const head = ["pipelines", "ours", "by hand", "time", "memory", "JSON"];
  const body = rows.map(({ pipelines, costs, json }) => [
    number(pipelines),
    ...timesOf(costs),
    ratio(costs, "memory"),
    `${(json.ours / json.byHand).toFixed(2)} ×`,
  ]);
  return `**With ${name}.** From 100 to 3,000 pipelines the time grows with the power ${exponent.toFixed(2)}.\n\n${table(head, body)}`;
}

function pictureOf(growths: readonly Growth[]): string {
  const colours = ["#79c0ff", "#56d364", "#e3b341"];
  const lines = growths.flatMap(({ name, rows }, index): Line[] => {
    const of = (which: keyof Pair) =>
      rows.map(({ pipelines, costs }) => [pipelines, median(costs.map((each) => each[which].time))] as const);
    const colour = colours[index] ?? "#e6edf3";
    const short = ["one connection", "20 stacks", "a connection each"][index] ?? name;
    return [
      { name: `${short}, ours`, colour, points: of("ours") },
      { name: `${short}, by hand`, colour, isDashed: true, points: of("byHand") },
    ];
  });
  return svgOf({
    title: "From nothing to the JSON (dashed: by hand)",
    xAxis: "pipelines",
    yAxis: "processor time in ms",
    lines,
  });
}

function machine(): string {
  const [first] = cpus();
  const terraform = terraformVersion();
  return (
    `Measured on ${new Date().toISOString().slice(0, 10)}, on ${cpus().length} processors (${first?.model.trim() ?? "?"}) with ` +
    `${Math.round(totalmem() / 2 ** 30)} GB, ${process.platform} ${process.arch}, Node.js ${process.versions.node}, ` +
    `cdktf ${cdktf}, aws-cdk-lib ${dependencies["aws-cdk-lib"]}, Terraform ${"version" in terraform ? terraform.version : "?"}.`
  );
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");
}

/** Our time, that by hand, and how many times as long ours is. */
function timesOf(costs: readonly Pair[]): string[] {
  const [ours, byHand] = [costs.map((each) => each.ours.time), costs.map((each) => each.byHand.time)];
  return [spread(ours), spread(byHand), ratio(costs, "time")];
}

function spread(times: readonly number[]): string {
  const [low, high] = [Math.min(...times), Math.max(...times)].map((time) => number(Math.round(time)));
  return `${number(Math.round(median(times)))} ms (${low}–${high})`;
}

function ratio(costs: readonly Pair[], of: keyof Cost): string {
  return `${ratioOf(costs, of).toFixed(2)} ×`;
}

const number = (value: number): string => value.toLocaleString("en-US");

const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`;
