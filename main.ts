import { App } from "cdktf";
import { readConfiguration } from "./stacks/configuration";
import { PipelineStack } from "./stacks/pipeline-stack";

const app = new App();
new PipelineStack(app, "pipeline", readConfiguration(app));
app.synth();
