import type net from "node:net";

/** What a run has cost its targets so far. `bytesIn` and `bytesOut` are octets above TCP and UDP. */
export interface DialCounters {
  readonly connections: number;
  readonly datagramsOut: number;
  readonly datagramsIn: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
}

/** Counts sockets and datagrams; open connections are included with what they have carried so far. */
export interface CostMeter {
  connection(socket: net.Socket): void;
  datagramOut(octets: number): void;
  datagramIn(octets: number): void;
  read(): DialCounters;
}

export function createCostMeter(): CostMeter {
  const open = new Set<net.Socket>();
  const total = { connections: 0, datagramsOut: 0, datagramsIn: 0, bytesIn: 0, bytesOut: 0 };
  return {
    connection(socket) {
      total.connections += 1;
      open.add(socket);
      socket.once("close", () => {
        open.delete(socket);
        total.bytesIn += socket.bytesRead;
        total.bytesOut += socket.bytesWritten;
      });
    },
    datagramOut(octets) {
      total.datagramsOut += 1;
      total.bytesOut += octets;
    },
    datagramIn(octets) {
      total.datagramsIn += 1;
      total.bytesIn += octets;
    },
    read() {
      const now = { ...total };
      for (const socket of open) {
        now.bytesIn += socket.bytesRead;
        now.bytesOut += socket.bytesWritten;
      }
      return now;
    },
  };
}
