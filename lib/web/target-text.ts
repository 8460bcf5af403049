/** What people and observations call a host at an address. */
export function webTarget({ host, address }: { readonly host: string; readonly address: string }): string {
  return host === address ? `[${address}]` : `${host} [${address}]`;
}

/** The same with the port, for what looks at one port alone. */
export function portTarget(at: { readonly host: string; readonly address: string; readonly port: number }): string {
  const shown = at.host.includes(":") ? `[${at.host}]` : at.host;
  return `${shown}:${String(at.port)} [${at.address}]`;
}
