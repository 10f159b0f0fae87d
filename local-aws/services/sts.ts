import { callerArn, callerId } from "../account";
import { queryProtocol } from "../protocols/query";
import type { Operation, Service } from "../service";

/** AWS Security Token Service: who is calling, which is how the provider learns the account and the partition. */
export class Sts implements Service {
  public readonly signingName = "sts";
  public readonly protocol = queryProtocol("https://sts.amazonaws.com/doc/2011-06-15/");
  public readonly operations: { readonly [name: string]: Operation } = {
    GetCallerIdentity: (_input, scope) => ({ Arn: callerArn(scope), UserId: callerId, Account: scope.accountId }),
  };

  public inventory(): string[] {
    return [];
  }
}
