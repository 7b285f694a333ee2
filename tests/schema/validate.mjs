// Validates YAML files against a JSON Schema. usage: node validate.mjs SCHEMA FILE...
// Prints "accepted FILE", "refused FILE: why" or "unread FILE: why" (no YAML) for each; exits 2 when the schema itself is no good.
// Run it where ajv and yaml are installed: the working folder.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const here = createRequire(process.cwd() + "/");
const Ajv = here("ajv");
const YAML = here("yaml");

const [schemaFile, ...files] = process.argv.slice(2);
const schema = JSON.parse(readFileSync(schemaFile, "utf8"));
const ajv = new Ajv({ strict: true, strictTypes: false, allErrors: true });
let validate;
try {
	if (schema.$schema !== "http://json-schema.org/draft-07/schema#") throw new Error("not draft-07");
	validate = ajv.compile(schema); // checks it against the meta-schema, and for unknown keywords
} catch (error) {
	console.log(`bad schema: ${error.message}`);
	process.exit(2);
}
for (const file of files) {
	let value;
	try {
		// as yaml-language-server reads: YAML 1.2, the core schema
		const document = YAML.parseDocument(readFileSync(file, "utf8"), { version: "1.2" });
		if (document.errors.length > 0) throw document.errors[0];
		value = document.toJS();
	} catch (error) {
		console.log(`unread ${file}: ${error.message.split("\n")[0]}`);
		continue;
	}
	if (validate(value)) {
		console.log(`accepted ${file}`);
	} else {
		const { instancePath, message, params } = validate.errors[0];
		console.log(`refused ${file}: ${instancePath} ${message} ${JSON.stringify(params)}`);
	}
}
