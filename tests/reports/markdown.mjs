// Reads Markdown as GitHub does, links without brackets included; writes HTML, where HTML of the text stays what it is.
import { readFileSync } from "node:fs";
import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";

const options = { allowDangerousHtml: true, allowDangerousProtocol: true };
process.stdout.write(micromark(readFileSync(0, "utf8"), { ...options, extensions: [gfm()], htmlExtensions: [gfmHtml()] }));
