/** Counts and prints what passed and what failed, one line each. */
export class Score {
  #passed = 0;
  #failed = 0;

  /** One line: what was looked at, and either nothing (passed) or what is wrong with it. */
  note(what: string, problems: readonly string[], remark = ""): void {
    if (problems.length === 0) this.#passed++;
    else this.#failed++;
    const mark = problems.length === 0 ? "ok  " : "FAIL";
    console.log([`${mark} ${what}`, ...problems, ...(remark === "" ? [] : [remark])].join("  |  "));
  }

  /** Prints the last line; true if something passed and nothing failed. */
  finish(): boolean {
    console.log(`${String(this.#passed)} passed, ${String(this.#failed)} failed`);
    return this.#failed === 0 && this.#passed > 0;
  }
}
