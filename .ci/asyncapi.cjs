// Fails where the public parser of AsyncAPI finds an error in the document that is given.
const { Parser, fromFile } = require("@asyncapi/parser");

(async () => {
  const { document, diagnostics } = await fromFile(new Parser(), process.argv[2]).parse();
  for (const one of diagnostics) console.log(["error", "warning", "info", "hint"][one.severity], one.path.join("."), one.message);
  console.log(`AsyncAPI: ${document ? document.channels().all().length : 0} channels, ${diagnostics.filter((one) => one.severity === 0).length} errors`);
  process.exit(document && diagnostics.every((one) => one.severity > 1) ? 0 : 1);
})();
