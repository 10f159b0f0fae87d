/** Where CodePipeline is documented. */
export const GUIDE = "https://docs.aws.amazon.com/codepipeline/latest/userguide";
export const API = "https://docs.aws.amazon.com/codepipeline/latest/APIReference";
export const STRUCTURE = `${GUIDE}/reference-pipeline-structure.html`;
export const ACTION = `${GUIDE}/action-reference-CodestarConnectionSource.html`;
