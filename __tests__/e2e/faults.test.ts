import { createHash } from "node:crypto";
import type { Fault } from "../../local-aws/faults";
import { ask } from "../../local-aws/made-by-calls";
import { CdktfProject } from "../../local-aws/terraform/cdktf-project";
import { findInstallation } from "../../local-aws/terraform/installation";
import { accountOfSuite, describeOnTerraform } from "./on-terraform";
import { deleteLeftovers, endedAt, type Ending, followWayBack, takeIn, TROUBLESHOOTING } from "./way-back";

const THOROUGH = process.env.THOROUGH === "true";
const SEED = Number(process.env.SEED ?? Date.now() % 2 ** 31);

/** How many changes a deploy of the first example makes, and as many a destroy. */
const CHANGES = 10;

/** A number from 0 to below a limit, by the seed and a text. */
function drawn(limit: number, text: string): number {
  const hash = createHash("sha256").update(`${SEED} ${text}`).digest();
  return hash.readUInt32BE() % limit;
}

const ALL: readonly Ending[] = ["SIGINT", "SIGKILL", "lost answer"];

/** Every ending at every change; or one of them at some change. */
const EVERY = ALL.flatMap((ending) => Array.from({ length: CHANGES }, (_, index) => ({ ending, n: index + 1 })));
const FIRST = drawn(EVERY.length, "case");
const CASES = THOROUGH ? EVERY : EVERY.slice(FIRST, FIRST + 1);

describeOnTerraform(`a deploy of the first example (SEED=${SEED})`, () => {
  const account = accountOfSuite();
  let project: CdktfProject;
  beforeAll(async () => {
    const program = "examples/first-pipeline.ts";
    project = new CdktfProject(await findInstallation(), account().environment, { program });
  });
  afterAll(() => {
    project.remove();
  });

  /** What there is, without what differs from one deploy to the next. */
  const inventory = () =>
    account()
      .inventory()
      .map((arn) => arn.replace(/[0-9a-f]{8}-[0-9a-f-]{27}|\d{18}[0-9a-f]{8}/, "…"))
      .sort();
  const WHOLE = [
    "arn:aws:codebuild:us-east-1:123456789012:project/shop",
    "arn:aws:codepipeline:us-east-1:123456789012:shop",
    "arn:aws:codestar-connections:us-east-1:123456789012:connection/…",
    "arn:aws:iam::123456789012:policy/use-connections-…",
    "arn:aws:iam::123456789012:role/codebuild-…",
    "arn:aws:iam::123456789012:role/codepipeline-…",
    "arn:aws:s3:::artifacts-…",
  ];
  const hasNoChanges = async () => {
    const plan = await project.shell("terraform -chdir=cdktf.out/stacks/first-pipeline plan -detailed-exitcode");
    expect(plan).toMatchObject({ exitCode: 0, output: expect.stringContaining("No changes.") });
  };
  const isDestroyed = async () => {
    expect(await project.destroy()).toMatchObject({ exitCode: 0 });
    expect(account().inventory()).toEqual([]);
  };

  describe("is made whole, and destroyed, by the provider's own retries", () => {
    const RETRIED: readonly Fault[] = ["throttled", "unavailable", "lost request", "slow"];
    // Clients wait long after having been throttled, and what is slow is only slow.
    const kinds = THOROUGH ? RETRIED.map((fault) => [fault]) : [["unavailable", "lost request"] as const];

    test.each(kinds.map((faults) => ({ faults, name: faults.join(" or ") })))(
      "when the first try of each call is $name",
      async ({ faults }) => {
        let failed = 0;
        account().faults = ({ attempt, number }) => {
          if (attempt > 1) return undefined;
          failed++;
          return faults[drawn(faults.length, String(number))];
        };

        expect(await project.deploy()).toMatchObject({ exitCode: 0 });
        expect(inventory()).toEqual(WHOLE);
        await hasNoChanges();
        await isDestroyed();

        // 48 of the deploy, and more of the others.
        expect(failed).toBeGreaterThan(100);
        account().faults = undefined;
      },
    );
  });

  test.each(CASES)("ends well, and so does the destroy, after $ending at change $n", async ({ ending, n }) => {
    const deploy = await endedAt(account(), project, "deploy", ending, n);
    expect(deploy.action).toBeDefined();
    // A call that can be repeated is, so the deploy with a lost answer may have ended well.
    if (ending !== "lost answer") expect(deploy.exitCode).not.toBe(0);

    await followWayBack(project);
    await deleteLeftovers(account(), project);
    expect(inventory()).toEqual(WHOLE);
    await hasNoChanges();

    const destroy = await endedAt(account(), project, "destroy", ending, n);
    expect(destroy.action).toBeDefined();
    await isDestroyed();
  });

  describe("whose state is lost", () => {
    const STATE = "terraform.first-pipeline.tfstate";
    const connection = () =>
      account()
        .inventory()
        .filter((arn) => arn.includes(":connection/"));

    test("keeps the connection that was activated: from the backup, and without one", async () => {
      expect(await project.deploy()).toMatchObject({ exitCode: 0 });
      const [arn = ""] = connection();
      account().activate(arn);
      // The second deploy writes the status into the state, and what was there before into the backup.
      expect(await project.deploy()).toMatchObject({ exitCode: 0 });

      await project.shell(`: > ${STATE} && cp ${STATE}.backup ${STATE}`);
      expect(await project.deploy()).toMatchObject({ exitCode: 0 });
      expect(connection()).toEqual([arn]);
      expect(inventory()).toEqual(WHOLE);

      await project.shell(`: > ${STATE} && rm ${STATE}.backup`);
      await takeIn(project);
      await followWayBack(project);
      await deleteLeftovers(account(), project);

      expect(connection()).toEqual([arn]);
      expect(inventory()).toEqual(WHOLE);
      expect(account().services.codestarConnections.store.connection(arn).status).toBe("AVAILABLE");
      await hasNoChanges();
      await isDestroyed();
    });
  });

  test.each<{ what: string; environment: { [name: string]: string }; says: string }>([
    { what: "no credentials", environment: { AWS_ACCESS_KEY_ID: "" }, says: "No valid credential sources found" },
    { what: "an access key of nobody", environment: { AWS_ACCESS_KEY_ID: "AKIANOBODY" }, says: "InvalidClientTokenId" },
    { what: "credentials that have expired", environment: {}, says: "ExpiredToken" },
  ])("with $what says so, as the page on troubleshooting has it, and makes nothing", async ({ environment, says }) => {
    account().isExpired = says === "ExpiredToken";
    const stopped = new CdktfProject(await findInstallation(), { ...account().environment, ...environment });

    expect(await stopped.deploy()).toMatchObject({ exitCode: 1, output: expect.stringContaining(says) });

    account().isExpired = false;
    expect(TROUBLESHOOTING).toContain(`**\`${says}`);
    expect(account().inventory()).toEqual([]);
    stopped.remove();
  });

  test("that is killed with its state in S3 leaves a lock and resources, and the page leads back", async () => {
    const Bucket = "acme-terraform-state";
    const request = { Bucket, Key: "", query: {}, headers: {}, body: Buffer.from("") };
    ask(account(), "s3", "CreateBucket", request);
    const program = "examples/state-in-s3.ts";
    const inS3 = new CdktfProject(await findInstallation(), account().environment, { program });
    // The first change is the lock.
    const { action } = await endedAt(account(), inS3, "deploy", "SIGKILL", 2);
    expect(action).toBe("codestar-connections:CreateConnection");
    const made = account()
      .inventory()
      .filter((arn) => arn.includes(":connection/"));
    expect(made).toHaveLength(1);

    const locked = await inS3.deploy();
    expect(locked).toMatchObject({ exitCode: 1, output: expect.stringContaining("Error acquiring the state lock") });
    const id = /\bID:\s+([0-9a-f-]{36})/.exec(locked.output)?.[1] ?? "";
    expect(TROUBLESHOOTING).toContain("`terraform force-unlock <id>` in `cdktf.out/stacks/<stack>`");
    const unlock = `cd cdktf.out/stacks/state-in-s3 && terraform force-unlock -force ${id}`;
    expect(await inS3.shell(unlock)).toMatchObject({ exitCode: 0 });
    await takeIn(inS3);
    await followWayBack(inS3);

    expect(
      account()
        .inventory()
        .filter((arn) => arn.includes(":connection/")),
    ).toEqual(made);
    expect(await inS3.destroy()).toMatchObject({ exitCode: 0 });
    inS3.remove();
  });
});
