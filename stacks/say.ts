/** Runs the app; a mistake in what it was given is said in its sentences alone, without a stack trace. */
export function sayWhatIsWrong(run: () => void): void {
  try {
    run();
  } catch (error) {
    if (!(error instanceof Error && error.name === "ValidationError")) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
