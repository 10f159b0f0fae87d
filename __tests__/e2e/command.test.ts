import { CdktfProject } from "../../local-aws/terraform/cdktf-project";
import { findInstallation } from "../../local-aws/terraform/installation";
import { accountOfSuite, describeOnTerraform } from "./on-terraform";

describeOnTerraform("the command after an interrupted deploy of main.ts", () => {
  const account = accountOfSuite();

  test("says what the state does not know, with lines that take it in again", async () => {
    const project = new CdktfProject(await findInstallation(), account().environment);
    expect(await project.deploy()).toMatchObject({ exitCode: 0 });
    account().activate(project.outputs().connection_arn ?? "");
    const made = account().inventory();
    const inStack = (words: string) => project.shell(`cd cdktf.out/stacks/shop && terraform ${words}`);
    const { output: addresses } = await inStack("state list");
    const lost = addresses.match(
      /^(aws_codepipeline|aws_cloudwatch_log_group|aws_codestarconnections_connection)\.\S+$/gm,
    );
    expect(lost).toHaveLength(3);
    expect(await inStack(`state rm ${lost?.join(" ") ?? ""}`)).toMatchObject({ exitCode: 0 });

    const { exitCode, output } = await project.command("doctor");
    expect(exitCode).toBe(3);
    const lines = output.match(/\(cd '.*' && terraform import .*'\)/g) ?? [];
    expect(lines).toHaveLength(3);
    for (const line of lines) expect(await project.shell(line)).toMatchObject({ exitCode: 0 });

    // The pipeline is red still: it was made while the connection was pending.
    const { output: after } = await project.command("doctor");
    expect(after).toMatch(/^✗ shop\n {2}It was made while its connection was pending/);
    expect(after).not.toContain("Left behind");
    expect(await inStack("plan -input=false -detailed-exitcode")).toMatchObject({ exitCode: 0 });
    expect(account().inventory()).toEqual(made);

    // A state that is no local file of the project is pulled by Terraform.
    await project.shell(
      "mkdir elsewhere && cp -r cdktf.out elsewhere && cp terraform.shop.tfstate elsewhere/cdktf.out/stacks/shop/terraform.tfstate",
    );
    const local = await project.shell(
      'cd elsewhere/cdktf.out/stacks/shop && sed -i \'s#"path": "[^"]*tfstate"##\' cdk.tf.json && terraform init -input=false -reconfigure',
    );
    expect(local).toMatchObject({ exitCode: 0 });
    expect(await project.shell("cd elsewhere && node ../command.js status")).toMatchObject({
      ...{ exitCode: 0, output: expect.stringContaining("MyConnection AVAILABLE") },
    });
    expect(await project.destroy()).toMatchObject({ exitCode: 0 });
    project.remove();
  });
});
