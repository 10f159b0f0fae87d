/** Puts what a plan shows after the upgrade into the newest section of the changelog, and starts anew for the next release. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const NOTHING = "No changes.\n";
const [changelog, announced] = ["../CHANGELOG.md", "after-upgrade.md"].map((path) => join(import.meta.dirname, path));

const [header, newest, ...older] = readFileSync(changelog, "utf8").split(/^(?=##+ \[?\d)/m);
const section = `### A plan after the upgrade\n\n${readFileSync(announced, "utf8").trim()}\n`;
writeFileSync(changelog, [header, `${newest.trimEnd()}\n\n${section}\n`, ...older].join(""));
writeFileSync(announced, NOTHING);
writeFileSync(join(import.meta.dirname, "acknowledged.txt"), "");
