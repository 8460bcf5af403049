const MICROSECONDS = 1000;

/** Milliseconds of processor time that synchronous work takes: unlike the clock's, they do not grow where the machine is busy with others. */
export function cpuMilliseconds(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / MICROSECONDS;
}
