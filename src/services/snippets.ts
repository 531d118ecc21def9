/** What a caller needs: the whole address and a row to send. */
export interface ICall {
  url: string;
  row: Record<string, unknown>;
  key: string;
}

/** Quote for a POSIX shell. */
function quoted(text: string): string {
  return `'${text.replace(/'/g, `'\\''`)}'`;
}

function body(row: Record<string, unknown>): string {
  return JSON.stringify({ dataframe_records: [row] });
}

/** A command line that sends one row. */
export function curl(call: ICall): string {
  return [
    `curl ${quoted(call.url)}`,
    `  -H ${quoted(`Authorization: Bearer ${call.key}`)}`,
    `  -H 'Content-Type: application/json'`,
    `  -d ${quoted(body(call.row))}`
  ].join(' \\\n');
}

/** The same in Python, with the standard library alone. */
export function python(call: ICall): string {
  return [
    'import json',
    'from urllib.request import Request, urlopen',
    '',
    `row = json.loads(${JSON.stringify(JSON.stringify(call.row))})`,
    'request = Request(',
    `    ${JSON.stringify(call.url)},`,
    '    data=json.dumps({"dataframe_records": [row]}).encode(),',
    `    headers={"Authorization": ${JSON.stringify(`Bearer ${call.key}`)}, "Content-Type": "application/json"},`,
    ')',
    'print(json.load(urlopen(request))["predictions"])'
  ].join('\n');
}

/** The same in JavaScript. */
export function javascript(call: ICall): string {
  return [
    `const response = await fetch(${JSON.stringify(call.url)}, {`,
    "  method: 'POST',",
    '  headers: {',
    `    Authorization: ${JSON.stringify(`Bearer ${call.key}`)},`,
    "    'Content-Type': 'application/json'",
    '  },',
    `  body: JSON.stringify({ dataframe_records: [${JSON.stringify(call.row)}] })`,
    '});',
    'console.log((await response.json()).predictions);'
  ].join('\n');
}
