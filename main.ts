import { readConfiguration } from "./stacks/configuration";
import { newApp } from "./stacks/context";
import { PipelineStack } from "./stacks/pipeline-stack";
import { sayWhatIsWrong } from "./stacks/say";

sayWhatIsWrong(() => {
  const app = newApp();
  new PipelineStack(app, "pipeline", readConfiguration(app));
  app.synth();
});
