// Sets citations with citeproc-js, the processor that others of CSL are measured by.
// It reads {style, locales, language, works, clusters} as JSON and prints {citations, entries}.
const fs = require("node:fs");
const path = require("node:path");
const CSL = require(require.resolve("citeproc", { paths: [process.argv[2]] }));

const asked = JSON.parse(fs.readFileSync(0, "utf8"));
const works = new Map(asked.works.map((work) => [work.id, work]));
const locale = (name) => path.join(asked.locales, `locales-${name}.xml`);
const system = {
  retrieveLocale: (name) =>
    fs.existsSync(locale(name)) ? fs.readFileSync(locale(name), "utf8") : false,
  retrieveItem: (id) => works.get(id),
};
const engine = new CSL.Engine(system, asked.style, asked.language, true);
engine.opt.development_extensions.wrap_url_and_doi = false;
engine.setOutputFormat("html");

const before = [];
const citations = [];
asked.clusters.forEach((citationItems, number) => {
  const cluster = { citationID: `c${number}`, citationItems, properties: { noteIndex: number + 1 } };
  const [, changed] = engine.processCitationCluster(cluster, [...before], []);
  before.push([cluster.citationID, number + 1]);
  for (const [at, said] of changed) citations[at] = said;
});
const listed = engine.makeBibliography();
const entries = listed
  ? listed[0].entry_ids.map(([id], at) => [id, listed[1][at]])
  : [];
process.stdout.write(JSON.stringify({ citations, entries }));
