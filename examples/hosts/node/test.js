'use strict'

// node --expose-gc test.js FOLDER_OF_THE_ADDON DATA_FOLDER
const assert = require('node:assert')
const fs = require('node:fs')
const path = require('node:path')

const [addon, data] = process.argv.slice(2)
const push = require(path.resolve(addon, 'index.js'))
const EXT = '{"entity":{"version":1,"chatType":1,"action":1,"sender":"carol"}}'

function throws (code, what) {
  assert.throws(what, error => error instanceof Error && error.code === code && error.message.length > 0)
}

// index.d.ts says what there is.
const typings = fs.readFileSync(path.join(__dirname, 'index.d.ts'), 'utf8')
const functions = [...typings.matchAll(/^export function (\w+)\(([^)]*)\)/gm)]
assert.deepStrictEqual(functions.map(found => found[1]).sort(), Object.keys(push).sort())
for (const [, name, parameters] of functions) {
  const count = parameters.split(',').length
  assert.strictEqual(push[name].length <= count, true, name)
}
const keys = name => typings.match(new RegExp(`export interface ${name}[^{]*{([^}]*)}`))[1].match(/^ {2}\w+/gm).map(key => key.trim())
const within = (object, name) => Object.keys(object).forEach(key => assert.ok(keys(name).includes(key), `${name}.${key}`))

// Messages in every form.
const message = { title: 'denny', desc: 'hi', ext: EXT, oppoChannel: 'im' }
for (const form of ['c-api', 'rest', 'v2tim', 'v2tim-arkts', 'web']) {
  const written = push.writeMessage(message, form)
  within(written, 'Written')
  JSON.parse(written.text)
  const back = push.convertMessage(written.text, form, 'rest')
  assert.strictEqual(JSON.parse(back.text).Title, 'denny', form)
}
const findings = push.checkMessage(push.writeMessage({ title: 'denny', desc: 'hi', ext: 'words' }, 'rest').text, 'rest', ['OPPO'])
assert.ok(findings.length > 0 && findings.every(finding => finding.fix && finding.rule))
findings.forEach(finding => within(finding, 'Finding'))
assert.ok(push.checkMessage('{"Title":"denny"}', 'rest').length > 0)

// The tap of the story that all hosts play.
const tap = push.readTap('Xiaomi', JSON.stringify({ ext: EXT }))
within(tap, 'Tap')
assert.deepStrictEqual([tap.route, tap.user, tap.group, tap.vendor], ['chat', 'carol', undefined, 'Xiaomi'])
assert.strictEqual(push.readTap(null, '{"a":1}').route, 'none')

// Click actions.
const screen = 'intent://com.example.im/detail#Intent;scheme=pushscheme;component=com.example.im/.MainActivity;end'
const entry = push.consoleEntry('vivo', { screen })
within(entry, 'ConsoleEntry')
assert.ok(entry.value.startsWith('intent://com.example.im/detail#Intent;'))
assert.ok(push.consoleEntry('Xiaomi', {}).advice)
throws('click_action_not_offered', () => push.consoleEntry('FCM', { web: 'https://example.com' }))
throws('web_link_not_web', () => push.consoleEntry('OPPO', { web: 'ftp://example.com' }))

// The doctor.
const report = push.doctor({
  package: 'com.example.im',
  config: fs.readFileSync(path.join(data, 'timpush-configs.json'), 'utf8'),
  device: fs.readFileSync(path.join(data, 'getprop.txt'), 'utf8'),
  clicks: { vivo: 'intent://com.example.other/detail#Intent;scheme=pushscheme;component=com.example.other/.A;end' },
  push: '{"Title":"denny"}',
  sources: { 'Push.kt': 'val ID = 30207' }
})
within(report, 'Report')
assert.ok(report.findings.some(finding => finding.vendor === 'vivo') && report.markdown.length > 0)

// Errors are exceptions with a code.
throws('unknown_vendor', () => push.readTap('Nokia', '{}'))
throws('payload_not_json', () => push.readTap('FCM', '{'))
throws('payload_too_long', () => push.readTap('FCM', 'x'.repeat(70000)))
throws('unknown_form', () => push.writeMessage(message, 'fax'))
throws('StringExpected', () => push.readTap('FCM', 5))
try {
  push.convertMessage('{"secret', 'rest', 'web')
  assert.fail('not JSON')
} catch (error) {
  assert.ok(error.code.startsWith('json_') && !error.message.includes('secret'), `${error.code} ${error.message}`)
}

// No leak.
function call () {
  push.readTap('Xiaomi', JSON.stringify({ ext: EXT }))
  try {
    push.readTap('FCM', '{')
  } catch {}
}
function resident () {
  for (let i = 0; i < 3; i++) global.gc()
  return Math.round(process.memoryUsage().rss / 1024)
}
for (let i = 0; i < 10_000; i++) call()
const before = resident()
for (let i = 0; i < 90_000; i++) call()
const after = resident()
console.log(`node: ${before} KiB after 10,000 calls, ${after} KiB after 100,000`)
assert.ok(after <= before + 5 * 1024)
console.log('node: typings, messages, taps, click actions, doctor, errors, memory')
