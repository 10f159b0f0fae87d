import { type Connection, paginateListConnections } from "@aws-sdk/client-codestar-connections";
import { type Policy, paginateListPolicies, paginateListRoles, type Role } from "@aws-sdk/client-iam";
import type { Session } from "../aws/session";
import type { Notes } from "./examination";

/** What an account has. Each list is read once, when it is asked for; one that may not be read is empty, and is noted. */
export class Account {
  private readonly lists = new Map<string, Promise<readonly unknown[]>>();

  public constructor(
    private readonly session: Session,
    private readonly notes: Notes,
  ) {}

  public connections(region: string): Promise<readonly Connection[]> {
    const client = this.session.connections(region);
    return this.once(
      `connections of ${region}`,
      "connections",
      paginateListConnections({ client }, {}),
      (page) => page.Connections,
    );
  }

  public roles(region: string): Promise<readonly Role[]> {
    const client = this.session.iam(region);
    return this.once("roles", "roles", paginateListRoles({ client }, {}), (page) => page.Roles);
  }

  /** Those that are not AWS's own. */
  public policies(region: string): Promise<readonly Policy[]> {
    const client = this.session.iam(region);
    return this.once(
      "policies",
      "policies",
      paginateListPolicies({ client }, { Scope: "Local" }),
      (page) => page.Policies,
    );
  }

  private once<P, T>(
    key: string,
    what: string,
    pages: AsyncIterable<P>,
    of: (page: P) => T[] | undefined,
  ): Promise<readonly T[]> {
    const list = this.lists.get(key) ?? this.read(what, pages, of);
    this.lists.set(key, list);
    return list as Promise<readonly T[]>;
  }

  private async read<P, T>(
    what: string,
    pages: AsyncIterable<P>,
    of: (page: P) => T[] | undefined,
  ): Promise<readonly T[]> {
    const found = await this.notes.attempt(`list the ${what}`, async () => {
      const all: T[] = [];
      for await (const page of pages) all.push(...(of(page) ?? []));
      return all;
    });
    return found ?? [];
  }
}
