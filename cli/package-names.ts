/** The name and the version of the package that the command is in: the bundler writes them. */
declare const PACKAGE_NAME: string;
declare const PACKAGE_VERSION: string;

export const NAME = PACKAGE_NAME;
export const VERSION = PACKAGE_VERSION;

/** How a person calls the command. */
export function npx(words: string): string {
  return `npx ${NAME} ${words}`;
}
