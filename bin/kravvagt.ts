import { openDataFolder } from "../lib/adapters/data-folder.ts";
import { alertSinks } from "../lib/adapters/alert-sinks.ts";
import { pushToBucket } from "../lib/adapters/inventory-bucket.ts";
import { openReports } from "../lib/adapters/report-files.ts";
import { main } from "../lib/cli/main.ts";

const code = await main(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  environment: process.env,
  interrupts: { signals: process, exitNow: (status) => process.exit(status) },
  openData: openDataFolder,
  openReports,
  pushInventory: pushToBucket,
  openSinks: (request) => alertSinks(request, process.env),
});
// Results have been handed over; what is left are idle sockets that would only delay the end.
process.exit(code);
