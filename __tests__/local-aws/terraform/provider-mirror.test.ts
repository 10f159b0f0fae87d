import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { isAbsolute, join } from "node:path";
import { mirrorWith } from "../../../local-aws/terraform/installation";
import { findMirror, impliedMirrors } from "../../../local-aws/terraform/provider-mirror";

// A provider that no machine has, so that only the home folder made here counts.
const RELEASE = { name: "example/only-here", version: "1.2.3" };

describe("a provider mirror", () => {
  let home: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), "home-"));
  });
  afterEach(() => {
    rmSync(home, { recursive: true });
  });
  const unpacked = (mirror: string, version = RELEASE.version) =>
    mkdirSync(join(home, mirror, "registry.terraform.io", RELEASE.name, version, "linux_amd64"), { recursive: true });

  test.each([".terraform.d/plugins", ".local/share/terraform/plugins", "tools/terraform", "a/b/c/d"])(
    "is found in ~/%s",
    (mirror) => {
      unpacked(mirror);

      expect(findMirror(RELEASE, home)).toBe(join(home, mirror));
    },
  );

  test("is found when its providers are packed", () => {
    const folder = join(home, "mirror/registry.terraform.io", RELEASE.name);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "terraform-provider-only-here_1.2.3_linux_amd64.zip"), "");

    expect(findMirror(RELEASE, home)).toBe(join(home, "mirror"));
  });

  test("is found in Terraform's own places first", () => {
    // By name, this one would come first.
    unpacked(".another");
    unpacked(".local/share/terraform/plugins");

    expect(findMirror(RELEASE, home)).toBe(join(home, ".local/share/terraform/plugins"));
  });

  test("has Terraform's own places in Terraform's order, all absolute", () => {
    const places = impliedMirrors(home);

    expect(places.slice(0, 2)).toEqual([
      join(process.cwd(), "terraform.d/plugins"),
      join(home, ".terraform.d/plugins"),
    ]);
    expect(places.every((place) => isAbsolute(place))).toBe(true);
  });

  test.each([
    ["of another version", () => unpacked("mirror", "1.2.4")],
    ["too many folders down", () => unpacked("a/b/c/d/e")],
    ["inside node_modules", () => unpacked("node_modules/x")],
  ])("%s is not taken", (_, make) => {
    make();

    expect(findMirror(RELEASE, home)).toBeUndefined();
  });

  test("that is nowhere is missed with a sentence that says how to make one", () => {
    expect(() => mirrorWith(RELEASE)).toThrow(
      /no provider mirror with example\/only-here 1\.2\.3 was found\. Make one .* `terraform providers mirror/,
    );
  });
});
