import { main } from "../lib/cli/main.ts";

// Adapters are loaded when a command asks for one: most need none.
const code = await main(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  environment: process.env,
  interrupts: { signals: process, exitNow: (status) => process.exit(status) },
  openData: async (...given) => (await import("../lib/adapters/data-folder.ts")).openDataFolder(...given),
  openReports: async (...given) => (await import("../lib/adapters/report-files.ts")).openReports(...given),
  pushInventory: async (...given) => (await import("../lib/adapters/inventory-bucket.ts")).pushToBucket(...given),
  openSinks: async (request) => (await import("../lib/adapters/alert-sinks.ts")).alertSinks(request, process.env),
});
// Results have been handed over; what is left are idle sockets that would only delay the end.
process.exit(code);
