/** Whether a host name is registered under .dk: its last label is exactly `dk`, and it is not .dk itself. `host` as in WebUrl. */
export function isUnderDk(host: string): boolean {
  const labels = host.toLowerCase().replace(/\.$/, "").split(".");
  return labels.length >= 2 && labels.at(-1) === "dk" && labels.every((label) => label !== "");
}
