import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { contextOf, newApp, whereContextIs } from "../../stacks/context";
import { sayWhatIsWrong } from "../../stacks/say";
import { messageOf, testingApp } from "../support/synthesis";

const home = process.cwd();
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "context-"));
  process.chdir(folder);
});
afterEach(() => {
  process.chdir(home);
  rmSync(folder, { recursive: true });
  delete process.env.CDKTF_CONTEXT_JSON;
  delete process.env.PIPELINE_CONTEXT_JSON;
  jest.restoreAllMocks();
});

test("the app's context overrides the file's, key by key", () => {
  writeFileSync("cdktf.json", JSON.stringify({ context: { branch: "main", region: "us-east-1" } }));

  expect(contextOf(testingApp({ branch: "release" }))).toMatchObject({
    branch: "release",
    region: "us-east-1",
  });
});

test("a cdktf.json without a context has an empty one", () => {
  writeFileSync("cdktf.json", "{}");

  expect(Object.keys(contextOf(testingApp()))).not.toContain("branch");
});

test("PIPELINE_CONTEXT_JSON overrides the file and the app, key by key, and null stays for who reads it", () => {
  writeFileSync("cdktf.json", JSON.stringify({ context: { branch: "main", region: "us-east-1", repository: "a/b" } }));
  process.env.PIPELINE_CONTEXT_JSON = JSON.stringify({ branch: "hotfix", repository: null });

  expect(contextOf(testingApp({ branch: "release" }))).toMatchObject({
    branch: "hotfix",
    region: "us-east-1",
    repository: null,
  });
});

test("without the CLI the app takes CDKTF_CONTEXT_JSON, over the file", () => {
  writeFileSync("cdktf.json", JSON.stringify({ context: { branch: "main", region: "us-east-1" } }));
  process.env.CDKTF_CONTEXT_JSON = JSON.stringify({ branch: "release" });

  expect(contextOf(newApp())).toMatchObject({ branch: "release", region: "us-east-1" });
});

test("the context that the CLI takes from the file gives way to PIPELINE_CONTEXT_JSON", () => {
  process.env.CDKTF_CONTEXT_JSON = JSON.stringify({ branch: "main", cdktfRelativeModules: ["./"] });
  process.env.PIPELINE_CONTEXT_JSON = JSON.stringify({ branch: "release" });

  expect(contextOf(newApp())).toMatchObject({ branch: "release" });
});

test.each(["CDKTF_CONTEXT_JSON", "PIPELINE_CONTEXT_JSON"])("an empty %s is none", (variable) => {
  process.env[variable] = "";

  expect(Object.keys(contextOf(newApp()))).toEqual(["cdktfVersion"]);
  expect(whereContextIs()).toBe("The context of cdktf.json");
});

test("an error names PIPELINE_CONTEXT_JSON as a place of the context where it is set", () => {
  expect(whereContextIs()).toBe("The context of cdktf.json");
  process.env.PIPELINE_CONTEXT_JSON = "{}";

  expect(whereContextIs()).toBe("The context of cdktf.json and PIPELINE_CONTEXT_JSON");
});

test.each(["{bad", "5", "[]", "null"])("a PIPELINE_CONTEXT_JSON of %s is refused with a sentence", (json) => {
  process.env.PIPELINE_CONTEXT_JSON = json;

  expect(messageOf(() => contextOf(newApp()))).toBe(
    `PIPELINE_CONTEXT_JSON: it must hold a JSON object. Given: ${JSON.stringify(json)}.`,
  );
});

test.each(["{bad", "5", "[]", "null"])("a CDKTF_CONTEXT_JSON of %s is refused with a sentence", (json) => {
  process.env.CDKTF_CONTEXT_JSON = json;

  expect(messageOf(newApp)).toBe(`CDKTF_CONTEXT_JSON: it must hold a JSON object. Given: ${JSON.stringify(json)}.`);
});

test("a cdktf.json that is no JSON is refused with a sentence", () => {
  writeFileSync("cdktf.json", "{bad");

  expect(messageOf(() => contextOf(testingApp()))).toContain("cdktf.json: it must hold a JSON object");
});

describe("what is wrong", () => {
  test("with what was given is said without a stack trace, and the process fails", () => {
    const said = jest.spyOn(console, "error").mockImplementation();
    process.env.CDKTF_CONTEXT_JSON = "5";

    sayWhatIsWrong(() => newApp());

    expect(said).toHaveBeenCalledWith('CDKTF_CONTEXT_JSON: it must hold a JSON object. Given: "5".');
    expect(process.exitCode).toBe(1);
    process.exitCode = undefined;
  });

  test("with the program itself is thrown on", () => {
    expect(() => {
      sayWhatIsWrong(() => {
        throw new TypeError("a bug");
      });
    }).toThrow("a bug");
  });
});
