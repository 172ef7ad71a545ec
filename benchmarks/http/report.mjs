// Prints the results of the conformance suite as a page: report.mjs FOLDER
import fs from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

const folder = path.resolve(process.argv[2])
const suite = path.join(folder, 'node_modules', 'http-cache-tests')
const load = async file => (await import(pathToFileURL(path.join(suite, 'tests', file)))).default
const groups = [...await load('index.mjs'), await load('surrogate-control.mjs')]
const version = JSON.parse(fs.readFileSync(path.join(suite, 'package.json'))).version
const runs = ['jdk-default', 'jdk-all', 'jetty-all']
const results = Object.fromEntries(
  runs.map(run => [run, JSON.parse(fs.readFileSync(path.join(folder, `${run}.json`)))]))
const published = Object.fromEntries(['squid', 'apache', 'nginx', 'varnish', 'trafficserver', 'nuster']
  .map(name => [name, JSON.parse(fs.readFileSync(path.join(suite, 'results', `${name}.json`)))]))

const cookies = 'A response that sets a cookie is not kept unless `keepCookies()` says so: sharing a session is worse than a miss.'
const surrogate = '`Surrogate-Control` is no field of this cache unless it is among its `targets(...)`, and the response then follows its `Cache-Control`, as everything must that does not know the field. It is not among the defaults on purpose: RFC 9213 registers `CDN-Cache-Control` alone; the note that defined the other (W3C, 2001) has a syntax of its own (`max-age=60+30`, `content="ESI/1.0"`); and whoever sends it today speaks to a CDN, which hears in other ways when a page is void, and this cache does not.'
const fails = 'The handler fails and nothing stale may be served, so the client gets the failure: the JDK\'s server breaks the connection off, Jetty sends its 500, in which the suite misses the origin\'s counter and says "comes from cache". No cache can answer otherwise; every published result fails here too.'
const why = {
  'age-parse-prefix': '`Age: 0,7200` is not one number, and what is of unknown age is taken for old. RFC 9111 would have its first member used; this errs towards the handler, and so passes the eleven tests beside it.',
  'other-date-update': 'The JDK\'s server sets `Date` itself, over what a handler says; in Jetty this passes.',
  'surrogate-fresh-cc-nostore': 'The suite puts a placeholder into the field that is no valid parameter of a dictionary; a field that is not valid is ignored, as RFC 9213 has it, and `no-store` holds.',
  'surrogate-max-age-0-expires': surrogate,
  'surrogate-max-age-long-cc-max-age': surrogate,
  'surrogate-no-store-cc-fresh': surrogate,
  'headers-store-Set-Cookie': cookies,
  'headers-store-Set-Cookie2': cookies,
  '304-etag-update-response-Set-Cookie': cookies,
  '304-etag-update-response-Set-Cookie2': cookies,
  'stale-close-must-revalidate': fails,
  'stale-close-proxy-revalidate': fails,
  'stale-close-no-cache': fails,
  'stale-close-s-maxage=2': fails,
  'method-POST': 'Responses to POST are never used for GET.',
  'vary-normalise-lang-order': 'The meaning of `Accept-Language` is the handler\'s business.',
  'vary-normalise-lang-case': 'As above.',
  'vary-normalise-lang-select': 'As above.',
  'conditional-lm-fresh-no-lm': 'A response that was made after the date of the condition is not "unmodified since".',
  'other-set-cookie': cookies,
  'surrogate-max-age-me-target': 'See `surrogate-fresh-cc-nostore`.',
  'surrogate-max-age-case-insensitive': 'Keys of a dictionary are in small letters (RFC 9651).'
}
const guessed = 'Freshness is not guessed unless `heuristic(...)` says so.'
const partial = 'Partial responses are not kept; ranges are cut from complete ones.'
const reason = id => why[id] ?? (id.startsWith('heuristic-') ? guessed
  : id.startsWith('partial-') ? partial : id.startsWith('surrogate-') ? surrogate : '')

const tests = groups.flatMap(group => group.tests.filter(test => !test.browser_only)
  .map(test => ({ ...test, kind: test.kind ?? 'required', group: group.name })))
const count = (result, kind) => tests.filter(t => t.kind === kind && result[t.id] === true).length
const total = kind => tests.filter(t => t.kind === kind).length
const out = []
out.push('# HTTP cache conformance', '',
  `The public suite for HTTP caches ([cache-tests.fyi](https://cache-tests.fyi), npm package \`http-cache-tests\` ${version}), against the`,
  'response cache before a handler that forwards to the suite\'s origin. `benchmarks/http/conformance.sh` runs it and writes this page.', '',
  `| run | required, of ${total('required')} | optional, of ${total('optimal')} |`, '| --- | --- | --- |')
const named = {
  'jdk-default': '**JDK\'s server, no option set**',
  'jdk-all': '**JDK\'s server**, `targets("Tiercel-Cache-Control", "CDN-Cache-Control", "Surrogate-Control")`, `heuristic(0.1)`, `keepCookies()`',
  'jetty-all': '**Jetty**, the same options'
}
for (const run of runs) {
  out.push(`| ${named[run]} | ${count(results[run], 'required')} | ${count(results[run], 'optimal')} |`)
}
for (const [name, result] of Object.entries(published)) {
  out.push(`| ${name}, as published with the suite | ${count(result, 'required')} | ${count(result, 'optimal')} |`)
}
const broken = run => tests.filter(t => t.kind === 'required' && results[run][t.id] !== true)
out.push('', '## Required tests that fail', '', '| test | run | what the suite says | why |', '| --- | --- | --- | --- |')
for (const test of tests.filter(t => t.kind === 'required')) {
  const failing = runs.filter(run => results[run][test.id] !== true)
  if (failing.length > 0) {
    const said = String(results[failing[0]][test.id]?.[1] ?? '')
      .replace(/http:\S+|[0-9a-f-]{36}/g, '…').replaceAll('|', '\\|')
    out.push(`| \`${test.id}\` | ${failing.join(', ')} | ${said} | ${reason(test.id) || '**unexplained**'} |`)
  }
}
out.push('', '## Every test', '',
  '✓ passed, ✗ failed; `check` only asks what a cache does. Columns: ' + runs.join(', ') + '.', '',
  '| test | kind | | | | why not |', '| --- | --- | --- | --- | --- | --- |')
for (const test of tests) {
  const marks = runs.map(run => results[run][test.id] === true ? '✓' : '✗')
  const explained = test.kind !== 'check' && marks.includes('✗') ? reason(test.id) || '**unexplained**' : ''
  out.push(`| \`${test.id}\` | ${test.kind} | ${marks.join(' | ')} | ${explained} |`)
}
console.log(out.join('\n'))
