import { withoutControlCharacters, withoutCredentials } from "../../src/validation/safe-text";
import { given, stopped, ValidationError } from "../../src/validation/validation-error";

const TOKEN = "ATCTT3xFfGN0";

describe("a message shows no credential", () => {
  test.each([
    [`https://x-token-auth:${TOKEN}@bitbucket.org/acme/shop.git`, "https://…@bitbucket.org/acme/shop.git"],
    [`https://${TOKEN}@github.com/acme/shop`, "https://…@github.com/acme/shop"],
    [`https://user:${TOKEN}/a@b@gitlab.com/acme/shop`, "https://…@gitlab.com/acme/shop"],
    [`ssh://git:${TOKEN}@host/acme/shop`, "ssh://…@host/acme/shop"],
    [`x-token-auth:${TOKEN}@bitbucket.org/acme/shop`, "x-token-auth:…@bitbucket.org/acme/shop"],
    [`https://git.example.com/acme?private_token=${TOKEN}`, "https://git.example.com/acme?…"],
    [`HTTPS://u:${TOKEN}@x.org/?a=${TOKEN}`, "HTTPS://…@x.org/?…"],
  ])("of %s", (value, shown) => {
    expect(withoutCredentials(value)).toBe(shown);
    expect(given(value)).toBe(`"${shown}"`);
    expect(stopped(`repository must be a path. Given: "${value}"`)).not.toContain(TOKEN);
  });

  test("of an address that is longer than what a message shows", () => {
    expect(given(`https://x-token-auth:${TOKEN.repeat(20)}@bitbucket.org/acme/shop.git`)).toBe(
      '"https://…@bitbucket.org/acme/shop.git"',
    );
  });

  test("which takes no longer for a long text than for many short ones", () => {
    const started = performance.now();
    for (const long of ["x", "x:", "://", "a@"]) withoutCredentials(long.repeat(5_000));

    // A second for each is what a pattern takes that begins anew at each character.
    expect(performance.now() - started).toBeLessThan(1000);
  });

  test("of an address inside an object", () => {
    expect(given({ url: `https://u:${TOKEN}@x.org` })).toBe('{"url":"https://…@x.org"}');
  });
});

test.each([
  "acme/shop",
  "git@bitbucket.org:acme/shop.git",
  "https://git.example.com/acme/shop",
  "arn:aws:iam::123456789012:role/pipeline",
  "main@{upstream}",
  'Did you mean "https://git.example.com"?',
  "someone@example.com",
])("%s is shown as it is", (value) => {
  expect(withoutCredentials(value)).toBe(value);
});

describe("a message holds nothing that a terminal obeys", () => {
  test("in what was given, or in a name that it shows", () => {
    expect(given("\u001b[31mred\u0007")).toBe('"\\u001b[31mred\\u0007"');
    expect(stopped('the action "\u001b]0;x\u0007" is in the first stage')).toBe(
      'the action "\\u001b]0;x\\u0007" is in the first stage.',
    );
  });

  test("which are the control characters of both sets, and no others", () => {
    expect(withoutControlCharacters("a\n\u007f\u009bé日")).toBe("a\\u000a\\u007f\\u009bé日");
  });
});

test("an error of several problems still has its lines", () => {
  expect(new ValidationError("stack/Source", ["one.", "two."]).message.split("\n")).toHaveLength(3);
});
