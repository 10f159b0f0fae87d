import type { Statement } from "./service-role";

/**
 * What CodePipeline needs of its artifact store.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/how-to-custom-role.html
 */
export function storeArtifacts(bucketArn: string, accountId: string): Statement[] {
  const Condition = { StringEquals: { "aws:ResourceAccount": accountId } };
  return [
    { Action: ["s3:GetBucketVersioning", "s3:GetBucketAcl", "s3:GetBucketLocation"], Resource: bucketArn, Condition },
    {
      Action: [
        ...["s3:PutObject", "s3:PutObjectAcl", "s3:GetObject", "s3:GetObjectVersion"],
        ...["s3:PutObjectTagging", "s3:GetObjectTagging", "s3:GetObjectVersionTagging"],
      ],
      Resource: `${bucketArn}/*`,
      Condition,
    },
  ];
}

/**
 * What a CodePipeline role needs to run a CodeBuild project.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodeBuild.html
 */
export function runBuilds(projectArn: string): Statement[] {
  return [{ Action: ["codebuild:BatchGetBuilds", "codebuild:StartBuild"], Resource: projectArn }];
}

/**
 * What a CodeBuild role needs to take its input from a pipeline, hand back its output and write its log.
 *
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/setting-up-service-role.html
 */
export function build(bucketArn: string, logGroupArn: string, accountId: string): Statement[] {
  const Condition = { StringEquals: { "aws:ResourceAccount": accountId } };
  return [
    { Action: ["logs:CreateLogStream", "logs:PutLogEvents"], Resource: `${logGroupArn}:log-stream:*` },
    { Action: ["s3:GetBucketAcl", "s3:GetBucketLocation"], Resource: bucketArn, Condition },
    { Action: ["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject"], Resource: `${bucketArn}/*`, Condition },
  ];
}
