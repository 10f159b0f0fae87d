import { readConfiguration } from "./stacks/configuration";
import { newApp } from "./stacks/context";
import { PipelineStack } from "./stacks/pipeline-stack";
import { sayWhatIsWrong } from "./stacks/say";

sayWhatIsWrong(() => {
  const app = newApp();
  const configuration = readConfiguration(app);
  // A stack for each pipeline, with a state of its own: another name makes another pipeline, and leaves the first.
  new PipelineStack(app, configuration.pipelineName, configuration);
  app.synth();
});
