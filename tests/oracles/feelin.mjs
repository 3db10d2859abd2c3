// An independent engine for FEEL's unary tests. Reads one table per line as JSON, `{"rules": [[test, …], …], "facts": [[literal, …], …]}`,
// and prints for each facts the numbers of the rules whose tests all hold. The argument is the folder of npm's packages.
import { createInterface } from "node:readline";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const entry = join(process.argv[2], "feelin", "dist", "index.js");
const { evaluate, unaryTest } = await import(pathToFileURL(entry).href);

const value = (result) => (result && typeof result === "object" && "value" in result ? result.value : result);

for await (const line of createInterface({ input: process.stdin })) {
  const { rules, facts } = JSON.parse(line);
  const matched = facts.map((literals) => {
    const values = literals.map((literal) => value(evaluate(literal, {})));
    const holds = (test, column) => value(unaryTest(test, { "?": values[column] })) === true;
    return rules.flatMap((tests, rule) => (tests.every(holds) ? [rule] : []));
  });
  console.log(JSON.stringify(matched));
}
