/** Written by the process of the odd servers when all of them listen. */
export const READY_FILE = "odd-servers.ready";
