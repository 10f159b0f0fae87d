import { TerraformDataSource, TerraformResource } from "cdktf";
import { type Construct, type IConstruct } from "constructs";
import { ActivationGate, Connection, ConnectionHost, ConnectionPolicy, PipelineSource } from "../../src";
import { Everything } from "../../release/program";
import { textOf } from "../support/documentation";
import { testingApp } from "../support/synthesis";

const CONSTRUCTS = { ActivationGate, Connection, ConnectionHost, ConnectionPolicy, PipelineSource };
const FILES = {
  ...{ ActivationGate: "connection/activation-gate", Connection: "connection/connection" },
  ...{ ConnectionHost: "connection/connection-host", ConnectionPolicy: "permissions/connection-policy" },
  PipelineSource: "pipeline-source/pipeline-source",
};

const stack = new Everything(testingApp(), "everything");

const isOurs = (element: IConstruct): boolean => Object.values(CONSTRUCTS).some((one) => element instanceof one);

/** What a construct makes by itself, and not another construct of the library in it. */
function madeBy(construct: Construct): string[] {
  const inside = construct.node.children.filter((child) => !isOurs(child)).flatMap((child) => child.node.findAll());
  return inside.flatMap((element) => {
    if (TerraformResource.isTerraformResource(element)) return element.terraformResourceType;
    return TerraformDataSource.isTerraformDataSource(element) ? `data.${element.terraformResourceType}` : [];
  });
}

/** What the comment of a class says that it makes. */
function saidOf(name: keyof typeof FILES): string[] {
  const [, comment = ""] = /\/\*\*((?:(?!\*\/)[^])*)\*\/\nexport class /.exec(textOf(`src/${FILES[name]}.ts`)) ?? [];
  const [, paragraph = ""] = /Makes in Terraform:([^]*?)\n \*\n/.exec(comment) ?? [];
  return Array.from(paragraph.matchAll(/`((?:data\.)?aws_\w+)`/g), ([, type = ""]) => type);
}

test.each(Object.keys(CONSTRUCTS) as (keyof typeof CONSTRUCTS)[])("%s makes what its reference says", (name) => {
  const all = stack.node.findAll().filter((element) => element instanceof CONSTRUCTS[name]) as Construct[];
  const made = new Set(all.flatMap(madeBy));

  expect(all).not.toEqual([]);
  expect([...made].sort()).toEqual(saidOf(name).sort());
});
