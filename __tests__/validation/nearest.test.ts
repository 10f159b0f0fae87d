import { nearest } from "../../src/validation/nearest";

const CANDIDATES = ["Bitbucket", "GitHub", "GitLab", "GitHubEnterpriseServer"];

test.each([
  ["Bitbucket", "Bitbucket"],
  ["BITBUCKET", "Bitbucket"],
  ["bit-bucket", "Bitbucket"],
  ["Bitbuckt", "Bitbucket"],
  ["Githbu", undefined],
  ["Githb", "GitHub"],
  ["GithubEnterpriseServer ", "GitHubEnterpriseServer"],
  ["GitHubEnterprise", "GitHubEnterpriseServer"],
  ["Git", undefined],
  ["Subversion", undefined],
  ["", undefined],
])("%j is taken for %s", (text, meant) => {
  expect(nearest(text, CANDIDATES)).toBe(meant);
});

test("there is nothing near among no candidates", () => {
  expect(nearest("x", [])).toBeUndefined();
});
