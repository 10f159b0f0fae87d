import { misspelt, nearest } from "../../src/validation/nearest";

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
])("%j is taken for %s", (given, meant) => {
  expect(nearest(given, CANDIDATES)).toBe(meant);
});

test("there is nothing near among no candidates", () => {
  expect(nearest("x", [])).toBeUndefined();
});

test.each([
  ["BIT-BUCKET", "Bitbucket"],
  ["Bitbuckt", "Bitbucket"],
  ["GitHubEnterprise", undefined],
  ["Bitb", undefined],
])("%j is a misspelt %s", (given, meant) => {
  expect(misspelt(given, CANDIDATES)).toBe(meant);
});

test("nothing is misspelt among no candidates", () => {
  expect(misspelt("x", [])).toBeUndefined();
});
