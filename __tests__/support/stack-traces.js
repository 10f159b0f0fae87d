/**
 * CDKTF captures the whole stack trace of each token, which Jest would map to the sources each time: a fifth of what the
 * unit tests take. These alone, which have no limit, stay as they are; errors are mapped as ever.
 */
const capture = Error.captureStackTrace;

Error.captureStackTrace = (target, below) => {
  if (Error.stackTraceLimit !== Number.MAX_SAFE_INTEGER) {
    capture(target, below);
    return;
  }
  const prepare = Error.prepareStackTrace;
  Error.prepareStackTrace = (_, trace) => ["Error", ...trace].join("\n    at ");
  try {
    capture(target, below);
    // It is made when it is first read.
    void target.stack;
  } finally {
    Error.prepareStackTrace = prepare;
  }
};
