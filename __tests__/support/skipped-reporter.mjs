/** Names the tests of suites that were skipped whole: Jest's own reporters only count them. */
export default class SkippedReporter {
  onTestResult(_test, { skipped, testResults }) {
    if (!skipped) return;
    for (const { fullName } of testResults) console.log(`SKIPPED ${fullName}`);
  }
}
