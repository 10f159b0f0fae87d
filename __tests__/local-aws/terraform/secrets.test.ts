import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../../../local-aws/terraform/command";
import { refuseSecretIn } from "../../../local-aws/terraform/secrets";

const environment = { PATH: process.env.PATH, AWS_SECRET_ACCESS_KEY: "a-secret" };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "secrets-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

test("a command that prints the secret of its environment is refused, on either stream", async () => {
  const said = (line: string) => run("sh", ["-c", line], { cwd: folder, environment });

  await expect(said('echo "key: $AWS_SECRET_ACCESS_KEY"')).rejects.toThrow("holds AWS_SECRET_ACCESS_KEY");
  await expect(said('echo "$AWS_SECRET_ACCESS_KEY" >&2')).rejects.toThrow("holds AWS_SECRET_ACCESS_KEY");
  expect(await said("echo fine")).toEqual({ exitCode: 0, output: "fine\n" });
});

test("a file with the secret is refused by its path, however deep and of whatever format", () => {
  mkdirSync(join(folder, "cdktf.out/stacks"), { recursive: true });
  const plan = join(folder, "cdktf.out/stacks/plan");
  writeFileSync(plan, Buffer.concat([Buffer.from([0, 255]), Buffer.from("a-secret")]));

  expect(() => {
    refuseSecretIn(folder, environment);
  }).toThrow(`${plan} holds AWS_SECRET_ACCESS_KEY.`);
});

test("files without it pass, and what others put there is not looked at", () => {
  mkdirSync(join(folder, ".terraform"));
  writeFileSync(join(folder, ".terraform/provider"), "a-secret");
  writeFileSync(join(folder, "state"), "another");

  expect(() => {
    refuseSecretIn(folder, environment);
  }).not.toThrow();
});

test("a link that leads nowhere is no file", () => {
  symlinkSync(join(folder, "gone"), join(folder, "link"));

  expect(() => {
    refuseSecretIn(folder, environment);
  }).not.toThrow();
});
