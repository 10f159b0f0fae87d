import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

/** How long an artifact is kept, in days: longer than an execution waits for an approval, which is a week. */
const KEPT = 30;

/** The pipeline's artifact store: private, encrypted, versioned, reached by TLS only. It forgets old artifacts. */
export class ArtifactBucket extends Construct {
  public readonly bucketName: string;
  public readonly bucketArn: string;
  /** What must be in place before anything is stored. */
  public readonly dependencies: ITerraformDependable[];

  public constructor(scope: Construct, id: string, namePrefix: string) {
    super(scope, id);
    // Artifacts are copies of what the repository holds, so destroying the stack may take them along.
    const resource = new S3Bucket(this, "Resource", { bucketPrefix: namePrefix, forceDestroy: true });
    const bucket = (this.bucketName = resource.bucket);
    const arn = (this.bucketArn = resource.arn);

    const encryption = new S3BucketServerSideEncryptionConfigurationA(this, "Encryption", {
      bucket,
      rule: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
    });
    const versioning = new S3BucketVersioningA(this, "Versioning", {
      bucket,
      versioningConfiguration: { status: "Enabled" },
    });
    // A pipeline never deletes what it stores. An object that has expired stays as an old version.
    new S3BucketLifecycleConfiguration(this, "OldArtifacts", {
      bucket,
      rule: [
        {
          id: "old-artifacts",
          status: "Enabled",
          filter: [{ prefix: "" }],
          expiration: [{ days: KEPT }],
          noncurrentVersionExpiration: [{ noncurrentDays: 1 }],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: 1 }],
        },
      ],
      dependsOn: [versioning],
    });
    const privacy = new S3BucketPublicAccessBlock(this, "PublicAccessBlock", {
      bucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    const tlsOnly = new S3BucketPolicy(this, "TlsOnly", {
      bucket,
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "TlsOnly",
            Effect: "Deny",
            Principal: "*",
            Action: "s3:*",
            Resource: [arn, `${arn}/*`],
            Condition: { Bool: { "aws:SecureTransport": "false" } },
          },
        ],
      }),
      // S3 refuses changes of a bucket's policy and of its public access block that overlap.
      dependsOn: [privacy],
    });
    this.dependencies = [encryption, versioning, privacy, tlsOnly];
  }
}
